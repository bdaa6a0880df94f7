/**
 * What the plan says of somebody, without its words. It is a change of the plan like any other, so every device that
 * holds the row is told its new one, or to drop it, at its next sync, however long it was away.
 */

import * as v from 'valibot'
import { leftReason } from '../../core/plan/stays.ts'
import type { Appointment, Attention, Hours, Row, Series } from '../../protocol/plan.ts'
import { outcome } from '../../protocol/sync.ts'
import type { Step } from '../plan/ledger.ts'
import { serverId } from '../plan/server-id.ts'
import type { Db } from '../store/store.ts'
import { nobodyWord } from './about.ts'
import { idsOf, planRowsById, type Who } from './who.ts'

/** In the plan's own step; what was over too long ago to be in memory is changed where it lies, and no device has it. */
export async function emptyPlan({ db, draft, nowMs }: Step, who: Who): Promise<void> {
  const ids = idsOf(who)
  for (const row of [...(await planRowsById(db, ids)), ...hoursOf(draft, idsOf(who, 'staff'))]) {
    const inMemory = draft.get(row.type, row.id)
    const emptied = emptiedRow(inMemory ?? row, nowMs)
    if (emptied && inMemory) draft.put(emptied)
    else if (emptied) await rewrite(db, emptied)
  }
  await emptyActs(db, ids)
}

function hoursOf(draft: Step['draft'], staff: readonly string[]): Hours[] {
  return staff.flatMap((id) => draft.get('hours', id) ?? [])
}

/** Null: it holds no words of anybody, or others keep it true. */
export function emptiedRow(row: Row, nowMs: number): Row | null {
  const stamp = { rev: row.rev + 1, changedBy: serverId, changedMs: nowMs }
  switch (row.type) {
    case 'appointment':
      return { ...row, ...stamp, ...wordless, cancelReason: reasonOf(row) } satisfies Appointment
    case 'series':
      return { ...row, ...stamp, pattern: { ...row.pattern, ...wordless } } satisfies Series
    case 'attention':
      return { ...row, rev: row.rev + 1, asked: null, blocking: [], clashes: [] } satisfies Attention
    case 'hours':
      return { ...row, rev: row.rev + 1, away: [] } satisfies Hours
    default:
      return null
  }
}

const wordless = { title: nobodyWord, note: '', outpatient: null } as const

/** What the program says of a stay that ended is no typed word. */
function reasonOf({ cancelReason }: Appointment): string | null {
  return cancelReason === null || cancelReason === leftReason ? cancelReason : nobodyWord
}

async function rewrite(db: Db, row: Row): Promise<void> {
  await db
    .updateTable('plan_rows')
    .set({ json: JSON.stringify(row), rev: row.rev })
    .where('type', '=', row.type)
    .where('id', '=', row.id)
    .execute()
}

/** An answer that a device may ask for again says what stood in the way, with its title. */
async function emptyActs(db: Db, ids: readonly string[]): Promise<void> {
  const rows = await db.selectFrom('plan_acts').select(['act_id', 'outcome', 'touched']).execute()
  for (const { act_id, outcome: said, touched } of rows) {
    if (!ids.some((id) => said.includes(id) || touched.includes(id))) continue
    const answer = v.safeParse(outcome, JSON.parse(said))
    if (!answer.success || answer.output.type === 'applied') continue
    const { output } = answer
    const emptied = output.type === 'merged' ? { ...output, clashes: [] } : { ...output, blocking: [] }
    await db
      .updateTable('plan_acts')
      .set({ outcome: JSON.stringify(emptied) })
      .where('act_id', '=', act_id)
      .execute()
  }
}
