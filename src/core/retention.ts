/** What goes because it was kept long enough. The clock may be wrong, so a day takes two days of data and no more. Rules: RETAIN. */

export const dayMs = 24 * 60 * 60_000
/** More than the one that each day brings, so that what was late is caught up with. */
const stepMs = 2 * dayMs

/** `endedMs` null: they are still here, or somebody still needs it. */
export type Kept = { readonly id: string; readonly endedMs: number | null }

/** [RETAIN-1] Kept so many days after its end; [RETAIN-2] of what is oldest no more than two days at once. */
export function dueOf(kept: readonly Kept[], days: number, nowMs: number): string[] {
  const over = kept.flatMap(({ id, endedMs }) => (endedMs === null ? [] : [{ id, endedMs }]))
  const oldestMs = over.reduce((oldest, { endedMs }) => Math.min(oldest, endedMs), Number.POSITIVE_INFINITY)
  const beforeMs = Math.min(nowMs - days * dayMs, oldestMs + stepMs)
  return over.filter(({ endedMs }) => endedMs < beforeMs).map(({ id }) => id)
}

/** [RETAIN-3] All that was kept long enough, up to a day that a person has named: they need not believe the clock. */
export function dueUntil(kept: readonly Kept[], days: number, nowMs: number, untilMs: number): string[] {
  const beforeMs = Math.min(nowMs - days * dayMs, untilMs)
  return kept.flatMap(({ id, endedMs }) => (endedMs !== null && endedMs < beforeMs ? [id] : []))
}

/** [RETAIN-4] Once a day, whichever way a clock was set since. `lastMs` null: never yet. */
export function isDayOver(lastMs: number | null, nowMs: number): boolean {
  return lastMs === null || Math.abs(nowMs - lastMs) >= dayMs - 4 * 60 * 60_000
}
