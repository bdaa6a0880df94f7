/**
 * Time that became free is offered to whoever waits for it: a line of the ward's inbox, which a person takes or drops;
 * then the next is asked. What became free stands in the line, where others say what stands in the way.
 */
import type { PlanReader } from '../../core/plan/book.ts'
import { bookingsOf } from '../../core/plan/booking.ts'
import { trouble } from '../../core/plan/decision.ts'
import { same } from '../../core/plan/merge.ts'
import { type Opening, waitingIn } from '../../core/plan/waiting.ts'
import type { Appointment, Attention, Blocking, RowName } from '../../protocol/plan.ts'
import { raise, subId } from './inbox.ts'
import type { Step } from './ledger.ts'

/** [PLAN-12] `before`: as it was. Nothing is offered for time that is past, or to whom something is offered already. */
export function offerFreed(step: Step, actId: string, before: Appointment): RowName[] {
  return gaveWay(step.draft, before) ? offer(step, actId, freedBy(before)) : []
}

/** [PLAN-12] Somebody has decided about this one, or it is over: whoever comes next is asked, each once about one time. */
export function offerOn(step: Step, actId: string, decided: Attention): RowName[] {
  return decided.why === 'freed' ? offer(step, actId, decided.blocking) : []
}

function offer(step: Step, actId: string, freed: readonly Blocking[]): RowName[] {
  const { draft, nowMs } = step
  const asked = askedOf(draft, freed)
  const opening = waitingIn(draft, freed, nowMs).find(({ appointment }) => !asked.has(appointment.id))
  if (!opening) return []
  const { appointment, startMs } = opening
  const one = trouble(appointment.id, 'freed', { blocking: freed, free: [startMs], startMs })
  return raise(step, { actId: subId(actId, 'freed'), by: appointment.by, act: bookedAt(opening) }, [one])
}

/** Whether something it took is taken by it no more. */
function gaveWay(plan: PlanReader, before: Appointment): boolean {
  const now = plan.get('appointment', before.id)
  const still = new Set((now ? bookingsOf(now) : []).map((one) => JSON.stringify(one)))
  return bookingsOf(before).some((one) => !still.has(JSON.stringify(one)))
}

/** More says no more: nobody waits for as many. */
const mostFreed = 32

function freedBy(before: Appointment): Blocking[] {
  const { title, by } = before
  return bookingsOf(before)
    .slice(0, mostFreed)
    .map(({ resource, startMs, endMs, appointmentId }) => ({
      ...{ resource, startMs: Math.max(0, startMs), endMs },
      ...{ appointmentId, title, by },
    }))
}

/** Who has an offer to decide about, or had this one. */
function askedOf(plan: PlanReader, freed: readonly Blocking[]): Set<string> {
  const asked = new Set<string>()
  for (const row of plan.all('attention')) {
    if (row.why !== 'freed' || (row.resolved !== null && !same(row.blocking, freed))) continue
    const id = idOf(row)
    if (id !== null) asked.add(id)
  }
  return asked
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
