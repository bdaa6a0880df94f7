/** The log of the plan's changes in memory, each row's newest only, and the pages that devices are answered with. */
import type { Reader } from '../../core/plan/audience.ts'
import { keyOfRow } from '../../core/plan/book.ts'
import type { Row, RowName } from '../../protocol/plan.ts'
import { anyoneLike, keyOfReader, textFor } from './rights.ts'

/** `row` null: it is gone. `people`: everyone it ever concerned. */
export type Change = {
  readonly seq: number
  readonly name: RowName
  readonly row: Row | null
  readonly people: readonly string[]
  /** The row's JSON, made once. */
  readonly json: string
}

/** `from`: what was read before. Below `base` it is a first reading, in which nothing needs to be taken away. */
export type Place = { readonly from: number; readonly base: number }

/** `body`: the answer's `more`, `rows` and `removed` as JSON, without braces. */
export type Page = { readonly to: number; readonly more: boolean; readonly body: Buffer }

type Told = { readonly rows: string[]; readonly removed: string[] }

export type ChangeLog = ReturnType<typeof createChangeLog>

const dayMs = 24 * 60 * 60_000
/** Devices drop by themselves what has been over for so long, and are not told of it any more. */
export const keptOnDevicesMs = 7 * dayMs

/** A page is full at so many rows or characters. */
const mostRows = 1_000
const mostChars = 2_000_000
/** Answers that are kept ready; a change makes all of them stale. */
const mostPages = 256
const mostPagesBytes = 64 * 1024 * 1024

export function createChangeLog() {
  let changes: Change[] = []
  let superseded = 0
  const newest = new Map<string, Change>()
  const pages = new Map<string, Page>()
  let pagesBytes = 0

  function firstAfter(seq: number): number {
    let [low, high] = [0, changes.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((changes[middle]?.seq ?? 0) <= seq) low = middle + 1
      else high = middle
    }
    return low
  }

  function isNewest(change: Change): boolean {
    return newest.get(keyOfRow(change.name.type, change.name.id)) === change
  }

  function makePage({ from, base }: Place, reader: Reader, nowMs: number, also: readonly RowName[]): Page {
    const told: Told = { rows: [], removed: [] }
    let chars = 0
    let to = from
    let index = firstAfter(from)
    for (; index < changes.length; index += 1) {
      const change = changes[index]
      if (!change || told.rows.length + told.removed.length >= mostRows || chars >= mostChars) break
      to = change.seq
      if (isNewest(change)) chars += tell(told, change, base, reader, nowMs)
    }
    const more = index < changes.length
    for (const { type, id } of more ? also : []) {
      const change = newest.get(keyOfRow(type, id))
      if (change && change.seq > to) tell(told, change, base, reader, nowMs)
    }
    return { to, more, body: bodyOf(more, told) }
  }

  function dropPages(): void {
    pages.clear()
    pagesBytes = 0
  }

  function keepPage(key: string, page: Page): Page {
    const bytes = page.body.length
    if (pages.size >= mostPages || pagesBytes + bytes > mostPagesBytes) dropPages()
    pages.set(key, page)
    pagesBytes += bytes
    return page
  }

  /** Half of it superseded: it is written anew, so that reading costs what there is and not what there was. */
  function tidy(): void {
    if (superseded * 2 < changes.length) return
    changes = changes.filter(isNewest)
    superseded = 0
  }

  return {
    newest: (type: RowName['type'], id: string): Change | undefined => newest.get(keyOfRow(type, id)),
    all: (): Iterable<Change> => newest.values(),
    /** What the answers that are kept ready take of the memory. */
    keptBytes: () => pagesBytes,

    append(change: Change): void {
      const key = keyOfRow(change.name.type, change.name.id)
      if (newest.has(key)) superseded += 1
      newest.set(key, change)
      changes.push(change)
      dropPages()
      tidy()
    },

    /** Forgets a change that nobody is told of any more. */
    forget({ type, id }: RowName): void {
      if (!newest.delete(keyOfRow(type, id))) return
      superseded += 1
      dropPages()
      tidy()
    },

    /**
     * What comes after a place, as this reader is told it; what is alike for many is made once. `also`: rows that must
     * not wait for a later page.
     */
    page(place: Place, reader: Reader, nowMs: number, also: readonly RowName[] = []): Page {
      const key = `${place.from}.${place.base}.${keyOfReader(reader)}`
      const page = pages.get(key) ?? keepPage(key, makePage(place, anyoneLike(reader), nowMs, []))
      const isOwn = hasOwnReasons(reader, place.from, page.to) || (page.more && also.length > 0)
      return isOwn ? makePage(place, reader, nowMs, also) : page
    },
  }

  /** Why somebody is away is told to them, and to nobody who is merely like them. */
  function hasOwnReasons({ staffId }: Reader, from: number, to: number): boolean {
    for (let index = firstAfter(from); index < changes.length; index += 1) {
      const change = changes[index]
      if (!change || change.seq > to) return false
      if (change.row && isAboutHoursOf(change.row, staffId) && isNewest(change)) return true
    }
    return false
  }
}

function isAboutHoursOf(row: Row, staffId: string): boolean {
  if (row.type === 'hours') return row.id === staffId && row.away.length > 0
  return row.type === 'attention' && row.asked?.type === 'hours.set' && row.asked.id === staffId
}

/** Says one change, or takes the row away from whoever may have it; answers how many characters that took. */
function tell({ rows, removed }: Told, change: Change, base: number, reader: Reader, nowMs: number): number {
  const { row, json } = change
  if (row?.type === 'attention' && row.hidden) return 0
  const text = row === null || isLongOver(row, nowMs) ? null : textFor(row, json, reader)
  if (text !== null) rows.push(text)
  else if (change.seq > base && concerns(change, reader)) removed.push(JSON.stringify(change.name))
  return text?.length ?? 0
}

function bodyOf(more: boolean, { rows, removed }: Told): Buffer {
  return Buffer.from(`"more":${more},"rows":[${rows.join()}],"removed":[${removed.join()}]`)
}

/** Whoever sees only their own hears of another's row no more than of its being theirs no longer. */
function concerns({ name, people }: Change, { own, staffId }: Reader): boolean {
  return own === 'ward' || name.type === 'person' || name.type === 'bed' || people.includes(staffId)
}

/** When an appointment is over; null: it has no end, or is something else. */
export function endOf(row: Row): number | null {
  return row.type === 'appointment' && row.when.type === 'at' ? row.when.endMs : null
}

function isLongOver(row: Row, nowMs: number): boolean {
  return (endOf(row) ?? Number.POSITIVE_INFINITY) < nowMs - keptOnDevicesMs
}
