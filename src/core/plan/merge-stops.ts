/**
 * Two people's edits of one round: one puts its beds in another order while the other marks them as done or adds one.
 * A bed is merged with itself, the order with the order.
 */
import * as v from 'valibot'
import { type Stop, stop } from '../../protocol/plan.ts'

const stopList = v.array(stop)

/** `clashed`: some of it stands as the others wrote it. Null: these are no stops. */
export function mergeStops(
  from: unknown,
  to: unknown,
  now: unknown,
): { readonly stops: readonly Stop[]; readonly clashed: boolean } | null {
  if (!v.is(stopList, from) || !v.is(stopList, to) || !v.is(stopList, now)) return null
  const sides = { from: byBed(from), to: byBed(to), now: byBed(now) }
  const kept = new Map<string, Stop>()
  let clashed = false
  for (const bedId of new Set([...sides.now.keys(), ...sides.to.keys()])) {
    const one = mergeStop(sides.from.get(bedId), sides.to.get(bedId), sides.now.get(bedId))
    if (one.stop) kept.set(bedId, one.stop)
    clashed ||= one.clashed
  }
  const order = mergeOrder(from, to, now)
  return {
    stops: order.beds.flatMap((bedId) => kept.get(bedId) ?? []),
    clashed: clashed || order.clashed,
  }
}

type MergedStop = { readonly stop: Stop | undefined; readonly clashed: boolean }

/** Undefined: the bed is not among them. */
function mergeStop(from: Stop | undefined, to: Stop | undefined, now: Stop | undefined): MergedStop {
  if (isSame(to, now) || isSame(to, from)) return { stop: now, clashed: false }
  if (isSame(now, from)) return { stop: to, clashed: false }
  if (!from || !to || !now) return { stop: now, clashed: true }
  const admission = pick(from.admissionId, to.admissionId, now.admissionId)
  const minutes = pick(from.minutes, to.minutes, now.minutes)
  const state = pick(from.state, to.state, now.state)
  return {
    stop: { bedId: now.bedId, admissionId: admission.value, minutes: minutes.value, state: state.value },
    clashed: admission.clashed || minutes.clashed || state.clashed,
  }
}

function pick<T>(from: T, to: T, now: T): { value: T; clashed: boolean } {
  if (to === now || to === from) return { value: now, clashed: false }
  return now === from ? { value: to, clashed: false } : { value: now, clashed: true }
}

/** Whoever moved beds has the say about their order; a bed that only the other has comes after the same one as there. */
function mergeOrder(
  from: readonly Stop[],
  to: readonly Stop[],
  now: readonly Stop[],
): { readonly beds: readonly string[]; readonly clashed: boolean } {
  const [was, mine, theirs] = [from, to, now].map((stops) => stops.map(({ bedId }) => bedId))
  if (!was || !mine || !theirs) return { beds: [], clashed: false }
  const common = new Set(was.filter((bedId) => mine.includes(bedId) && theirs.includes(bedId)))
  const orderOf = (beds: readonly string[]) => beds.filter((bedId) => common.has(bedId)).join(' ')
  const isMoved = orderOf(mine) !== orderOf(was)
  const clashed = isMoved && orderOf(theirs) !== orderOf(was) && orderOf(mine) !== orderOf(theirs)
  return isMoved && !clashed
    ? { beds: insertMissing(mine, theirs), clashed }
    : { beds: insertMissing(theirs, mine), clashed }
}

function insertMissing(beds: readonly string[], others: readonly string[]): string[] {
  const all = [...beds]
  for (const [index, bedId] of others.entries()) {
    if (all.includes(bedId)) continue
    const before = others[index - 1]
    all.splice(before === undefined ? 0 : all.indexOf(before) + 1, 0, bedId)
  }
  return all
}

function isSame(one: Stop | undefined, other: Stop | undefined): boolean {
  if (!one || !other) return one === other
  return one.admissionId === other.admissionId && one.minutes === other.minutes && one.state === other.state
}

function byBed(stops: readonly Stop[]): Map<string, Stop> {
  return new Map(stops.map((one) => [one.bedId, one]))
}
