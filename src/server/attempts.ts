/** Counts wrong codes by address, so that codes cannot be guessed by trying. */

const windowMs = 60_000
/** Beyond so many addresses the count starts anew; it must not grow with who knocks. */
const maxAddresses = 10_000

export type Attempts = {
  isBlocked(address: string, nowMs: number): boolean
  fail(address: string, nowMs: number): void
}

export function createAttempts(allowedPerMinute: number): Attempts {
  const failures = new Map<string, { sinceMs: number; count: number }>()

  function current(address: string, nowMs: number): { sinceMs: number; count: number } | undefined {
    const entry = failures.get(address)
    return entry && nowMs - entry.sinceMs < windowMs ? entry : undefined
  }

  return {
    isBlocked: (address, nowMs) => (current(address, nowMs)?.count ?? 0) >= allowedPerMinute,
    fail(address, nowMs) {
      if (failures.size >= maxAddresses) failures.clear()
      const entry = current(address, nowMs)
      if (entry) entry.count += 1
      else failures.set(address, { sinceMs: nowMs, count: 1 })
    },
  }
}
