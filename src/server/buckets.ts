/** Token buckets by name: how often somebody may do something, with a memory that does not grow with who asks. */

/** Beyond so many names, whoever asked the longest ago is forgotten: their bucket is full again by then. */
export const mostNames = 10_000

export type Rate = { readonly perSecond: number; readonly burst: number }

export type Buckets = ReturnType<typeof createBuckets>

export function createBuckets({ perSecond, burst }: Rate) {
  /** In the order of the last use. */
  const buckets = new Map<string, { tokens: number; filledAtMs: number }>()

  function fill(name: string, nowMs: number): { tokens: number; filledAtMs: number } {
    const bucket = buckets.get(name) ?? { tokens: burst, filledAtMs: nowMs }
    const earned = (Math.max(0, nowMs - bucket.filledAtMs) * perSecond) / 1_000
    bucket.tokens = Math.min(burst, bucket.tokens + earned)
    bucket.filledAtMs = nowMs
    buckets.delete(name)
    buckets.set(name, bucket)
    return bucket
  }

  function forgetOldest(): void {
    const [oldest] = buckets.keys()
    if (oldest !== undefined && buckets.size > mostNames) buckets.delete(oldest)
  }

  return {
    /** Takes one token. 0: it may; else the milliseconds until it may again. */
    take(name: string, nowMs: number): number {
      const bucket = fill(name, nowMs)
      forgetOldest()
      if (bucket.tokens < 1) return ((1 - bucket.tokens) * 1_000) / perSecond
      bucket.tokens -= 1
      return 0
    },
    /** How many names are remembered. */
    size: () => buckets.size,
  }
}
