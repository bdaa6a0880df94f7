/** Where an entry would come to stand while it is moved, by pointer or by keys, and what the plan would say to it. */

import type { BedRow, Day, Entry, KeptAct, PlanScreens, Trouble, Whose } from '../../state/plan.ts'
import { lengthOf, moveAct, moveToBedAct, resizeAct } from '../../state/plan-acts.ts'
import type { Look } from '../../state/plan-entries.ts'

export type Column = {
  readonly key: string
  readonly label: string
  readonly more: string | null
  readonly day: Day
  readonly whose: Whose
  readonly bed: BedRow | null
}

export type Placing = {
  readonly entry: Entry
  readonly column: number
  readonly startMs: number
  readonly endMs: number
  readonly act: KeptAct | null
  readonly trouble: Trouble | null
}

/** Five minutes. */
export const stepMs = 5 * 60_000
/** The length of a row of the grid, in minutes. */
export const slotMinutes = 30

/** Where it is now: the beginning of a move. */
export function placingOf(entry: Entry, column: number): Placing {
  const { startMs, endMs } = entry
  return { entry, column, startMs, endMs, act: null, trouble: null }
}

/** What is still being kept moves too: acts are kept in the order of asking, and a quick hand asks twice. */
export function canMove(plan: Pick<PlanScreens, 'mayChange'>, { row, look }: Entry): boolean {
  return plan.mayChange && row.when.type === 'at' && movable.has(look)
}

const movable: ReadonlySet<Look> = new Set(['confirmed', 'requested', 'proposed', 'arrived', 'saving'])

/** One stop of a round is as long as its round says; the round's own dialog changes it. */
export function canResize(plan: PlanScreens, entry: Entry, column: Column): boolean {
  return canMove(plan, entry) && (column.whose.type !== 'bed' || entry.row.kind === 'bed-call')
}

/** A bedside call goes to another bed; everything else only to another time of the same one. */
export function canCross(entry: Entry, from: Column, to: Column): boolean {
  return from.bed === null || from.key === to.key || (to.bed !== null && entry.row.kind === 'bed-call')
}

/** The same placing at another place, with what this device expects the server to say. */
export function placeAt(
  plan: PlanScreens,
  was: Placing,
  next: { readonly column: number; readonly startMs: number; readonly endMs: number },
  columns: readonly Column[],
): Placing {
  const isSame = was.column === next.column && was.startMs === next.startMs && was.endMs === next.endMs
  if (isSame) return was
  const act = actOf(was.entry, next, columns[next.column] ?? null)
  return { ...was, ...next, act, trouble: plan.expect(act) }
}

function actOf(
  entry: Entry,
  next: { readonly startMs: number; readonly endMs: number },
  column: Column | null,
): KeptAct | null {
  const { row } = entry
  if (row.when.type === 'waiting') return null
  if (next.endMs - next.startMs !== entry.endMs - entry.startMs)
    return resizeAct(row, row.when.startMs + lengthOf(row) + (next.endMs - entry.endMs))
  const startMs = row.when.startMs + (next.startMs - entry.startMs)
  const bed = column?.bed
  if (bed && row.kind === 'bed-call')
    return moveToBedAct(row, startMs, { id: bed.id, admissionId: bed.stay?.admissionId ?? null })
  return moveAct(row, startMs)
}

export type Lane = { readonly lane: number; readonly lanes: number }

/** Entries that share a moment stand beside each other, in as few lanes as they need. */
export function lanesOf(entries: readonly Entry[]): Map<string, Lane> {
  const lanes = new Map<string, Lane>()
  let cluster: { key: string; lane: number }[] = []
  let ends: number[] = []
  const close = () => {
    for (const { key, lane } of cluster) lanes.set(key, { lane, lanes: ends.length })
    cluster = []
    ends = []
  }
  for (const { key, startMs, endMs } of entries) {
    if (ends.every((end) => end <= startMs)) close()
    const free = ends.findIndex((end) => end <= startMs)
    const lane = free === -1 ? ends.length : free
    ends[lane] = endMs
    cluster.push({ key, lane })
  }
  close()
  return lanes
}
