/** Writes acts down: in the transaction of the act itself, each row chained to the one before by its hash. */
import { hash } from 'node:crypto'
import type { AuditAct, AuditAgent, AuditRow } from '../../protocol/audit.ts'
import type { Party } from '../../protocol/people.ts'
import type { Db } from '../store/store.ts'

/** The hash before the first row. */
export const firstHash = '0'.repeat(64)

/** SHA-256, hex, over the hash of the row before and the row's own text, which no newline can blur. */
export function chainHash(before: string, text: string): string {
  return hash('sha256', `${before}\n${text}`)
}

/** The exact text that is hashed: JSON with its keys in this order. */
export function rowText(seq: number, atMs: number, act: AuditAct): string {
  const { action, outcome, agent, peer, patient, entity, detail, reason } = act
  return JSON.stringify({ seq, atMs, act: { action, outcome, agent, peer, patient, entity, detail, reason } })
}

/** The columns that repeat parts of the text for searching; the check compares them. */
export function columnsOf({ seq, atMs, act }: AuditRow) {
  return {
    seq,
    at_ms: atMs,
    action: act.action,
    agent_id: idOf(act.agent),
    peer_id: act.peer && idOf(act.peer),
    patient_id: act.patient,
    entity_id: act.entity?.id ?? null,
  }
}

export type NewAct = Pick<AuditAct, 'action' | 'agent'> & Partial<AuditAct>

/**
 * No audit, no act: give it the transaction of the act, and let what it throws undo the act. What it leaves out is
 * null. SQLite has one writer, so nothing can come between reading the last hash and writing the next; an act that is
 * nothing but its row gets a transaction of its own.
 */
export async function recordAct(db: Db, nowMs: number, act: NewAct): Promise<void> {
  if (!db.isTransaction) return await db.transaction().execute((step) => recordAct(step, nowMs, act))
  const whole: AuditAct = {
    outcome: 'done',
    peer: null,
    patient: null,
    entity: null,
    detail: null,
    reason: null,
    ...act,
  }
  const last = await db
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const seq = (last?.seq ?? 0) + 1
  const text = rowText(seq, nowMs, whole)
  const columns = columnsOf({ seq, atMs: nowMs, act: whole })
  await db
    .insertInto('audit')
    .values({ ...columns, text, hash: chainHash(last?.hash ?? firstHash, text) })
    .execute()
}

/** Whether the same was written down already of this entity, by its `detail`: for what a screen may say twice. */
export async function isRecorded(
  db: Db,
  { action, detail }: Pick<AuditAct, 'action' | 'detail'>,
  entityId: string,
): Promise<boolean> {
  const rows = await db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', action)
    .where('entity_id', '=', entityId)
    .execute()
  return rows.some(({ text }) => text.includes(`"detail":${JSON.stringify(detail)}`))
}

function idOf(agent: AuditAgent): string {
  if (agent.type === 'staff') return agent.staffId
  if (agent.type === 'integration') return agent.integrationId
  if (agent.type === 'guest') return agent.guestId
  return agent.type === 'bed' ? agent.bedId : agent.type
}

export function agentOfParty(party: Party): AuditAgent {
  if (party.type === 'bed') return { type: 'bed', bedId: party.bedId }
  if (party.type === 'guest') return { type: 'guest', guestId: party.guestId }
  return { type: 'staff', staffId: party.staffId, role: party.role }
}
