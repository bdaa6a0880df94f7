/** What time alone changes in the ward's inbox: some of it becomes urgent, some of it leaves. */
import type { PlanReader } from '../../core/plan/book.ts'
import type { Attention } from '../../protocol/plan.ts'
import { isUrgent } from './inbox.ts'
import { turnsDue } from './inbox-turns.ts'
import type { Step } from './ledger.ts'
import { isOfferOver, offerOn } from './offers.ts'

/** What was decided leaves everyone's list after so long; the audit and the act's outcome stay. */
const resolvedKeptMs = 7 * 24 * 60 * 60_000

export function isDue(plan: PlanReader, nowMs: number): boolean {
  const { rows, removed } = turnsDue(plan, nowMs)
  return rows.length + removed.length > 0 || dueIn(plan, nowMs).length > 0
}

function dueIn(plan: PlanReader, nowMs: number): Attention[] {
  return [...plan.all('attention')].filter(
    (row) => isOver(plan, row, nowMs) || (!row.escalated && isUrgent(row, nowMs)),
  )
}

export function passIn(step: Step): void {
  const { draft, nowMs } = step
  const gone: Attention[] = []
  for (const row of dueIn(draft, nowMs)) {
    if (isOver(draft, row, nowMs)) {
      draft.remove('attention', row.id)
      // Time that has begun is offered to nobody any more.
      if (row.resolved === null && (row.startMs ?? 0) > nowMs) gone.push(row)
    } else draft.put({ ...row, rev: row.rev + 1, escalated: true })
  }
  for (const row of gone) offerOn(step, row.id, row)
  const { rows, removed } = turnsDue(draft, nowMs)
  for (const row of rows) draft.put(row)
  for (const { type, id } of removed) draft.remove(type, id)
}

function isOver(plan: PlanReader, row: Attention, nowMs: number): boolean {
  const { resolved } = row
  return resolved === null ? isOfferOver(plan, row, nowMs) : resolved.atMs < nowMs - resolvedKeptMs
}
