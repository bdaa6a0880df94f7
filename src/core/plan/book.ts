/** The plan in memory, at both ends: rows by name, bookings by resource and time, and drafts laid over them. */
import type { Row, RowOf, RowType } from '../../protocol/plan.ts'
import { type Booking, bookingsOf } from './booking.ts'

export type PlanReader = {
  get<T extends RowType>(type: T, id: string): RowOf<T> | undefined
  /** Not to be written to while it is read. */
  all<T extends RowType>(type: T): Iterable<RowOf<T>>
  /** Those of this resource that share a moment with [startMs, endMs), in order of their start. */
  bookings(resource: string, startMs: number, endMs: number): readonly Booking[]
}

/** `put` and `remove` change this book only; a draft leaves what it lies on as it is. */
export type Book = PlanReader & {
  put(row: Row): void
  remove(type: RowType, id: string): void
  /** A book that shows this one with what is put into it, at the cost of what is put into it. */
  draft(): Draft
}

export type Draft = Book & {
  /** What was put, by `type/id`; null where it was removed. */
  changed(): ReadonlyMap<string, Row | null>
}

export function keyOfRow(type: RowType, id: string): string {
  return `${type}/${id}`
}

const noBookings: readonly Booking[] = []

const nothing: PlanReader = {
  get: () => undefined,
  all: () => [],
  bookings: () => noBookings,
}

export function createBook(rows: Iterable<Row> = []): Book {
  const book = draftOver(nothing)
  for (const row of rows) book.put(row)
  return book
}

/** A draft over whatever can be read. A book is one over nothing: one structure, whatever it lies on. */
export function draftOver(reader: PlanReader): Draft {
  /** Null: what is below is not there any more. */
  const byType = new Map<RowType, Map<string, Row | null>>()
  const booked = new Map<string, Booking[]>()
  /** Put, and not among `booked` yet: a plan that is read in to be shown is asked for nobody's time. */
  const toTake = new Map<string, RowOf<'appointment'>>()

  function own(type: RowType, id: string): Row | null | undefined {
    return byType.get(type)?.get(id)
  }

  function keep(type: RowType, id: string, row: Row | null): void {
    const same = byType.get(type) ?? new Map<string, Row | null>()
    byType.set(type, same.set(id, row))
  }

  function free(type: RowType, id: string): void {
    const before = own(type, id)
    if (before?.type !== 'appointment' || toTake.delete(id)) return
    for (const { resource } of bookingsOf(before)) {
      const left = (booked.get(resource) ?? []).filter(({ appointmentId }) => appointmentId !== id)
      booked.set(resource, left)
    }
  }

  function takeAll(): void {
    for (const booking of [...toTake.values()].flatMap(bookingsOf)) {
      const list = booked.get(booking.resource) ?? []
      list.splice(firstFrom(list, booking.startMs), 0, booking)
      booked.set(booking.resource, list)
    }
    toTake.clear()
  }

  const book: Draft = {
    get<T extends RowType>(type: T, id: string): RowOf<T> | undefined {
      const mine = own(type, id)
      if (mine === undefined) return reader.get(type, id)
      return mine !== null && isOf(mine, type) ? mine : undefined
    },
    all<T extends RowType>(type: T): Iterable<RowOf<T>> {
      const mine = byType.get(type)
      return mine ? merged(reader.all(type), mine, type) : reader.all(type)
    },
    bookings(resource, startMs, endMs) {
      takeAll()
      const mine = overlapping(booked.get(resource) ?? noBookings, startMs, endMs)
      const under = reader.bookings(resource, startMs, endMs)
      const left = under.filter(({ appointmentId }) => own('appointment', appointmentId) === undefined)
      if (left.length === 0) return mine
      return mine.length === 0 ? left : [...left, ...mine].sort((one, other) => one.startMs - other.startMs)
    },
    put(row) {
      free(row.type, row.id)
      keep(row.type, row.id, row)
      if (row.type === 'appointment') toTake.set(row.id, row)
    },
    remove(type, id) {
      free(type, id)
      if (reader === nothing) byType.get(type)?.delete(id)
      else keep(type, id, null)
    },
    draft: () => draftOver(book),
    changed: () =>
      new Map([...byType].flatMap(([type, rows]) => [...rows].map(([id, row]) => [keyOfRow(type, id), row]))),
  }
  return book
}

/** What lies under and is not covered, then what covers it. */
function* merged<T extends RowType>(
  under: Iterable<RowOf<T>>,
  mine: ReadonlyMap<string, Row | null>,
  type: T,
): Iterable<RowOf<T>> {
  for (const row of under) if (!mine.has(row.id)) yield row
  for (const row of mine.values()) if (row !== null && isOf(row, type)) yield row
}

function isOf<T extends RowType>(row: Row, type: T): row is RowOf<T> {
  return row.type === type
}

/** The first place whose booking begins at `startMs` or later; the list is in order of its starts. */
function firstFrom(list: readonly Booking[], startMs: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.startMs ?? 0) < startMs) low = middle + 1
    else high = middle
  }
  return low
}

/** Confirmed bookings of one resource never overlap, so one step back finds all; a draft's may, so it looks further. */
function overlapping(list: readonly Booking[], startMs: number, endMs: number): readonly Booking[] {
  if (list.length === 0) return noBookings
  const found: Booking[] = []
  const dayMs = 24 * 60 * 60 * 1000
  for (let index = firstFrom(list, startMs - 2 * dayMs); index < list.length; index++) {
    const booking = list[index]
    if (!booking || booking.startMs >= endMs) break
    if (booking.endMs > startMs) found.push(booking)
  }
  return found
}
