/** Searching as FHIR R4 says it (http://hl7.org/fhir/R4/search.html): parameters, dates with prefixes, pages. */
import { type FhirAnswer, type FhirResource, isRead, problem, type Read } from './fhir-answer.ts'

/** By name, each as often as it was said. */
export type Asked = ReadonlyMap<string, readonly string[]>

export const mostOnPage = 500
const usualOnPage = 50

/** Unknown parameters are refused: a filter that is passed over shows what nobody asked for. */
export function readQuery(query: string, known: readonly string[]): Read<Asked> {
  const asked = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(query)) {
    if (name === '_format' || name === '_pretty') continue
    if (!known.includes(name) && name !== '_count' && name !== '_page')
      return refuse(
        `There is no search by "${name.slice(0, 40)}" here. There is: ${known.join(', ')}, _count.`,
      )
    asked.set(name, [...(asked.get(name) ?? []), value])
  }
  return { type: 'read', value: asked }
}

function refuse(text: string): Read<never> {
  return { type: 'problem', answer: problem(400, 'not-supported', text) }
}

/** Moments from `fromMs` up to, not including, `toMs`. */
export type Window = { readonly fromMs: number; readonly toMs: number }

const always: Window = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }

/** All of them at once; dates without a zone are those of `zone`. Only `eq`, `gt`, `ge`, `lt`, `le`, `sa`, `eb`. */
export function readWindow(values: readonly string[], zone: string): Read<Window> {
  let window = always
  for (const value of values) {
    const one = oneWindow(value, zone)
    if (!one)
      return {
        type: 'problem',
        answer: problem(400, 'value', `"${value.slice(0, 40)}" is no date of a search.`),
      }
    window = { fromMs: Math.max(window.fromMs, one.fromMs), toMs: Math.min(window.toMs, one.toMs) }
  }
  return { type: 'read', value: window }
}

function oneWindow(value: string, zone: string): Window | null {
  const [, prefix = 'eq', date = ''] = /^(eq|gt|ge|lt|le|sa|eb)?(\d{4}.*)$/.exec(value) ?? []
  const span = spanOf(date, zone)
  if (!span) return null
  switch (prefix) {
    case 'gt':
    case 'sa':
      return { ...always, fromMs: span.toMs }
    case 'ge':
      return { ...always, fromMs: span.fromMs }
    case 'lt':
    case 'eb':
      return { ...always, toMs: span.fromMs }
    case 'le':
      return { ...always, toMs: span.toMs }
    default:
      return span
  }
}

/** A year, a month, a day, a minute or a second, as long as it lasts. */
function spanOf(date: string, zone: string): Window | null {
  const [, year, month, day, time, seconds, offset] =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/.exec(date) ??
    []
  if (year === undefined) return null
  try {
    const local = Temporal.PlainDateTime.from(
      `${year}-${month ?? '01'}-${day ?? '01'}T${time ?? '00:00'}${seconds ?? ''}`,
    )
    const length =
      month === undefined
        ? { years: 1 }
        : day === undefined
          ? { months: 1 }
          : time === undefined
            ? { days: 1 }
            : seconds === undefined
              ? { minutes: 1 }
              : seconds.includes('.')
                ? { milliseconds: 1 }
                : { seconds: 1 }
    const at = offset === undefined ? zone : offset === 'Z' ? 'UTC' : offset
    const fromMs = local.toZonedDateTime(at).epochMilliseconds
    return { fromMs, toMs: local.add(length).toZonedDateTime(at).epochMilliseconds }
  } catch {
    return null
  }
}

/** What stands in a page's address is where the next one begins: after this moment and id. */
type Place = { readonly atMs: number; readonly id: string }

export type Entry = Place & { readonly resource: () => FhirResource }

/** A page of a searchset. `entries` are in order of their moment and id; `self` is the address that was asked, whole. */
export function pageOf(entries: readonly Entry[], asked: Asked, self: URL): FhirAnswer {
  const count = countOf(asked.get('_count'))
  if (!isRead(count)) return count.answer
  const after = placeOf(asked.get('_page'))
  if (!isRead(after)) return after.answer
  const first = after.value
  const left = first ? entries.filter((entry) => isAfter(entry, first)) : entries
  const page = left.slice(0, count.value)
  const last = page.at(-1)
  const next = last && left.length > page.length ? [{ relation: 'next', url: addressAfter(self, last) }] : []
  const body = {
    resourceType: 'Bundle',
    type: 'searchset',
    total: entries.length,
    link: [{ relation: 'self', url: self.href }, ...next],
    ...(page.length === 0 ? {} : { entry: page.map((entry) => entryOf(entry, self)) }),
  }
  return { status: 200, body }
}

function entryOf({ resource }: Entry, { origin, pathname }: URL) {
  const found = resource()
  return { fullUrl: `${origin}${pathname}/${found.id}`, resource: found, search: { mode: 'match' } }
}

function isAfter({ atMs, id }: Place, other: Place): boolean {
  return atMs === other.atMs ? id > other.id : atMs > other.atMs
}

function addressAfter(self: URL, { atMs, id }: Place): string {
  const next = new URL(self)
  next.searchParams.set('_page', `${atMs}_${id}`)
  return next.href
}

function countOf(values: readonly string[] = []): Read<number> {
  const [value = String(usualOnPage)] = values
  if (!/^\d{1,6}$/.test(value))
    return { type: 'problem', answer: problem(400, 'value', '_count is a whole number.') }
  return { type: 'read', value: Math.min(Number(value), mostOnPage) }
}

function placeOf(values: readonly string[] = []): Read<Place | null> {
  const [value] = values
  if (value === undefined) return { type: 'read', value: null }
  const [, atMs, id] = /^(-?\d{1,16})_(.{1,200})$/.exec(value) ?? []
  if (atMs === undefined || id === undefined)
    return { type: 'problem', answer: problem(400, 'value', 'There is no such page.') }
  return { type: 'read', value: { atMs: Number(atMs), id } }
}
