/** Time that passes only when told to: everything that will happen, in order, each thing settled before the next. */

/** Whatever ends takes its future with it. */
export type Owner = { alive: boolean }

type Due = {
  readonly atMs: number
  readonly order: number
  readonly owner: Owner | null
  readonly run: () => void
}

export type Time = ReturnType<typeof createTime>

export function createTime(startMs: number) {
  const heap: Due[] = []
  let nowMs = startMs
  let order = 0
  let steps = 0

  function isBefore(one: Due, other: Due): boolean {
    return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)
  }

  function push(due: Due): void {
    let at = heap.push(due) - 1
    while (at > 0) {
      const up = (at - 1) >> 1
      if (!isBefore(due, heap[up] as Due)) break
      heap[at] = heap[up] as Due
      at = up
    }
    heap[at] = due
  }

  function pop(): Due | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    let at = 0
    for (;;) {
      let next = 2 * at + 1
      if (next >= heap.length) break
      if (next + 1 < heap.length && isBefore(heap[next + 1] as Due, heap[next] as Due)) next += 1
      if (!isBefore(heap[next] as Due, last)) break
      heap[at] = heap[next] as Due
      at = next
    }
    heap[at] = last
    return first
  }

  /** Work outside of this time, such as a database's, takes none of it. */
  let busy = 0
  async function quiet(): Promise<void> {
    do await settle()
    while (busy > 0)
  }

  return {
    async hold<T>(work: Promise<T>): Promise<T> {
      busy += 1
      return await work.finally(() => {
        busy -= 1
      })
    },
    nowMs: () => nowMs,
    steps: () => steps,
    /** The answer takes it back. */
    after(ms: number, run: () => void, owner: Owner | null = null): () => void {
      let isOff = false
      order += 1
      push({ atMs: nowMs + Math.max(0, ms), order, owner, run: () => (isOff ? undefined : run()) })
      return () => {
        isOff = true
      }
    },
    /** Lets everything happen that is due in `ms`; `between` is called after each step and may end it with true. */
    async pass(ms: number, between: () => boolean = () => false): Promise<void> {
      const endMs = nowMs + ms
      // What was begun before has its first step to take.
      await quiet()
      for (;;) {
        const next = heap[0]
        if (!next || next.atMs > endMs) break
        pop()
        nowMs = Math.max(nowMs, next.atMs)
        if (next.owner && !next.owner.alive) continue
        steps += 1
        next.run()
        await quiet()
        if (between()) return
      }
      nowMs = Math.max(nowMs, endMs)
    },
  }
}

/** Every promise that can go on has gone on. */
export function settle(): Promise<void> {
  return new Promise((next) => setImmediate(next))
}
