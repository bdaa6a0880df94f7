/** The durable side of patients' requests: each change and its row of the audit in one transaction, and what is open. */
import * as v from 'valibot'
import type { PatientRequest, RequestAct, RequestEffect } from '../core/requests-state.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import { staffParty } from '../protocol/people.ts'
import { milliseconds } from '../protocol/primitives.ts'
import { comingIn, requestEnd, requestReason } from '../protocol/request.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import type { Db } from './store/store.ts'

type Refusal = Extract<RequestEffect, { type: 'refuse' }>

const level = v.picklist(['first', 'again', 'ward'])
const progress = v.variant('type', [
  v.strictObject({ type: v.literal('reaching'), untilMs: milliseconds }),
  v.strictObject({ type: v.literal('unseen'), sinceMs: milliseconds, level }),
  v.strictObject({ type: v.literal('seen'), by: staffParty, atMs: milliseconds }),
  v.strictObject({
    type: v.literal('coming'),
    by: staffParty,
    inMinutes: comingIn,
    untilMs: milliseconds,
  }),
  v.strictObject({ type: v.literal('overdue'), by: staffParty, untilMs: milliseconds, level }),
  v.strictObject({ type: v.literal('ended'), how: requestEnd }),
])

/** [ASK-10] The request as it now is, and the act that made it so. */
export async function recordRequest(
  db: Db,
  request: PatientRequest,
  act: RequestAct,
  nowMs: number,
): Promise<void> {
  const { requestId, bedId, stay, reason, madeMs } = request
  const changing = {
    bed_id: bedId,
    stay_epoch: stay.epoch,
    progress: JSON.stringify(request.progress),
    ended_ms: request.progress.type === 'ended' ? nowMs : null,
  }
  const row = { request_id: requestId, admission_id: stay.admissionId, reason, made_ms: madeMs, ...changing }
  await db.transaction().execute(async (step) => {
    await step
      .insertInto('requests')
      .values(row)
      .onConflict((conflict) => conflict.column('request_id').doUpdateSet(changing))
      .execute()
    const agent = agentOf(act, bedId)
    const { action, detail } = act
    const entity = { type: 'request', id: requestId } as const
    await recordAct(step, nowMs, { action, detail, agent, patient: stay.admissionId, entity })
  })
}

/** A patient who was told *not sent* is on record, too. */
export async function recordRefusal(
  db: Db,
  { requestId, bedId, stay, why }: Refusal,
  nowMs: number,
): Promise<void> {
  await recordAct(db, nowMs, {
    action: 'request-made',
    outcome: 'refused',
    agent: { type: 'bed', bedId },
    patient: stay.admissionId,
    entity: { type: 'request', id: requestId },
    detail: why,
  })
}

function agentOf({ by }: RequestAct, bedId: string): AuditAgent {
  if (by === null) return { type: 'server' }
  return by === 'bed' ? { type: 'bed', bedId } : agentOfParty(by)
}

/** Whether there was one by this id, which is over. */
export async function isPastRequest(db: Db, requestId: string): Promise<boolean> {
  const row = await db
    .selectFrom('requests')
    .select('ended_ms')
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  return row !== undefined && row.ended_ms !== null
}

/** Those that go on. Nobody sounds for them until a station says so. */
export async function listOpenRequests(db: Db, nowMs: number): Promise<PatientRequest[]> {
  const rows = await db
    .selectFrom('requests')
    .selectAll()
    .where('ended_ms', 'is', null)
    .orderBy('made_ms')
    .execute()
  return rows.map((row) => ({
    requestId: row.request_id,
    bedId: row.bed_id,
    stay: { epoch: row.stay_epoch, admissionId: row.admission_id },
    reason: v.parse(requestReason, row.reason),
    madeMs: row.made_ms,
    progress: v.parse(progress, JSON.parse(row.progress)),
    hearing: { type: 'quiet', sinceMs: nowMs },
  }))
}
