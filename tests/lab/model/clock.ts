/** Virtual time: what is due next happens next, and five minutes cost a millisecond. */

type Entry = { readonly atMs: number; readonly order: number; run: (() => void) | null }

export type VirtualClock = {
  nowMs(): number
  /** Calls back once after `ms`; the answer cancels it. Same instant: first come, first served. */
  after(ms: number, run: () => void): () => void
  /** Lets everything happen that is due within `ms`. */
  advance(ms: number): void
}

function before(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}

/** A binary heap under a clock that starts at `startMs`. */
export function createClock(startMs: number): VirtualClock {
  const heap: Entry[] = []
  let nowMs = startMs
  let orders = 0

  function push(entry: Entry): void {
    let index = heap.length
    heap.push(entry)
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = heap[parentIndex] as Entry
      if (!before(entry, parent)) break
      heap[index] = parent
      index = parentIndex
    }
    heap[index] = entry
  }

  function pop(): void {
    const last = heap.pop() as Entry
    if (heap.length === 0) return
    let index = 0
    for (;;) {
      let childIndex = 2 * index + 1
      if (childIndex >= heap.length) break
      const right = heap[childIndex + 1]
      if (right && before(right, heap[childIndex] as Entry)) childIndex += 1
      const child = heap[childIndex] as Entry
      if (!before(child, last)) break
      heap[index] = child
      index = childIndex
    }
    heap[index] = last
  }

  return {
    nowMs: () => nowMs,
    after(ms, run) {
      const entry: Entry = { atMs: nowMs + Math.max(0, ms), order: orders++, run }
      push(entry)
      return () => {
        entry.run = null
      }
    },
    advance(ms) {
      const untilMs = nowMs + ms
      for (let next = heap[0]; next && next.atMs <= untilMs; next = heap[0]) {
        pop()
        if (!next.run) continue
        nowMs = next.atMs
        next.run()
      }
      nowMs = untilMs
    },
  }
}
