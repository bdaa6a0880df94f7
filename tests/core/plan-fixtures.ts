/** A small ward: two doctors, a nurse, three beds, and the hours of a day that stands for all. */
import { type Book, createBook } from '../../src/core/plan/book.ts'
import { type Decision, decide } from '../../src/core/plan/decide.ts'
import { apply } from '../../src/core/plan/replay.ts'
import type {
  Appointment,
  AppointmentFields,
  AppointmentKind,
  BedRow,
  Changes,
  HoursWish,
  KeptAct,
  Pattern,
  PersonRow,
  PlanAct,
  Row,
  Stop,
} from '../../src/protocol/plan.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
/** Monday, 1 March 2027, 08:00 in Helsinki (UTC+2). */
export const eight = Temporal.ZonedDateTime.from('2027-03-01T08:00[Europe/Helsinki]').epochMilliseconds
export const zone = 'Europe/Helsinki'
export const horizonMs = eight + 60 * day

export const eero = { name: 'Eero Salonen', born: '1948-03-02', number: '1048' }
export const helmi = { name: 'Helmi Virtanen', born: '1939-11-19', number: '1139' }

export function person(id: string, role: PersonRow['role'], active: 'here' | 'gone' = 'here'): PersonRow {
  return { type: 'person', id, rev: 1, name: `Dr ${id}`, role, active: active === 'here' }
}

export function bed(id: string, admissionId: string | null): BedRow {
  const stay = admissionId === null ? null : { admissionId, patient: admissionId === 'a1' ? eero : helmi }
  return { type: 'bed', id, rev: 1, label: id, position: 0, epoch: 1, stay }
}

export function ward(...more: readonly Row[]): Book {
  return createBook([
    { type: 'plan', id: 'plan', rev: 1, horizonMs, zone },
    person('anna', 'doctor'),
    person('bertil', 'doctor'),
    person('nina', 'nurse'),
    person('gone', 'doctor', 'gone'),
    bed('b1', 'a1'),
    bed('b2', 'a2'),
    bed('b3', null),
    ...more,
  ])
}

export function stop(bedId: string, over: Partial<Stop> = {}): Stop {
  const admissionId = bedId === 'b1' ? 'a1' : bedId === 'b2' ? 'a2' : null
  return { bedId, admissionId, minutes: 10, state: 'open', ...over }
}

export function at(startMs: number, minutes = 30): AppointmentFields['when'] {
  return { type: 'at', startMs, endMs: startMs + minutes * minute }
}

export function fields(over: Partial<AppointmentFields> = {}): AppointmentFields {
  return {
    title: 'Round',
    note: '',
    place: null,
    staff: ['anna'],
    roles: [],
    stops: [],
    outpatient: null,
    before: 0,
    after: 0,
    language: null,
    interpreter: false,
    outsideHours: false,
    when: at(eight),
    status: 'booked',
    cancelReason: null,
    ...over,
  }
}

export function pattern(over: Partial<Pattern> = {}): Pattern {
  const { when: _when, status: _status, cancelReason: _reason, ...rest } = fields()
  return { kind: 'round', ...rest, minutes: 30, ...over }
}

export function bookAct(
  id: string,
  over: Partial<AppointmentFields> = {},
  kind: AppointmentKind = 'round',
): Extract<PlanAct, { type: 'appointment.book' }> {
  return { type: 'appointment.book', id, kind, fields: fields(over) }
}

export function editAct(id: string, changes: Changes): Extract<PlanAct, { type: 'appointment.edit' }> {
  return { type: 'appointment.edit', id, changes }
}

/** From what stands in the plan, as a screen that shows it would. */
export function editOf(book: Book, id: string, next: Partial<AppointmentFields>): PlanAct {
  const stands = new Map<string, unknown>(Object.entries(appointment(book, id)))
  const changes = Object.fromEntries(
    Object.entries(next).map(([field, to]) => [field, { from: stands.get(field), to }]),
  )
  return { type: 'appointment.edit', id, changes: changes as Changes }
}

export function makeAct(id: string, over: Partial<Extract<PlanAct, { type: 'series.make' }>> = {}): PlanAct {
  return {
    type: 'series.make',
    id,
    rule: 'FREQ=DAILY',
    start: '2027-03-01T09:00',
    zone,
    pattern: pattern(),
    ...over,
  }
}

export function hours(id: string, over: Partial<HoursWish> = {}): Row {
  const weekly = [1, 2, 3, 4, 5].map((one) => ({ day: one, from: 8 * 60, to: 16 * 60 }))
  return { type: 'hours', id, rev: 1, zone, weekly, away: [], ...over }
}

export const nina = { staffId: 'nina', atMs: eight - hour }
export const anna = { staffId: 'anna', atMs: eight - hour }

/** All of these must be done. */
export function perform(book: Book, ...acts: readonly KeptAct[]): Book {
  for (const act of acts) {
    const decision = apply(book, act, nina)
    if (decision.type === 'refused') throw new Error(`${act.type}: ${decision.trouble.why}`)
  }
  return book
}

/** In one word. */
export function why(book: Book, act: KeptAct, author = nina): string {
  return said(decide(book, act, author))
}

export function said(decision: Decision): string {
  if (decision.type === 'refused') return decision.trouble.why
  const [first] = decision.troubles
  return first ? `done but ${first.why}` : 'done'
}

export function troublesOf(decision: Decision) {
  return decision.type === 'refused' ? [decision.trouble] : decision.troubles
}

export function appointment(book: Book, id: string): Appointment {
  const row = book.get('appointment', id)
  if (!row) throw new Error(`no ${id}`)
  return row
}

export function utc(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds
}
