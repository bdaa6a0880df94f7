/** Counts wrong tries by name, of a network, a login or a person, so that nothing can be guessed by trying. */
import { mostNames } from './buckets.ts'

export const windowMs = 60_000

export type Attempts = {
  isBlocked(name: string, nowMs: number): boolean
  fail(name: string, nowMs: number): void
}

/** Under which name a person's tries are counted, wherever they come from. */
export function personName(staffId: string): string {
  return `person:${staffId}`
}

export function createAttempts(allowedPerMinute: number): Attempts {
  /** The one that began first stands first. */
  const failures = new Map<string, { sinceMs: number; count: number }>()

  function current(name: string, nowMs: number): { sinceMs: number; count: number } | undefined {
    const entry = failures.get(name)
    return entry && nowMs - entry.sinceMs < windowMs ? entry : undefined
  }

  return {
    isBlocked: (name, nowMs) => (current(name, nowMs)?.count ?? 0) >= allowedPerMinute,
    fail(name, nowMs) {
      const entry = current(name, nowMs)
      if (entry) {
        entry.count += 1
        return
      }
      failures.delete(name)
      failures.set(name, { sinceMs: nowMs, count: 1 })
      const [oldest] = failures.keys()
      if (failures.size > mostNames && oldest !== undefined) failures.delete(oldest)
    },
  }
}
