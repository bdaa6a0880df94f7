/** How far each appointment comes later when one takes longer: in the order that it was, by no minute more than it must. */
import type { Appointment } from '../../protocol/plan.ts'
import type { PlanReader } from './book.ts'
import { type Booking, bookingsOf } from './booking.ts'

/** By how many milliseconds each is pushed, by its id. */
export type Begins = ReadonlyMap<string, number>

/** Whether those that are met are pushed. */
export type Pushing = 'push' | 'alone'

type Wave = { readonly id: string; readonly was: readonly Booking[]; readonly now: readonly Booking[] }

/**
 * [PLAN-17] `row` becomes `next`, which begins no earlier and takes the same. Whoever comes after in one of its
 * resources begins when that is free again, and so on; `meet` says whether one goes at all. The least there is: each is
 * pushed only by what comes before it, and by no more than that takes.
 */
export function pushedBy(
  plan: PlanReader,
  row: Appointment,
  next: Appointment,
  meet: (met: Appointment) => 'goes' | 'stays',
): Begins {
  const byMs = new Map<string, number>()
  const waves: Wave[] = [{ id: row.id, was: bookingsOf(row), now: bookingsOf(next) }]
  const mostMs = growthOf(row, next)
  for (const wave of waves) {
    for (const { other, pushMs } of wave.now.flatMap((booking) => metBy(plan, wave, booking))) {
      const met = plan.get('appointment', other.appointmentId)
      const toMs = Math.min(pushMs, mostMs)
      if (!met || met.id === row.id || toMs <= (byMs.get(met.id) ?? 0)) continue
      byMs.set(met.id, toMs)
      if (meet(met) === 'goes') waves.push(waveOf(met, toMs))
    }
  }
  return byMs
}

/** Whoever comes after it in the order that was, and is in its way now. */
function metBy(plan: PlanReader, { id, was }: Wave, booking: Booking) {
  const before = was.find(({ resource }) => resource === booking.resource) ?? booking
  return plan
    .bookings(booking.resource, before.bareStartMs, booking.endMs)
    .filter((other) => other.appointmentId !== id && other.bareStartMs >= before.bareStartMs)
    .map((other) => ({ other, pushMs: pastOf(booking, other) }))
}

/** How much later the other must begin for the two not to collide. */
function pastOf(booking: Booking, other: Booking): number {
  return booking.excused || other.excused
    ? booking.bareEndMs - other.bareStartMs
    : booking.endMs - other.startMs
}

function waveOf(met: Appointment, byMs: number): Wave {
  if (met.when.type === 'waiting') return { id: met.id, was: [], now: [] }
  const when = { ...met.when, startMs: met.when.startMs + byMs, endMs: met.when.endMs + byMs }
  return { id: met.id, was: bookingsOf(met), now: bookingsOf({ ...met, when }) }
}

/** Nobody is pushed by more than this, as nothing overlapped before: a device's draft in which something did ends too. */
function growthOf(row: Appointment, next: Appointment): number {
  const was = new Map(bookingsOf(row).map(({ resource, endMs }) => [resource, endMs]))
  return Math.max(0, ...bookingsOf(next).map(({ resource, endMs }) => endMs - (was.get(resource) ?? endMs)))
}
