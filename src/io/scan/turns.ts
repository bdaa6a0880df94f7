/** Whose turn it is: pictures before files that wait to be opened, and of pictures the one that was asked for last. */

export type Turns<T> = {
  /** `givenUp`: those that too many were asked for after. */
  look(key: string, ask: T): readonly T[]
  /** Asked for again: to the front, where it waits still. */
  raise(key: string): void
  open(ask: T): void
  next(): T | null
  /** Takes out every ask that this is true of. */
  remove(isGone: (ask: T) => boolean): readonly T[]
}

/** More than that would push each other off the shelf before they are seen. */
export const mostWaiting = 32

export function createTurns<T>(): Turns<T> {
  let looks: readonly (readonly [key: string, ask: T])[] = []
  let opens: readonly T[] = []
  return {
    look(key, ask) {
      const all = [...looks, [key, ask] as const]
      looks = all.slice(-mostWaiting)
      return all.slice(0, -mostWaiting).map(([, stale]) => stale)
    },
    raise(key) {
      looks = [...looks.filter(([one]) => one !== key), ...looks.filter(([one]) => one === key)]
    },
    open(ask) {
      opens = [...opens, ask]
    },
    next() {
      const newest = looks.at(-1)
      if (newest) {
        looks = looks.slice(0, -1)
        return newest[1]
      }
      const [oldest] = opens
      opens = opens.slice(1)
      return oldest ?? null
    },
    remove(isGone) {
      const all = [...looks.map(([, ask]) => ask), ...opens]
      looks = looks.filter(([, ask]) => !isGone(ask))
      opens = opens.filter((ask) => !isGone(ask))
      return all.filter(isGone)
    },
  }
}
