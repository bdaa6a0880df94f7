/** A measured figure and the goal it is held against. */
export type Figure = { id: string; value: number; unit: string; goal: number; holds: boolean }

/** A figure that must not be above its goal. */
export function atMost(id: string, value: number, goal: number, unit: string): Figure {
  const rounded = Number(value.toPrecision(3))
  return { id, value: rounded, unit, goal, holds: value <= goal }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const high = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2
}

/** What 95 of 100 are not above. */
export function at95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN
}
