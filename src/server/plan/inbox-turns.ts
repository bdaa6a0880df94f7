/**
 * No one person's changes fill the ward's inbox: what is more than a ward can read waits for its turn on the server, one
 * line says so, and what begins first comes first. Nothing is left out, and nothing hides what others asked.
 */
import type { PlanReader } from '../../core/plan/book.ts'
import type { Attention, RowName } from '../../protocol/plan.ts'
import { isUrgent, subId } from './inbox.ts'

/** Undecided lines of one person that the ward sees. */
export const mostShown = 200

/** A free time for whoever waits is nobody's mistake and goes by itself; the line about the others is none of them. */
function counts({ resolved, why }: Attention): boolean {
  return resolved === null && why !== 'freed' && why !== 'more'
}

/** Whether one more line of theirs waits for its turn. */
export function isFull(plan: PlanReader, by: string): boolean {
  let shown = 0
  for (const row of plan.all('attention')) {
    if (row.by !== by || !counts(row) || row.hidden) continue
    shown += 1
    if (shown >= mostShown) return true
  }
  return false
}

/** The line that says that more of theirs waits. */
export function moreOf(by: string, left: readonly Attention[], nowMs: number, before?: Attention): Attention {
  const starts = left.flatMap(({ startMs }) => startMs ?? [])
  return {
    type: 'attention',
    id: moreId(by),
    rev: (before?.rev ?? 0) + 1,
    by,
    also: [],
    asked: null,
    why: 'more',
    blocking: [],
    free: [],
    clashes: [],
    startMs: starts.length > 0 ? Math.min(...starts) : null,
    atMs: before?.atMs ?? nowMs,
    escalated: left.some((row) => isUrgent(row, nowMs)),
    resolved: null,
  }
}

export function moreId(by: string): string {
  return subId('more', by)
}

export type Turns = { readonly rows: readonly Attention[]; readonly removed: readonly RowName[] }

/** What is to be done so that each sees as much as may be shown, and hears that there is more as long as there is. */
export function turnsDue(plan: PlanReader, nowMs: number): Turns {
  const hidden = new Map<string, Attention[]>()
  const shown = new Map<string, number>()
  const said: Attention[] = []
  for (const row of plan.all('attention')) {
    if (row.why === 'more') said.push(row)
    if (!counts(row)) continue
    if (row.hidden) hidden.set(row.by, [...(hidden.get(row.by) ?? []), row])
    else shown.set(row.by, (shown.get(row.by) ?? 0) + 1)
  }
  const rows: Attention[] = []
  for (const [by, waiting] of hidden) {
    const inOrder = waiting.toSorted((one, other) => startOf(one) - startOf(other) || one.atMs - other.atMs)
    const room = Math.max(0, mostShown - (shown.get(by) ?? 0))
    for (const { hidden: _hidden, ...row } of inOrder.slice(0, room)) rows.push({ ...row, rev: row.rev + 1 })
    const left = inOrder.slice(room)
    const before = said.find((row) => row.by === by)
    const now = moreOf(by, left, nowMs, before)
    const isSaid =
      before?.resolved === null && before.escalated === now.escalated && before.startMs === now.startMs
    if (left.length > 0 && !isSaid) rows.push(now)
    if (left.length === 0) hidden.delete(by)
  }
  const over = said.filter(({ by }) => !hidden.has(by))
  return { rows, removed: over.map(({ type, id }) => ({ type, id })) }
}

function startOf({ startMs }: Attention): number {
  return startMs ?? Number.POSITIVE_INFINITY
}
