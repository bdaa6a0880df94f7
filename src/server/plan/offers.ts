/** Time that became free is offered to whoever waits for it: a line of the ward's inbox, which a person takes or drops. */
import type { PlanReader } from '../../core/plan/book.ts'
import { bookingsOf } from '../../core/plan/booking.ts'
import { type Opening, waitingFor } from '../../core/plan/waiting.ts'
import type { Appointment, Attention, RowName } from '../../protocol/plan.ts'
import { raise, subId } from './inbox.ts'
import type { Step } from './ledger.ts'

/** `before`: as it was. Nothing is offered for time that is past, or to whom something is offered already. */
export function offerFreed(step: Step, actId: string, before: Appointment): RowName[] {
  if (!gaveWay(step.draft, before)) return []
  const opening = waitingFor(step.draft, before, step.nowMs).find((one) => !isOffered(step.draft, one))
  if (!opening) return []
  const { appointment, startMs } = opening
  const trouble = {
    id: appointment.id,
    why: 'freed',
    blocking: [],
    free: [startMs],
    clashes: [],
    startMs,
    also: [],
  } as const
  return raise(step, { actId: subId(actId, 'freed'), by: appointment.by, act: bookedAt(opening) }, [trouble])
}

/** Whether something it took is taken by it no more. */
function gaveWay(plan: PlanReader, before: Appointment): boolean {
  const now = plan.get('appointment', before.id)
  const still = new Set((now ? bookingsOf(now) : []).map((one) => JSON.stringify(one)))
  return bookingsOf(before).some((one) => !still.has(JSON.stringify(one)))
}

function isOffered(plan: PlanReader, { appointment }: Opening): boolean {
  for (const row of plan.all('attention'))
    if (row.why === 'freed' && row.resolved === null && idOf(row) === appointment.id) return true
  return false
}

function bookedAt({ appointment, startMs }: Opening) {
  const { id, when, status } = appointment
  const minutes = when.type === 'waiting' ? when.minutes : 0
  const to = { type: 'at', startMs, endMs: startMs + minutes * 60_000 } as const
  const changes = { when: { from: when, to }, status: { from: status, to: 'booked' } } as const
  return { type: 'appointment.edit', id, changes } as const
}

/** Nobody waits any more, or the moment has passed: an offer goes by itself, unlike what somebody asked for. */
export function isOfferOver(plan: PlanReader, row: Attention, nowMs: number): boolean {
  if (row.why !== 'freed' || row.resolved !== null) return false
  const waiting = plan.get('appointment', idOf(row) ?? '')
  return (row.startMs ?? 0) <= nowMs || waiting?.status !== 'waitlist'
}

function idOf({ asked }: Attention): string | null {
  return asked?.type === 'appointment.edit' ? asked.id : null
}
