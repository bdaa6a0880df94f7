/** Tablets: enrolled to a bed by a one-time code, known afterwards by a key that cannot leave them. */
import { createPublicKey, type KeyObject, randomUUIDv7, verify } from 'node:crypto'
import * as v from 'valibot'
import { greet, type Lineage, newLineage } from '../core/lineage.ts'
import { recordAct } from './audit/record.ts'
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
  return await store.db.transaction().execute(async (db): Promise<EnrolOutcome> => {
    const redemption = await redeemCode(db, store.digest(code), 'enrol', nowMs)
    if (redemption.type !== 'redeemed') return redemption
    const bedId = redemption.subjectId
    const rebound = await isBound(db, bedId)
    const deviceId = await addDevice(db, bedId, publicKey, nowMs)
    const entity = { type: 'device', id: deviceId } as const
    await recordAct(db, nowMs, {
      action: 'tablet-enrolled',
      agent: { type: 'unknown' },
      entity,
      detail: 'link',
    })
    return { type: 'enrolled', deviceId, bedId, rebound }
  })
}

/** Binds a key to a bed; whichever tablet was there is bound to it no more. */
export async function addDevice(db: Db, bedId: string, publicKey: string, nowMs: number): Promise<string> {
  const device_id = randomUUIDv7()
  await revokeAt(db, bedId, nowMs)
  await db
    .insertInto('devices')
    .values({
      device_id,
      bed_id: bedId,
      public_key: publicKey,
      enrolled_ms: nowMs,
      revoked_ms: null,
      lineage: null,
      cloned_ms: null,
      lost_ms: null,
    })
    .execute()
  return device_id
}

export async function isBound(db: Db, bedId: string): Promise<boolean> {
  const device = await db
    .selectFrom('devices')
    .select('device_id')
    .where('bed_id', '=', bedId)
    .where('revoked_ms', 'is', null)
    .executeTakeFirst()
  return device !== undefined
}

/** Unbinds whichever tablet is at the bed. False: there was none. */
export async function revokeAt(db: Db, bedId: string, nowMs: number): Promise<boolean> {
  const revoked = await db
    .updateTable('devices')
    .set({ revoked_ms: nowMs })
    .where('bed_id', '=', bedId)
    .where('revoked_ms', 'is', null)
    .returning('device_id')
    .execute()
  return revoked.length > 0
}

/** `counter` is the number to give it (`core/lineage.ts`). `cloned`: two have this key, and neither may come in. */
export type Recognised =
  | { readonly type: 'device'; readonly bedId: string; readonly counter: number }
  | { readonly type: 'cloned'; readonly bedId: string; readonly isNews: boolean }

type Proof = {
  readonly deviceId: string
  readonly text: string
  readonly signature: string
  readonly counter: number
}

/** Who proves its key by `signature` over `text`, or null when it is revoked, unknown or lying. */
export async function recognise(db: Db, proof: Proof, nowMs: number): Promise<Recognised | null> {
  const row = await db
    .selectFrom('devices')
    .selectAll()
    .where('device_id', '=', proof.deviceId)
    .where('revoked_ms', 'is', null)
    .executeTakeFirst()
  const key = row && readKey(row.public_key)
  if (!key || !isSigned(key, proof.text, proof.signature)) return null
  const bedId = row.bed_id
  if (row.cloned_ms !== null) return { type: 'cloned', bedId, isNews: false }
  const verdict = greet(parseLineage(row.lineage), proof.counter)
  if (verdict.type === 'two') {
    await noteCloned(db, proof.deviceId, bedId, nowMs)
    return { type: 'cloned', bedId, isNews: true }
  }
  await db
    .updateTable('devices')
    .set({ lineage: JSON.stringify(verdict.lineage), lost_ms: null })
    .where('device_id', '=', proof.deviceId)
    .execute()
  return { type: 'device', bedId, counter: verdict.lineage.last }
}

async function noteCloned(db: Db, deviceId: string, bedId: string, nowMs: number): Promise<void> {
  await db.transaction().execute(async (step) => {
    await step.updateTable('devices').set({ cloned_ms: nowMs }).where('device_id', '=', deviceId).execute()
    const agent = { type: 'bed', bedId } as const
    const entity = { type: 'device', id: deviceId } as const
    await recordAct(step, nowMs, { action: 'tablet-cloned', agent, entity })
  })
}

const lineageSchema = v.strictObject({
  last: v.number(),
  givenUp: v.array(v.strictObject({ after: v.number(), upTo: v.number() })),
})

function parseLineage(text: string | null): Lineage {
  return text === null ? newLineage : v.parse(lineageSchema, JSON.parse(text))
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

/** Whether this is a key a tablet may be bound by. */
export function isTabletKey(publicKey: string): boolean {
  return readKey(publicKey) !== null
}

function readKey(publicKey: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' })
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null
  } catch {
    return null
  }
}
