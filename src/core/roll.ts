/**
 * Who is connected, as a value. Adding or removing one copies a small part, not the whole: when a ward of thousands
 * comes back at once, copying everyone for each of them cost half the time and most of the memory.
 */
import type { Party } from '../protocol/people.ts'

type Endpoint = string
type Bucket = ReadonlyMap<Endpoint, Party>

const bucketCount = 256

/** FNV-1a, folded to the number of buckets. */
function bucketOf(endpoint: Endpoint): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < endpoint.length; index += 1) {
    hash = Math.imul(hash ^ endpoint.charCodeAt(index), 0x01000193)
  }
  return (hash ^ (hash >>> 16)) & (bucketCount - 1)
}

export class Roll implements Iterable<[Endpoint, Party]> {
  static readonly empty = new Roll(Array<Bucket>(bucketCount).fill(new Map()))
  readonly buckets: readonly Bucket[]

  private constructor(buckets: readonly Bucket[]) {
    this.buckets = buckets
  }

  get(endpoint: Endpoint): Party | undefined {
    return this.buckets[bucketOf(endpoint)]?.get(endpoint)
  }

  has(endpoint: Endpoint): boolean {
    return this.get(endpoint) !== undefined
  }

  with(endpoint: Endpoint, party: Party): Roll {
    const at = bucketOf(endpoint)
    return new Roll(this.buckets.with(at, new Map(this.buckets[at]).set(endpoint, party)))
  }

  without(endpoint: Endpoint): Roll {
    if (!this.has(endpoint)) return this
    const at = bucketOf(endpoint)
    const bucket = new Map(this.buckets[at])
    bucket.delete(endpoint)
    return new Roll(this.buckets.with(at, bucket))
  }

  *[Symbol.iterator](): IterableIterator<[Endpoint, Party]> {
    for (const bucket of this.buckets) yield* bucket
  }
}
