/** Ends sign-ins that somebody else took back: in one transaction with its record, then on every open screen. */
import type { AuditAgent } from '../../protocol/audit.ts'
import { recordAct } from '../audit/record.ts'
import type { Db, Store } from '../store/store.ts'
import type { Standing } from './standing.ts'

/** `hashes` name the sign-ins; `why` is for the audit: `back-channel`, `provider-refused`, `no-role`. */
export async function endSignIns(
  store: Store,
  standing: Standing,
  hashes: readonly string[],
  why: string,
  nowMs: number,
  within: (db: Db) => Promise<void> = async () => {},
): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    await within(db)
    for (const hash of hashes) {
      const gone = db.deleteFrom('sign_ins').where('token_hash', '=', hash).returning('staff_id')
      const row = await gone.executeTakeFirst()
      if (row) await recordEnd(db, row.staff_id, why, nowMs)
    }
  })
  await standing.end(hashes)
}

async function recordEnd(db: Db, staffId: string, why: string, nowMs: number): Promise<void> {
  const agent: AuditAgent = { type: 'server' }
  await recordAct(db, nowMs, {
    action: 'sign-out',
    agent,
    entity: { type: 'staff', id: staffId },
    detail: why,
  })
}
