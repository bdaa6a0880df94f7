/** Counts wrong codes by address, so that codes cannot be guessed by trying. */
import { networkOf } from './address.ts'
import { mostNames } from './buckets.ts'

export const windowMs = 60_000

export type Attempts = {
  isBlocked(address: string, nowMs: number): boolean
  fail(address: string, nowMs: number): void
}

export function createAttempts(allowedPerMinute: number): Attempts {
  /** The one that began first stands first. */
  const failures = new Map<string, { sinceMs: number; count: number }>()

  function current(network: string, nowMs: number): { sinceMs: number; count: number } | undefined {
    const entry = failures.get(network)
    return entry && nowMs - entry.sinceMs < windowMs ? entry : undefined
  }

  return {
    isBlocked: (address, nowMs) => (current(networkOf(address), nowMs)?.count ?? 0) >= allowedPerMinute,
    fail(address, nowMs) {
      const network = networkOf(address)
      const entry = current(network, nowMs)
      if (entry) {
        entry.count += 1
        return
      }
      failures.delete(network)
      failures.set(network, { sinceMs: nowMs, count: 1 })
      const [oldest] = failures.keys()
      if (failures.size > mostNames && oldest !== undefined) failures.delete(oldest)
    },
  }
}
