/** A message of the hospital's record, from its bytes: @medplum/core divides it, and what it means is said here. */
import { Hl7Message, type Hl7Segment } from '@medplum/core'
import {
  type AdtEvent,
  type AdtPerson,
  type AdtRefusal,
  type AdtTrigger,
  adtTriggers,
  type Location,
} from '../../core/adt-event.ts'
import { type Delimiters, decode, plain, unescaped } from './text.ts'
import { dateOf, momentOf } from './times.ts'

export type ReadParts = {
  readonly zone: string
  readonly charset: string
  readonly authority: string | null
  /** Only what is said to be production is done. */
  readonly production: boolean
}

/** As the sender wrote it, for the answer; empty where it said nothing. */
export type Header = {
  readonly marks: Delimiters
  /** MSH-3 to MSH-6. */
  readonly parties: readonly [string, string, string, string]
  readonly trigger: string
  readonly controlId: string
  readonly version: string
}

export type Read =
  | { readonly type: 'event'; readonly header: Header; readonly event: AdtEvent }
  /** `header` null: not even that could be read. */
  | { readonly type: 'refused'; readonly header: Header | null; readonly why: AdtRefusal }

const longestControlId = 199

export function readMessage(bytes: Buffer, parts: ReadParts): Read {
  const header = readHeader(bytes)
  if (!header) return { type: 'refused', header: null, why: 'unreadable' }
  const why = refusalOf(header, parts)
  if (why !== null) return { type: 'refused', header: header.header, why }
  const charset = header.charset || parts.charset
  const text = header.isOneCharset ? decode(bytes, charset) : null
  if (text === null) return { type: 'refused', header: header.header, why: 'wrong-charset' }
  return readBody(text, header.header, charset, parts)
}

type HeaderRead = {
  readonly header: Header
  readonly type: string
  readonly processing: string
  readonly charset: string
  readonly isOneCharset: boolean
}

/** Its delimiters differ from each other and are none of what they could be confused with. */
function readHeader(bytes: Buffer): HeaderRead | null {
  const line =
    bytes
      .subarray(0, 4096)
      .toString('latin1')
      .split(/[\r\n]/, 1)[0] ?? ''
  if (!line.startsWith('MSH')) return null
  const field = line.charAt(3)
  const [encoding = ''] = line.slice(4).split(field, 1)
  const [component = '', repetition = '', escapes = '', subcomponent = ''] = encoding
  const all = [field, ...encoding]
  const isSound = encoding.length >= 2 && encoding.length <= 5 && new Set(all).size === all.length
  if (!isSound || all.some((mark) => !/^[!-/:-@[-`{-~]$/.test(mark))) return null
  // Where it names no fourth one, subcomponents are not divided.
  const marks = { field, component, repetition, escape: escapes, subcomponent: subcomponent || '&' }
  // What is repeated in the answer must not end its frame.
  const at = (n: number) => (line.split(field)[n - 1] ?? '').replaceAll(/\p{Cc}/gu, '').slice(0, 250)
  const [type = '', trigger = ''] = at(9).split(component)
  const charsets = at(18).split(repetition)
  return {
    header: {
      ...{ marks, trigger: trigger.slice(0, 10), controlId: at(10), version: at(12) },
      parties: [at(3), at(4), at(5), at(6)],
    },
    ...{ type, processing: at(11).split(component)[0] ?? '' },
    ...{
      charset: (charsets[0] ?? '').trim().toUpperCase(),
      isOneCharset: charsets.filter(Boolean).length <= 1,
    },
  }
}

function refusalOf({ header, type, processing }: HeaderRead, { production }: ReadParts): AdtRefusal | null {
  if (type !== 'ADT') return 'not-adt'
  if (!isTrigger(header.trigger)) return 'unsupported-event'
  if (header.controlId === '' || header.controlId.length > longestControlId) return 'missing-control-id'
  return production && processing !== '' && processing !== 'P' ? 'not-production' : null
}

function isTrigger(text: string): text is AdtTrigger {
  return adtTriggers.some((one) => one === text)
}

type Group = { readonly pid: Hl7Segment; pv1: Hl7Segment | null; mrg: Hl7Segment | null }

function readBody(text: string, header: Header, charset: string, parts: ReadParts): Read {
  const { marks, trigger } = header
  const message = Hl7Message.parse(text)
  const value = reader(marks, charset)
  const groups: Group[] = []
  for (const segment of message.segments) {
    const last = groups.at(-1)
    if (segment.name === 'PID') groups.push({ pid: segment, pv1: null, mrg: null })
    else if (segment.name === 'PV1' && last) last.pv1 ??= segment
    else if (segment.name === 'MRG' && last) last.mrg ??= segment
  }
  const evn = message.getSegment('EVN')
  const said = (evn && value(evn, 2, 1)) || value(message.header, 7, 1)
  const at = said === null ? null : momentOf(said, parts.zone)
  const people = groups.map((group) => personOf(group, value, parts))
  if (value.isForeign() || !isTrigger(trigger)) return { type: 'refused', header, why: 'wrong-charset' }
  return { type: 'event', header, event: { trigger, at, people } }
}

type Value = ReturnType<typeof reader>

/** `""` deletes what was (chapter 2.5.3): for whoever has nothing of it, that is as good as not said. */
function reader(marks: Delimiters, charset: string) {
  let isForeign = false
  function value(segment: Hl7Segment, field: number, component: number, repetition = 0, sub = 0): string {
    const raw = segment.getField(field)?.components[repetition]?.[component - 1] ?? ''
    const text = unescaped(raw.split(marks.subcomponent)[sub] ?? '', marks, charset)
    if (text === null) isForeign = true
    const said = plain(text ?? '')
    return said === '""' ? '' : said
  }
  return Object.assign(value, {
    isForeign: () => isForeign,
    repetitions: (segment: Hl7Segment, field: number): number =>
      segment.getField(field)?.components.length ?? 0,
  })
}

function personOf({ pid, pv1, mrg }: Group, value: Value, { authority }: ReadParts): AdtPerson {
  const number = numberIn(pid, 3, value, authority)
  const former = mrg && numberIn(mrg, 1, value, authority)
  const death = deathOf(value(pid, 30, 1).toUpperCase(), value(pid, 29, 1))
  const location = pv1 && locationOf(pv1, value)
  const isOut = pv1 !== null && [1, 2, 3].some((part) => value(pv1, 11, part) !== '')
  const [name, born] = [nameOf(pid, value), dateOf(value(pid, 7, 1))]
  return { number, former, death, location, isOut, name, born }
}

const longestNumber = 32

/** Of several the hospital's own (table 0203): whose authority is configured, else MR, then PI, then what says nothing. */
function numberIn(segment: Hl7Segment, field: number, value: Value, authority: string | null): string | null {
  const all = Array.from({ length: value.repetitions(segment, field) }, (_, at) => ({
    id: value(segment, field, 1, at),
    authority: value(segment, field, 4, at),
    type: value(segment, field, 5, at).toUpperCase(),
  })).filter(({ id }) => id !== '' && id.length <= longestNumber)
  const ours = authority === null ? all : all.filter((one) => one.authority === authority)
  const best = ['MR', 'PI', ''].map((type) => ours.find((one) => one.type === type)).find(Boolean)
  return best?.id ?? (authority === null ? null : (ours[0]?.id ?? null))
}

function deathOf(indicator: string, died: string): AdtPerson['death'] {
  if (indicator === 'Y') return 'dead'
  if (indicator === 'N') return 'alive'
  return died === '' ? null : 'dead'
}

const longestName = 80

/** XPN: the legal name where one says so, else the first. */
function nameOf(pid: Hl7Segment, value: Value): string | null {
  const many = value.repetitions(pid, 5)
  const legal = Array.from({ length: many }, (_, at) => at).find((at) => value(pid, 5, 7, at) === 'L') ?? 0
  const name = plain(`${value(pid, 5, 2, legal)} ${value(pid, 5, 1, legal)}`)
  return name === '' ? null : name.slice(0, longestName).trim()
}

function locationOf(pv1: Hl7Segment, value: Value): Location | null {
  const [ward, room, bed] = [value(pv1, 3, 1), value(pv1, 3, 2), value(pv1, 3, 3)]
  return ward === '' && room === '' && bed === '' ? null : { ward: cut(ward), room: cut(room), bed: cut(bed) }
}

function cut(text: string): string {
  return text.slice(0, 60)
}
