/** Tablets: enrolled to a bed by a one-time code, known afterwards by a key that cannot leave them. */
import { createPublicKey, type KeyObject, randomUUIDv7, verify } from 'node:crypto'
import { redeemCode } from './codes.ts'
import type { Db, Store } from './store/store.ts'

export type EnrolOutcome =
  | {
      readonly type: 'enrolled'
      readonly deviceId: string
      readonly bedId: string
      /** True: another tablet was at this bed and is bound to it no more. */
      readonly rebound: boolean
    }
  | { readonly type: 'bad-request' }
  | { readonly type: 'unknown-code' }
  | { readonly type: 'used-code' }

/** Binds the holder of `publicKey` (SubjectPublicKeyInfo, base64url) to the code's bed and unbinds who was there. */
export async function enrol(
  store: Store,
  code: string,
  publicKey: string,
  nowMs: number,
): Promise<EnrolOutcome> {
  if (!readKey(publicKey)) return { type: 'bad-request' }
  const deviceId = randomUUIDv7()
  return await store.db.transaction().execute(async (db): Promise<EnrolOutcome> => {
    const redemption = await redeemCode(db, store.digest(code), 'enrol', nowMs)
    if (redemption.type !== 'redeemed') return redemption
    const bedId = redemption.subjectId
    const rebound = await revokeAt(db, bedId, nowMs)
    await db
      .insertInto('devices')
      .values({
        device_id: deviceId,
        bed_id: bedId,
        public_key: publicKey,
        enrolled_ms: nowMs,
        revoked_ms: null,
      })
      .execute()
    return { type: 'enrolled', deviceId, bedId, rebound }
  })
}

async function revokeAt(db: Db, bedId: string, nowMs: number): Promise<boolean> {
  const revoked = await db
    .updateTable('devices')
    .set({ revoked_ms: nowMs })
    .where('bed_id', '=', bedId)
    .where('revoked_ms', 'is', null)
    .returning('device_id')
    .execute()
  return revoked.length > 0
}

/** The bed of a device that proves its key by `signature` over `text`, or null when it is revoked, unknown or lying. */
export async function findBedOfDevice(
  db: Db,
  deviceId: string,
  text: string,
  signature: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('devices')
    .select(['bed_id', 'public_key'])
    .where('device_id', '=', deviceId)
    .where('revoked_ms', 'is', null)
    .executeTakeFirst()
  const key = row && readKey(row.public_key)
  return key && isSigned(key, text, signature) ? row.bed_id : null
}

/** ECDSA P-256 with SHA-256; the signature is r||s (IEEE P1363), as WebCrypto makes it. */
function isSigned(key: KeyObject, text: string, signature: string): boolean {
  return verify(
    'sha256',
    Buffer.from(text),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
}

function readKey(publicKey: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' })
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null
  } catch {
    return null
  }
}
