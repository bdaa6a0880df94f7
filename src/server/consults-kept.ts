/** The durable side of what colleagues are asked: each change and its row of the audit in one transaction, and what is open. */
import * as v from 'valibot'
import type { Consult, ConsultAct } from '../core/consult.ts'
import { addressee, consultEnd } from '../protocol/duty.ts'
import { staffParty } from '../protocol/people.ts'
import { milliseconds } from '../protocol/primitives.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import type { Db } from './store/store.ts'

const progress = v.variant('type', [
  v.strictObject({
    type: v.literal('waiting'),
    sinceMs: milliseconds,
    level: v.picklist(['first', 'again', 'last']),
  }),
  v.strictObject({ type: v.literal('seen'), by: staffParty, untilMs: milliseconds }),
  v.strictObject({ type: v.literal('ended'), how: consultEnd }),
])

/** [DUTY-7] As it now is, and the act that made it so. What was typed is kept for as long as it is open. */
export async function recordConsult(db: Db, consult: Consult, act: ConsultAct, nowMs: number): Promise<void> {
  const { consultId, by, to, at, madeMs } = consult
  const isOver = consult.progress.type === 'ended'
  const changing = {
    made_at: JSON.stringify(at),
    reason: isOver ? '' : consult.reason,
    progress: JSON.stringify(consult.progress),
    ended_ms: isOver ? nowMs : null,
  }
  const made = {
    consult_id: consultId,
    made_by: JSON.stringify(by),
    made_to: JSON.stringify(to),
    made_ms: madeMs,
  }
  await db.transaction().execute(async (step) => {
    await step
      .insertInto('consults')
      .values({ ...made, ...changing })
      .onConflict((same) => same.column('consult_id').doUpdateSet(changing))
      .execute()
    const agent = act.by ? agentOfParty(act.by) : ({ type: 'server' } as const)
    const { action, detail } = act
    await recordAct(step, nowMs, { action, detail, agent, entity: { type: 'consult', id: consultId } })
  })
}

/** Whether there was one by this id, open or over. */
export async function isKnownConsult(db: Db, consultId: string): Promise<boolean> {
  const query = db.selectFrom('consults').select('made_ms').where('consult_id', '=', consultId)
  return (await query.executeTakeFirst()) !== undefined
}

export async function listOpenConsults(db: Db): Promise<Consult[]> {
  const rows = await db
    .selectFrom('consults')
    .selectAll()
    .where('ended_ms', 'is', null)
    .orderBy('made_ms')
    .execute()
  return rows.map((row) => ({
    consultId: row.consult_id,
    by: v.parse(staffParty, JSON.parse(row.made_by)),
    to: v.parse(addressee, JSON.parse(row.made_to)),
    at: v.parse(addressee, JSON.parse(row.made_at)),
    reason: row.reason,
    madeMs: row.made_ms,
    progress: v.parse(progress, JSON.parse(row.progress)),
  }))
}
