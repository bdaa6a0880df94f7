/** How frames go wrong: in their values, where a schema must notice, and in their text, where a parser must. */
import { between, type Chance, pick } from './prng.ts'
import type { Json } from './wire-samples.ts'

/** Replaced by text after encoding, because JSON cannot say them. */
const unsayable = [
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '-1e999',
  'undefined',
  '0x10',
  '01',
  '-0',
  '1e-400',
]
const placeholder = '\u0001unsayable\u0001'

const sneakyKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'type',
  'seq',
  'extra',
  '',
]
const strangeNumbers = [-1, -0.5, 1.5, 2 ** 53, 2 ** 64, 1e308, -1e308, 5e-324, 8.64e15 + 1, 4_294_967_296]
const strangeTexts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u2066\u200f',
  '👩‍⚕️'.repeat(9),
  'ａｂｃ',
  '../../etc/passwd',
  '<img src=x onerror=alert(1)>',
  '"; DROP TABLE calls; --',
  'v=0',
  '2026-02-30',
  '[object Object]',
  'null',
]

type Path = readonly (string | number)[]

/** A way into a frame, ending anywhere. */
function pathInto(chance: Chance, value: Json): Path {
  if (value === null || typeof value !== 'object' || chance() < 0.2) return []
  const steps = Object.entries(value)
  if (steps.length === 0) return []
  const [key, inner] = pick(chance, steps)
  return [Array.isArray(value) ? Number(key) : key, ...pathInto(chance, inner)]
}

/** A copy in which the value at `path` is what `change` makes of it; undefined takes it away. */
function changed(value: Json, path: Path, change: (value: Json) => Json | undefined): Json | undefined {
  const [step, ...rest] = path
  if (step === undefined) return change(value)
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      const next = index === step ? changed(item, rest, change) : item
      return next === undefined ? [] : [next]
    })
  }
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
    const next = key === step ? changed(item, rest, change) : item
    return next === undefined ? [] : [[key, next]]
  })
  return Object.fromEntries(entries)
}

function nested(depth: number): Json {
  let value: Json = 'deep'
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { deeper: value }
  return value
}

/** An own property, also when its name is `__proto__`. */
function withKey(value: Json, key: string, item: Json): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return item
  const copy: { [key: string]: Json } = { ...value }
  Object.defineProperty(copy, key, { value: item, enumerable: true, configurable: true, writable: true })
  return copy
}

function another(chance: Chance, value: Json): Json {
  return pick<() => Json>(chance, [
    () => null,
    () => chance() < 0.5,
    () => pick(chance, strangeNumbers),
    () => pick(chance, strangeTexts),
    () => placeholder,
    () => [],
    () => ({}),
    () => [value],
    () => ({ value }),
    () => ({ length: 1, 0: value }),
    () => JSON.stringify(value),
    () => nested(between(chance, 1, 60)),
    () =>
      'x'.repeat(chance() < 0.03 ? pick(chance, [49_153, 60_000]) : pick(chance, [65, 81, 129, 201, 1_025])),
    () => Array.from({ length: between(chance, 33, 200) }, () => value),
  ])()
}

/** Spoils one value of a frame. */
function spoilValue(chance: Chance, frame: Json): Json {
  const path = pathInto(chance, frame)
  const spoil = pick<(value: Json) => Json | undefined>(chance, [
    (value) => another(chance, value),
    (value) => another(chance, value),
    () => undefined,
    (value) =>
      withKey(value, pick(chance, sneakyKeys), pick<Json>(chance, [1, null, {}, { isAdmin: true }, value])),
    (value) =>
      typeof value === 'number' ? pick(chance, strangeNumbers) : withKey(value, 'type', 'call.end'),
    (value) => (typeof value === 'string' ? value + pick(chance, strangeTexts) : another(chance, value)),
    (value) => (typeof value === 'string' ? value.toUpperCase() : another(chance, value)),
  ])
  return changed(frame, path, spoil) ?? null
}

/** Mostly a few levels, sometimes as many as a frame can hold. */
function depth(chance: Chance): number {
  return chance() < 0.05 ? between(chance, 5_000, 12_000) : between(chance, 1, 40)
}

function spoilText(chance: Chance, text: string): string {
  const at = between(chance, 0, text.length)
  return pick<() => string>(chance, [
    () => text.slice(0, at),
    () => text.slice(at),
    () =>
      text.slice(0, at) +
      String.fromCharCode((text.charCodeAt(at) || 0) ^ (1 << between(chance, 0, 7))) +
      text.slice(at + 1),
    () => text.slice(0, at) + text.slice(at + 1),
    () =>
      text.slice(0, at) +
      pick(chance, ['"', '{', '}', '[', ']', ',', ':', '\\', '\u0000', '\ufeff', '1', 'e']) +
      text.slice(at),
    () => text + pick(chance, [text, '{}', '\n\n', '\u0000', ',', ' //', '\ufeff']),
    () => `\ufeff${text}`,
    () => `[${text}]`,
    () => JSON.stringify(text),
    () => '['.repeat(depth(chance)),
    () => `${'['.repeat(depth(chance))}${text}${']'.repeat(depth(chance))}`,
    () => `${'{"a":'.repeat(depth(chance))}${text}`,
    () =>
      pick(chance, [
        '',
        ' ',
        'null',
        'true',
        '0',
        '-',
        '""',
        '[]',
        '{}',
        'ping',
        'undefined',
        '\u0000',
        '{"__proto__":null}',
      ]),
    () =>
      Array.from({ length: between(chance, 1, 80) }, () =>
        String.fromCharCode(between(chance, 0, 0xffff)),
      ).join(''),
    () => text.replace(/"([a-zA-Z]+)":/, '"$1":0,"$1":'),
  ])()
}

/** The text of a frame with one to three things wrong with it; some remain valid by luck. */
export function spoil(chance: Chance, frame: Json): string {
  let value = frame
  const luck = chance()
  if (luck < 0.75)
    for (let times = between(chance, 1, 3); times > 0; times -= 1) value = spoilValue(chance, value)
  const text = JSON.stringify(value).replaceAll(JSON.stringify(placeholder), () => pick(chance, unsayable))
  return luck < 0.6 ? text : spoilText(chance, text)
}
