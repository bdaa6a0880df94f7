/** Two people's edits of one thing, field by field: nothing that either wrote is lost in silence (PLAN-2). */
import type { Clash } from '../../protocol/plan.ts'
import { mergeStops } from './merge-stops.ts'

export type Change = { readonly from: unknown; readonly to: unknown }

export type Merged = {
  /** What becomes another value by it. */
  readonly taken: Readonly<Record<string, unknown>>
  readonly clashes: readonly Clash[]
}

/** [PLAN-2] `stands`: what is there now, by field. What still is as the writer saw it takes what they wrote; what others wrote meanwhile stands. */
export function mergeFields(
  stands: object,
  changes: Iterable<readonly [string, Change | undefined]>,
): Merged {
  const taken: Record<string, unknown> = {}
  const clashes: Clash[] = []
  for (const [field, change] of changes) {
    if (!change) continue
    const now: unknown = Reflect.get(stands, field)
    const { value, clashed } = mergeOne(field, change, now)
    if (!same(value, now)) taken[field] = value
    if (clashed) clashes.push({ field, from: change.from, asked: change.to, stands: value })
  }
  return { taken, clashes }
}

function mergeOne(field: string, { from, to }: Change, now: unknown): { value: unknown; clashed: boolean } {
  if (same(now, to)) return { value: now, clashed: false }
  if (same(now, from)) return { value: to, clashed: false }
  const merged = field === 'stops' ? mergeStops(from, to, now) : null
  return merged ? { value: merged.stops, clashed: merged.clashed } : { value: now, clashed: true }
}

/** Equal as what JSON can say, whatever the order of an object's names. */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => name in other && same(one[name], other[name]))
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
