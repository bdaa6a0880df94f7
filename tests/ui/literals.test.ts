import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'vite'
import { expect, test } from 'vitest'

const ui = fileURLToPath(new URL('../../src/ui', import.meta.url))
const files = readdirSync(ui, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !/^texts\/.+\//.test(name) && !name.endsWith('.d.ts'),
)

/** What a person would read, or hear: whatever else an attribute holds is between us and the browser. */
const spoken = new Set([
  'label',
  'title',
  'placeholder',
  'alt',
  'aria-label',
  'aria-description',
  'legend',
  'word',
])
/** Attributes of which nobody sees a word, spaces or not. */
const unspoken = new Set([
  'class',
  'id',
  'd',
  'viewBox',
  'style',
  'accept',
  'autocomplete',
  'type',
  'role',
  'name',
  'for',
])

/** Not language, or the same in all five. Each with its reason. */
const allowed = new Map<string, string>([
  ['English', 'a language by its own name'],
  ['Suomi', 'a language by its own name'],
  ['Svenska', 'a language by its own name'],
  ['Nederlands', 'a language by its own name'],
  ['Italiano', 'a language by its own name'],
  ['slot hour', 'a class'],
  ['Enter', 'what stands on the key'],
  ['Tab', 'what stands on the key'],
  ['Esc', 'what stands on the key'],
  ['PgDn PgUp', 'what stands on the keys'],
  ['Home End', 'what stands on the keys'],
])

/** Two words side by side, or one with a capital: that is how a text looks, and how no code, class or key does. */
function looksSpoken(text: string): boolean {
  return /\p{L}{2,},? \p{L}/u.test(text) || /^\p{Lu}\p{Ll}+[.…!?]?$/u.test(text.trim())
}

type Node = { readonly type: string; readonly start: number }

/** Every literal of a file that a person would read, as `file: text`. */
function literalsIn(name: string, source: string): string[] {
  const { program, errors } = parseSync(name, source)
  expect(errors, name).toEqual([])
  const found = new Set<string>()
  const silent: [number, number][] = []
  const note = (text: string, { start }: Node) => {
    const isSilent = silent.some(([from, to]) => start >= from && start < to)
    if (!isSilent && !allowed.has(text.trim()) && /\p{L}/u.test(text)) found.add(`${name}: ${text.trim()}`)
  }
  new Visitor({
    ImportDeclaration: ({ start, end }) => void silent.push([start, end]),
    ImportExpression: ({ start, end }) => void silent.push([start, end]),
    NewExpression: (node) => {
      // What a bug says goes to the log.
      if (node.callee.type === 'Identifier' && /Error$/.test(node.callee.name))
        silent.push([node.start, node.end])
    },
    // The names of a key on the keyboard, of types and of properties are no texts.
    BinaryExpression: ({ operator, start, end }) => {
      if (operator === '===' || operator === '!==' || operator === 'in') silent.push([start, end])
    },
    SwitchCase: ({ test }) => {
      if (test) silent.push([test.start, test.end])
    },
    CallExpression: ({ callee, start, end }) => {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
      if (/^(querySelector(All)?|closest|matches)$/.test(callee.property.name)) silent.push([start, end])
    },
    TSLiteralType: ({ start, end }) => void silent.push([start, end]),
    Property: ({ key }) => void silent.push([key.start, key.end]),
    MemberExpression: ({ property }) => void silent.push([property.start, property.end]),
    JSXAttribute: ({ name: attribute, start, end, value }) => {
      const called = attribute.type === 'JSXIdentifier' ? attribute.name : ''
      if (unspoken.has(called)) silent.push([start, end])
      if (spoken.has(called) && value?.type === 'Literal') note(String(value.value), value)
    },
    JSXText: (node) => note(node.value.replace(/&\w+;/g, ''), node),
    Literal: (node) => {
      if (typeof node.value === 'string' && looksSpoken(node.value)) note(node.value, node)
    },
    TemplateElement: (node) => {
      if (looksSpoken(node.value.raw) || /\p{L}{2,} $/u.test(node.value.raw)) note(node.value.raw, node)
    },
  }).visit(program)
  return [...found]
}

test('[TEXT-8] no text that a person reads stands in src/ui outside the catalogues', () => {
  expect(files.length).toBeGreaterThan(80)
  expect(files.flatMap((name) => literalsIn(name, readFileSync(join(ui, name), 'utf8')))).toEqual([])
})

test('[TEXT-9] a text that is written into a screen is found, wherever it is put', () => {
  const screen = `
    import { words } from './words and more.ts'
    const later = 'Wait a minute'
    const button = <button type="button" class="button go wide" aria-label="Close">Answer</button>
    const said = <p>{\`Bed \${label}\`}</p>
    if (event.key === 'Escape') throw new Error('No such bed')
  `
  expect(literalsIn('screen.tsx', screen).toSorted()).toEqual([
    'screen.tsx: Answer',
    'screen.tsx: Bed',
    'screen.tsx: Close',
    'screen.tsx: Wait a minute',
  ])
})
