/** How far what a screen shows can be believed: its age, what waits, and what is wrong with this device (HZ-7). */
import type { Held, Keeping, Sync } from './sync.ts'

export type PlanStatus = {
  /** `asOfMs`: by the server's clock; null: nothing was ever fetched. */
  readonly age: { readonly type: 'live' | 'offline'; readonly asOfMs: number } | { readonly type: 'never' }
  readonly here: number
  readonly sending: number
  /** Those and what is held: all that the server has not answered. */
  readonly unsent: number
  readonly held: { readonly why: Held; readonly count: number } | null
  /** Seconds this device's clock is ahead of the server's, when that is too many; negative: behind. */
  readonly clockWrongSeconds: number | null
  readonly warnings: readonly KeepingWarning[]
}

export type KeepingWarning = 'memory-only' | 'tab-safe' | 'not-persisted' | 'scarce' | 'full'

/** A clock that is further away makes people come late. */
export const clockToleranceMs = 30_000

export function statusOf(sync: Sync): PlanStatus {
  const pending = sync.pending.value
  const count = (state: 'here' | 'sending' | 'held') => pending.filter((one) => one.state === state).length
  const ahead = sync.clockAheadMs.value
  const freshness = sync.freshness.value
  const held = sync.held.value
  return {
    age: freshness.type === 'never' ? freshness : { type: freshness.type, asOfMs: freshness.sinceMs },
    here: count('here'),
    sending: count('sending'),
    unsent: pending.length,
    held: held === null ? null : { why: held, count: pending.length },
    clockWrongSeconds: ahead !== null && Math.abs(ahead) > clockToleranceMs ? Math.round(ahead / 1000) : null,
    warnings: warningsOf(sync.keeping.value),
  }
}

/** A browser that promises nothing is said only where it may come to that: a warning on every day is read on none. */
function warningsOf({ safety, persisted, room }: Keeping): KeepingWarning[] {
  const unsafe = safety === 'crash-safe' ? [] : [safety]
  const crowded = room === 'plenty' ? [] : [room]
  const unpromised = persisted || room === 'plenty' ? [] : (['not-persisted'] as const)
  return [...unsafe, ...unpromised, ...crowded]
}
