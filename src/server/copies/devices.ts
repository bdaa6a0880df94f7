/** The devices that copies may be sealed to: which key on which device, for whoever signed in there. */
import * as v from 'valibot'
import { checkChain } from '../../core/proof.ts'
import { copyTimes } from '../../core/scan/copies.ts'
import { chain } from '../../protocol/proof.ts'
import type { RecipientKey } from '../../protocol/scan-copies.ts'
import type { CertifiedSealingKey } from '../../protocol/scan-copy.ts'
import { examine } from '../authority.ts'
import { rootOf } from '../certificates.ts'
import type { Db } from '../store/store.ts'
import { isFresh, sealingKeyIn } from './trust.ts'

export type CopyDevice = {
  readonly staffId: string
  /** The device's own key, and the one that is sealed to. */
  readonly signer: string
  readonly keyId: string
  readonly seenMs: number
  readonly key: CertifiedSealingKey
}

/**
 * Takes what this person's browser says at a sign-in; null when it is not believed. What a device said is handed on to
 * whoever seals, so it counts only from whom it came first, and only while it is fresh.
 */
export async function takeDevice(
  db: Db,
  staffId: string,
  key: CertifiedSealingKey,
  nowMs: number,
): Promise<CopyDevice | null> {
  const said = await sealingKeyIn(db, key, nowMs)
  if (!said.ok) return null
  const { signer, keyId } = said.value
  return await db.transaction().execute(async (step) => {
    const same = await step
      .selectFrom('copy_keys')
      .selectAll()
      .where('statement', '=', key.statement.text)
      .executeTakeFirst()
    if (same ? same.staff_id !== staffId : !isFresh(said.value, nowMs)) return null
    const { text, signature } = key.statement
    const kept = {
      key_id: keyId,
      statement: text,
      signature,
      chain: JSON.stringify(key.chain),
      seen_ms: nowMs,
    }
    await step
      .insertInto('copy_keys')
      .values({ signer, staff_id: staffId, ...kept })
      .onConflict((conflict) => conflict.columns(['signer', 'staff_id']).doUpdateSet(kept))
      .execute()
    return { staffId, signer, keyId, seenMs: nowMs, key }
  })
}

/** Of these people, those that are certified now and in use still. */
export async function devicesOf(
  db: Db,
  staffIds: readonly string[],
  nowMs: number,
): Promise<readonly CopyDevice[]> {
  const root = await rootOf(db)
  if (!root || staffIds.length === 0) return []
  const rows = await db
    .selectFrom('copy_keys')
    .selectAll()
    .where('staff_id', 'in', staffIds)
    .where('seen_ms', '>', nowMs - copyTimes.unseenMs)
    .execute()
  return rows
    .map((row) => ({
      ...{ staffId: row.staff_id, signer: row.signer, keyId: row.key_id, seenMs: row.seen_ms },
      key: {
        statement: { text: row.statement, signature: row.signature },
        chain: v.parse(chain, JSON.parse(row.chain)),
      },
    }))
    .filter(({ key }) => checkChain(examine(key.chain), root.keyId, nowMs).ok)
}

export const recipientKeyOf = ({ staffId, key }: CopyDevice): RecipientKey => ({ staffId, key })

/** Nobody has signed in there for long: it is not sealed to any more. */
export async function forgetDevices(db: Db, nowMs: number): Promise<void> {
  await db
    .deleteFrom('copy_keys')
    .where('seen_ms', '<=', nowMs - copyTimes.unseenMs)
    .execute()
}
