/** How much goes into one request: a whole outbox is sent in parts, and none of them is more than a server takes. */
import { mostActs } from '../protocol/sync.ts'
import type { Batch } from './plan-ports.ts'

/** A quarter of what the server takes, and less than what proxies let through that nobody told otherwise (1 MiB). */
export const wholeBatch: Batch = { acts: mostActs, bytes: 512 * 1024 }
/** An act that is larger is sent by its name alone. None of this version is a fifth of it. */
export const largestAct = 900 * 1024
/** An act as small as that is never the one that is too large. */
export const smallAct = 32 * 1024

/** As many of the first as are not too much; the first of them always. */
export function firstOf<T>(waiting: readonly T[], bytesOf: (one: T) => number, { acts, bytes }: Batch): T[] {
  let sum = 0
  const some = waiting.slice(0, acts)
  const end = some.findIndex((one, index) => {
    sum += bytesOf(one)
    return index > 0 && sum > bytes
  })
  return end < 0 ? some : some.slice(0, end)
}

/** What it takes on the wire. */
export function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length
}
