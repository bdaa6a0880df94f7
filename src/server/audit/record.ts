/** Writes acts down: in the transaction of the act itself, each row chained to the one before by its hash. */
import { createHash } from 'node:crypto'
import type { AuditAct } from '../../protocol/audit.ts'
import type { Db } from '../store/store.ts'

/** The hash before the first row. */
export const firstHash = '0'.repeat(64)

/** SHA-256, hex, over the hash of the row before and the row's own text, which no newline can blur. */
export function chainHash(before: string, text: string): string {
  return createHash('sha256').update(`${before}\n${text}`).digest('hex')
}

/** The exact text that is hashed: JSON with its keys in this order. */
export function rowText(seq: number, atMs: number, act: AuditAct): string {
  const { action, outcome, agent, patient, entity, detail, reason } = act
  return JSON.stringify({ seq, atMs, act: { action, outcome, agent, patient, entity, detail, reason } })
}

/**
 * No audit, no act: give it the transaction of the act, and let what it throws undo the act. What it leaves out is
 * null. SQLite has one writer, so nothing can come between reading the last hash and writing the next.
 */
export async function recordAct(
  db: Db,
  nowMs: number,
  act: Pick<AuditAct, 'action' | 'agent'> & Partial<AuditAct>,
): Promise<void> {
  const whole: AuditAct = { outcome: 'done', patient: null, entity: null, detail: null, reason: null, ...act }
  const last = await db
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const seq = (last?.seq ?? 0) + 1
  const text = rowText(seq, nowMs, whole)
  await db
    .insertInto('audit')
    .values({
      seq,
      at_ms: nowMs,
      action: whole.action,
      agent_id: idOf(whole.agent),
      patient_id: whole.patient,
      text,
      hash: chainHash(last?.hash ?? firstHash, text),
    })
    .execute()
}

function idOf(agent: AuditAct['agent']): string {
  if (agent.type === 'staff') return agent.staffId
  return agent.type === 'bed' ? agent.bedId : agent.type
}
