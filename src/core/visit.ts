/** What a visit's link is good for, who is before whom, and when somebody is missing: pure rules, numbered in SPEC.md. */
import type { AppointmentStatus } from '../protocol/appointment.ts'
import type { LinkState, VisitState } from '../protocol/visit.ts'

const minuteMs = 60_000

/** [VISIT-2] Whoever has come is checked in by itself so long before the time. */
export const checkInMs = 10 * minuteMs
/** [VISIT-1] So long after the last call, or the planned end, the same link still leads back. */
export const rejoinMs = 30 * minuteMs
/** [VISIT-4] So long after the time nobody has come: a person is asked. */
export const missingMs = 15 * minuteMs
/** [VISIT-4] So long somebody waits unheard by those who are to see them, and everybody is called. */
export const unheardMs = 3 * minuteMs
/** Reminders, before the time. */
export const reminderMs = { day: 24 * 60 * minuteMs, soon: 10 * minuteMs } as const

/** So long before its time a visit is on the stations' lists: today and tomorrow, in any zone. */
const nearMs = 48 * 60 * minuteMs

export function isNear(startMs: number, nowMs: number): boolean {
  return startMs < nowMs + nearMs
}

/** `lastCallMs`: when the last call of this visit ended; null: there was none. `closedMs`: staff said that it is over. */
export type VisitFacts = {
  readonly startMs: number
  readonly endMs: number
  readonly status: AppointmentStatus
  readonly lastCallMs: number | null
  readonly closedMs: number | null
}

const gone: readonly AppointmentStatus[] = ['cancelled', 'entered-in-error']
const past: readonly AppointmentStatus[] = ['fulfilled', 'noshow']

/** [VISIT-1] What the link is good for at `nowMs` (server clock); `isNewest`: no other was sent since. */
export function linkStateOf(facts: VisitFacts, isNewest: boolean, nowMs: number): LinkState {
  const { status, startMs, endMs, lastCallMs, closedMs } = facts
  if (gone.includes(status)) return 'cancelled'
  if (closedMs !== null || past.includes(status)) return 'over'
  if (nowMs > Math.max(endMs, lastCallMs ?? 0) + rejoinMs) return 'over'
  if (!isNewest) return 'replaced'
  return isTime(startMs, nowMs) ? 'open' : 'ahead'
}

/** [VISIT-2] Whether whoever is there waits, or is early. */
export function isTime(startMs: number, nowMs: number): boolean {
  return nowMs >= startMs - checkInMs
}

/** Somebody in the queue. */
export type Waiter = {
  readonly visitId: string
  readonly startMs: number
  readonly sinceMs: number
  readonly staff: readonly string[]
}

/** [VISIT-3] By the time that was agreed, then by who came first. */
export function inOrder<W extends Waiter>(waiters: readonly W[]): W[] {
  return waiters.toSorted(
    (a, b) => a.startMs - b.startMs || a.sinceMs - b.sinceMs || (a.visitId < b.visitId ? -1 : 1),
  )
}

/** [VISIT-3] How many are before this one with somebody who is to see them both; whoever has nobody of their own is seen by any. */
export function beforeIn(waiters: readonly Waiter[], visitId: string): number {
  const queue = inOrder(waiters)
  const at = queue.findIndex((one) => one.visitId === visitId)
  const own = queue[at]
  if (!own) return 0
  const shares = (one: Waiter) =>
    one.staff.length === 0 ||
    own.staff.length === 0 ||
    one.staff.some((staffId) => own.staff.includes(staffId))
  return queue.slice(0, at).filter(shares).length
}

/** [VISIT-4] Nobody has come so long after the time. Whoever waited once is not missing, and whoever only tried their device days before is. */
export function isMissing(
  { startMs }: VisitFacts,
  { state, hasWaited }: { readonly state: VisitState; readonly hasWaited: boolean },
  nowMs: number,
): boolean {
  const isHere = state !== 'invited' && state !== 'away'
  return !isHere && !hasWaited && nowMs >= startMs + missingMs
}
