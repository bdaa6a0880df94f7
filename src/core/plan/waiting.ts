/** Who waits for a time that has just become free. */
import type { Appointment } from '../../protocol/plan.ts'
import type { PlanReader } from './book.ts'
import { type Booking, bookingsOf } from './booking.ts'
import { freeStarts } from './free.ts'

/** An entry of the waiting list and the first start within what became free. */
export type Opening = { readonly appointment: Appointment; readonly startMs: number }

/**
 * [PLAN-12] Who would fit into the time that `freed` took before it was cancelled or moved: entries that need somebody,
 * a bed or a room of it, whose window has room there from `nowMs` on; whoever must be served first comes first.
 */
export function waitingFor(plan: PlanReader, freed: Appointment, nowMs: number): Opening[] {
  return waitingIn(plan, bookingsOf(freed), nowMs)
}

/** What became free: who or what it is, from when until when. */
export type Freed = Pick<Booking, 'resource' | 'startMs' | 'endMs'>

/** [PLAN-12] As `waitingFor`, of time that is known by itself. */
export function waitingIn(plan: PlanReader, spans: readonly Freed[], nowMs: number): Opening[] {
  const resources = new Set(spans.map(({ resource }) => resource))
  const startMs = Math.min(...spans.map((span) => span.startMs))
  const endMs = Math.max(...spans.map((span) => span.endMs))
  const found: (Opening & { readonly notAfterMs: number })[] = []
  for (const appointment of plan.all('appointment')) {
    const { when, status } = appointment
    if (status !== 'waitlist' || when.type !== 'waiting' || !needsOne(appointment, resources)) continue
    const fromMs = Math.max(startMs, when.notBeforeMs, nowMs)
    const [first] = freeStarts(plan, appointment, fromMs, Math.min(endMs, when.notAfterMs), 1)
    if (first !== undefined) found.push({ appointment, startMs: first, notAfterMs: when.notAfterMs })
  }
  return found
    .sort(
      (one, other) =>
        one.notAfterMs - other.notAfterMs || (one.appointment.id < other.appointment.id ? -1 : 1),
    )
    .map(({ appointment, startMs: first }) => ({ appointment, startMs: first }))
}

function needsOne(waiting: Appointment, resources: ReadonlySet<string>): boolean {
  const when = { type: 'at', startMs: 0, endMs: 1 } as const
  const taken = bookingsOf({ ...waiting, status: 'booked', when })
  const beds = waiting.stops.map(({ bedId }) => `bed:${bedId}`)
  return [...taken.map(({ resource }) => resource), ...beds].some((resource) => resources.has(resource))
}
