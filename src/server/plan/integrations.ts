/** Other programs that read the plan or change it: their keys, of which only hashes are kept. */
import { randomUUIDv7 } from 'node:crypto'
import { may } from '../../core/permissions.ts'
import type { AuditAgent } from '../../protocol/audit.ts'
import type { Integration } from '../../protocol/plan-share.ts'
import { recordAct } from '../audit/record.ts'
import { findPerson } from '../people.ts'
import { newToken } from '../store/secrets.ts'
import type { Db, Store } from '../store/store.ts'

export const mostIntegrations = 50
const usedGrainMs = 60_000

type Maker = { readonly madeBy: string; readonly agent: AuditAgent }

/** Those that are not revoked. */
export async function listIntegrations(db: Db): Promise<Integration[]> {
  const rows = await db
    .selectFrom('plan_integrations')
    .selectAll()
    .where('revoked_ms', 'is', null)
    .orderBy('made_ms')
    .execute()
  return rows.map((row) => ({
    integrationId: row.integration_id,
    name: row.name,
    scope: row.scope,
    madeBy: row.made_by,
    madeMs: row.made_ms,
    usedMs: row.used_ms,
  }))
}

/** Null: there are as many as there may be. The token has 256 random bits and is answered this once. */
export async function makeIntegration(
  store: Store,
  { name, scope }: Pick<Integration, 'name' | 'scope'>,
  { madeBy, agent }: Maker,
  nowMs: number,
): Promise<{ readonly integration: Integration; readonly token: string } | null> {
  const token = newToken()
  const integration: Integration = {
    integrationId: randomUUIDv7(),
    name,
    scope,
    madeBy,
    madeMs: nowMs,
    usedMs: null,
  }
  return await store.db.transaction().execute(async (db) => {
    if ((await listIntegrations(db)).length >= mostIntegrations) return null
    await db
      .insertInto('plan_integrations')
      .values({
        integration_id: integration.integrationId,
        token_hash: store.digest(token),
        name,
        scope,
        made_by: madeBy,
        made_ms: nowMs,
        used_ms: null,
        revoked_ms: null,
      })
      .execute()
    const entity = { type: 'integration', id: integration.integrationId } as const
    await recordAct(db, nowMs, { action: 'plan-shared', agent, entity, detail: `integration-made ${scope}` })
    return { integration, token }
  })
}

/** False: there is none, or it was revoked before. */
export async function revokeIntegration(
  store: Store,
  integrationId: string,
  agent: AuditAgent,
  nowMs: number,
): Promise<boolean> {
  return await store.db.transaction().execute(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable('plan_integrations')
      .set({ revoked_ms: nowMs })
      .where('integration_id', '=', integrationId)
      .where('revoked_ms', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return false
    const entity = { type: 'integration', id: integrationId } as const
    await recordAct(db, nowMs, { action: 'plan-shared', agent, entity, detail: 'integration-revoked' })
    return true
  })
}

/**
 * Whose key this is; null: nobody's, or nobody's any more, as it is once whoever made it has left or may no longer share
 * the plan.
 */
export async function findIntegration(
  store: Store,
  token: string,
  wardId: string,
  nowMs: number,
): Promise<{ readonly integrationId: string; readonly scope: 'read' | 'write' } | null> {
  const row = await store.db
    .selectFrom('plan_integrations')
    .select(['integration_id', 'scope', 'made_by', 'used_ms'])
    .where('token_hash', '=', store.digest(token))
    .where('revoked_ms', 'is', null)
    .executeTakeFirst()
  const maker = row && (await findPerson(store.db, row.made_by, nowMs))
  if (!maker || !may(maker.actor, 'plan.share', wardId, nowMs)) return null
  if (row.used_ms === null || nowMs - row.used_ms >= usedGrainMs)
    await store.db
      .updateTable('plan_integrations')
      .set({ used_ms: nowMs })
      .where('integration_id', '=', row.integration_id)
      .execute()
  return { integrationId: row.integration_id, scope: row.scope }
}
