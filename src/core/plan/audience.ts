/** Who may know what of the plan: what a device is given, what a refusal tells, what a patient reads at the bed. */

import type { StaffRole } from '../../protocol/people.ts'
import type { Appointment, Attention, Blocking, Pattern, Row, Stop } from '../../protocol/plan.ts'
import type { PatientEntry } from '../../protocol/plan-news.ts'
import type { PlanReader } from './book.ts'
import { stopTimes } from './booking.ts'

/**
 * `own`: `ward`, one of the ward, or who broke its glass, and whose role reads a ward's plan; `participant`: an
 * interpreter, or somebody of another ward.
 */
export type Reader = {
  readonly staffId: string
  readonly role: StaffRole
  readonly own: 'ward' | 'participant'
}

/** [PLAN-14] Whether there is anything of this row that they may know. */
export function mayKnow(row: Row, reader: Reader): boolean {
  if (row.type === 'attention' && row.hidden) return false
  if (reader.own === 'ward') return true
  switch (row.type) {
    case 'appointment':
      return takesPart(row, reader)
    case 'series':
      return row.by === reader.staffId || row.pattern.staff.includes(reader.staffId)
    case 'hours':
      return row.id === reader.staffId
    case 'attention':
      return row.by === reader.staffId || row.also.includes(reader.staffId)
    case 'bed':
    case 'person':
    case 'plan':
      return true
  }
}

function takesPart({ by, staff }: Appointment, { staffId }: Reader): boolean {
  return by === staffId || staff.includes(staffId)
}

/** [PLAN-14] The row as they may see it; null when not at all. The same row when nothing of it is left out. */
export function viewFor(row: Row, reader: Reader): Row | null {
  if (!mayKnow(row, reader)) return null
  if (row.type === 'hours') return mayKnowWhy(row.id, reader) ? row : withoutReasons(row)
  if (row.type === 'attention') return attentionFor(withoutAskedReasons(row, reader), reader)
  if (reader.own === 'ward') return row
  switch (row.type) {
    case 'appointment':
      return { ...row, ...discreet(row, reader) }
    case 'series':
      return { ...row, pattern: { ...row.pattern, ...discreet(row.pattern, reader) } }
    case 'bed':
      // A door to find, and nobody in it: whom they come for is in the appointment's own title.
      return { ...row, stay: null }
    default:
      return row
  }
}

/** Why somebody is away may be about their health: theirs, and whoever keeps the hours'. */
function mayKnowWhy(id: string, { staffId, role }: Reader): boolean {
  return role === 'admin' || id === staffId
}

function withoutReasons<T extends { readonly away: readonly { startMs: number; endMs: number }[] }>(
  row: T,
): T {
  return { ...row, away: row.away.map(({ startMs, endMs }) => ({ startMs, endMs, why: '' })) }
}

/** What was asked about somebody's hours gives away no more than the hours themselves. */
function withoutAskedReasons(row: Attention, reader: Reader): Attention {
  const { asked } = row
  if (asked?.type !== 'hours.set' || mayKnowWhy(asked.id, reader)) return row
  const from = asked.from && withoutReasons(asked.from)
  return { ...row, asked: { ...asked, from, to: withoutReasons(asked.to) }, clashes: [] }
}

/** A clinician who was asked in needs what there is to know; an interpreter needs whom, where, when and in what language. */
function discreet(
  { note, outpatient, stops }: Pick<Pattern, 'note' | 'outpatient' | 'stops'>,
  { role }: Reader,
): Pick<Pattern, 'note' | 'outpatient' | 'stops'> {
  if (role === 'doctor' || role === 'nurse') return { note, outpatient, stops }
  const name = outpatient && { name: outpatient.name, born: null, email: null, phone: null }
  return { note: '', outpatient: name, stops: stops.map((stop): Stop => ({ ...stop, admissionId: null })) }
}

/** Whose entry stood in the way hears that it did, and not what somebody of another ward was asked for. */
function attentionFor(row: Attention, { staffId, own }: Reader): Attention {
  if (own === 'ward') return row
  const hidden = row.blocking.map((one) => (one.by === staffId ? one : withoutNames(one)))
  if (row.by === staffId) return { ...row, blocking: hidden, clashes: [] }
  return { ...row, asked: null, blocking: hidden, clashes: [] }
}

/** [PLAN-14] What stands in the way, told as far as the reader may know it; its time always, as that was asked for. */
export function blockingFor(blocking: readonly Blocking[], plan: PlanReader, reader: Reader): Blocking[] {
  return blocking.map((one) => {
    const row = one.appointmentId === null ? undefined : plan.get('appointment', one.appointmentId)
    return row && mayKnow(row, reader) ? one : withoutNames(one)
  })
}

function withoutNames(one: Blocking): Blocking {
  return { ...one, appointmentId: null, title: null, by: null }
}

/** A stay, and since when it is in the bed that it is in now. */
export type Lying = { readonly bedId: string; readonly admissionId: string; readonly sinceMs: number }

/** More is no day that anybody reads; the wire takes no more either. */
const mostEntries = 64
const mostPeople = 16
/** What a patient is told of: decided, and of a time. */
const told: ReadonlySet<string> = new Set([
  'pending',
  'booked',
  'arrived',
  'checked-in',
  'fulfilled',
  'cancelled',
  'noshow',
])

/**
 * [PLAN-15] What concerns this stay, in order, of [fromMs, toMs): never a note, never another's bed or stay (HZ-6). Of
 * a round it is the time of this bed's stop alone. A round that names nobody is for whoever lies there when it comes;
 * nothing that was typed for it is told, since it may have been typed for the patient before.
 */
export function patientEntries(
  plan: PlanReader,
  { bedId, admissionId, sinceMs }: Lying,
  fromMs: number,
  toMs: number,
): PatientEntry[] {
  const found: PatientEntry[] = []
  for (const row of plan.all('appointment')) {
    if (row.kind === 'note' || !told.has(row.status)) continue
    for (const { stop, startMs, endMs } of stopTimes(row)) {
      if (stop.bedId !== bedId || startMs >= toMs || endMs <= fromMs) continue
      const entry = entryOf(plan, row, stop, startMs, endMs)
      if (stop.admissionId === admissionId) found.push(entry)
      else if (stop.admissionId === null && row.kind === 'round' && startMs >= sinceMs)
        found.push({ ...entry, title: '', place: null, people: namesOf(plan, row).slice(0, mostPeople) })
    }
  }
  return found
    .sort((one, other) => one.startMs - other.startMs || (one.id < other.id ? -1 : 1))
    .slice(0, mostEntries)
}

function entryOf(
  plan: PlanReader,
  row: Appointment,
  stop: Stop,
  startMs: number,
  endMs: number,
): PatientEntry {
  const { id, kind, title, place } = row
  const people = [...namesOf(plan, row), ...row.roles]
  return {
    id,
    kind,
    status: statusOf(row, stop),
    startMs,
    endMs,
    title,
    place,
    people: people.slice(0, mostPeople),
  }
}

function namesOf(plan: PlanReader, { staff }: Appointment): string[] {
  return staff.flatMap((staffId) => plan.get('person', staffId)?.name ?? [])
}

function statusOf({ status }: Appointment, { state }: Stop): PatientEntry['status'] {
  if (status === 'cancelled' || status === 'noshow') return status
  if (state === 'done') return 'fulfilled'
  return state === 'skipped' ? 'cancelled' : status
}
