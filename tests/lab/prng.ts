/** Chance by an explicit seed, so that whatever fails once fails again. */

/** 0 ≤ value < 1. */
export type Chance = () => number

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to choose what happens next. */
export function mulberry32(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The seed of the `index`-th run under `seed`; neighbours do not resemble each other. */
export function seedOf(seed: number, index: number): number {
  let mixed = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35) >>> 0
  return (mixed ^ (mixed >>> 13)) >>> 0
}

/** A whole number, `from` ≤ value ≤ `to`. */
export function between(chance: Chance, from: number, to: number): number {
  return from + Math.floor(chance() * (to - from + 1))
}

export function pick<T>(chance: Chance, items: readonly T[]): T {
  const item = items[Math.floor(chance() * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** One of the keys, as often as its weight says. */
export function pickWeighted<K extends string>(chance: Chance, weights: Readonly<Record<K, number>>): K {
  const entries = Object.entries(weights) as [K, number][]
  let rest = chance() * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [key, weight] of entries) {
    rest -= weight
    if (rest < 0) return key
  }
  return pick(
    chance,
    entries.map(([key]) => key),
  )
}
