/** Whether an appointment can stand where it is put: who must be there is there, and nobody is in two places. */
import type { Appointment, Blocking, Stop } from '../../protocol/plan.ts'
import type { PlanReader } from './book.ts'
import { bookingsOf, collide, isActive } from './booking.ts'
import { type Author, othersOf, type Trouble, trouble } from './decision.ts'
import { hoursAgainst } from './hours.ts'
import { hasBegun } from './status.ts'

/** More says no more: a day with everybody would name everybody's day. */
const mostBlocking = 32

/** [PLAN-1] What stands against these bookings; each other appointment once for each resource. */
export function blockingOf(plan: PlanReader, row: Appointment): Blocking[] {
  const found: Blocking[] = []
  for (const mine of bookingsOf(row)) {
    for (const other of plan.bookings(mine.resource, mine.startMs, mine.endMs)) {
      if (other.appointmentId === row.id || !collide(mine, other)) continue
      if (found.length === mostBlocking) return found
      const { resource, endMs, appointmentId } = other
      const { title = null, by = null } = plan.get('appointment', appointmentId) ?? {}
      // A buffer may reach before 1970, where no row of the plan may.
      const startMs = Math.max(0, other.startMs)
      found.push({ resource, startMs, endMs, appointmentId, title, by })
    }
  }
  return found
}

/** [PLAN-4] Beds and people that there are, and in each bed that is newly asked for the patient it is asked for (HZ-1, HZ-6). */
export function missingOf(plan: PlanReader, row: Appointment, before: Appointment | null): Trouble | null {
  const isNewPerson = (id: string) => !before?.staff.includes(id)
  const people = row.staff.filter(isNewPerson)
  const beds = row.stops.map(({ bedId }) => plan.get('bed', bedId))
  if (people.some((id) => !plan.get('person', id)?.active) || beds.includes(undefined))
    return trouble(row.id, 'unknown', { startMs: startOf(row) })
  const isAnew = before === null || startOf(before) !== startOf(row)
  const asked = row.stops.filter((stop) => stop.state === 'open' && (isAnew || !hadStop(before, stop)))
  const isGone = asked.some(
    ({ bedId, admissionId }) =>
      admissionId !== null && plan.get('bed', bedId)?.stay?.admissionId !== admissionId,
  )
  return isGone ? trouble(row.id, 'discharged', { startMs: startOf(row) }) : null
}

function hadStop(before: Appointment | null, { bedId, admissionId }: Stop): boolean {
  return before?.stops.some((stop) => stop.bedId === bedId && stop.admissionId === admissionId) ?? false
}

/** [PLAN-1, PLAN-3] */
export function timeAgainst(
  plan: PlanReader,
  row: Appointment,
  author: Author,
  before: Appointment | null,
): Trouble | null {
  if (!isActive(row.status) || row.when.type === 'waiting' || row.kind === 'note') return null
  const blocking = blockingOf(plan, row)
  if (blocking.length > 0) {
    const also = othersOf(
      blocking.map(({ by }) => by),
      author,
    )
    return trouble(row.id, 'taken', { blocking, also, startMs: startOf(row) })
  }
  return isExcused(row, before) ? null : hoursTrouble(plan, row)
}

/** A round that is under way may run late beyond anybody's hours: it is so, and no refusal makes it shorter. */
function isExcused(row: Appointment, before: Appointment | null): boolean {
  if (row.outsideHours) return true
  if (!before || startOf(before) !== startOf(row)) return false
  return hasBegun(row) && row.staff.every((id) => before.staff.includes(id))
}

function hoursTrouble(plan: PlanReader, row: Appointment): Trouble | null {
  if (row.when.type === 'waiting') return null
  for (const id of row.staff) {
    const hours = plan.get('hours', id)
    const against = hours && hoursAgainst(hours, row.when)
    if (!against) continue
    const resource = `staff:${id}`
    const blocking = [{ resource, ...against.span, appointmentId: null, title: null, by: null }]
    return trouble(row.id, against.why, { blocking, startMs: row.when.startMs })
  }
  return null
}

/** Null: it waits for a time. */
export function startOf({ when }: Pick<Appointment, 'when'>): number | null {
  return when.type === 'at' ? when.startMs : null
}
