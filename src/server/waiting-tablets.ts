/** Tablets on their way to a bed: bound to a key, seen by a person at the bedside, and only then let in. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import type { AuditAgent } from '../protocol/audit.ts'
import type { Confirmation } from '../protocol/tablet-desk.ts'
import { commitmentText, digitsOf, digitsText } from '../protocol/tablets.ts'
import { recordAct } from './audit/record.ts'
import { addDevice, isTabletKey } from './devices.ts'
import { newToken } from './store/secrets.ts'
import type { Db, Store } from './store/store.ts'
import { redeemTabletCode } from './tablet-codes.ts'
import { maxWrongTries, waitingNow } from './tablets.ts'

/** So long a tablet waits for its digits. */
export const waitMs = 10 * 60 * 1000
/** More than so many cannot wait at one bed to be bound again: whoever only knows a device's id could make them. */
const maxWaiting = 3
/** Nor more than one in this time: each is written down. */
const againMs = 1_000

export type Begin =
  | { readonly type: 'begun'; readonly enrolmentId: string; readonly bedId: string; readonly nonce: string }
  | { readonly type: 'unknown-code' }
  | { readonly type: 'used-code' }
  | { readonly type: 'too-many' }

/** By a code that an administrator made. */
export async function beginByCode(
  store: Store,
  code: string,
  commitment: string,
  nowMs: number,
): Promise<Begin> {
  return await store.db.transaction().execute(async (db): Promise<Begin> => {
    const redemption = await redeemTabletCode(db, store.digest(code), nowMs)
    if (redemption.type !== 'redeemed') return redemption
    return await addWaiting(db, redemption.subjectId, 'enrol', commitment, nowMs)
  })
}

/**
 * By a tablet that was this device and has lost its key, or whose key was copied. Anybody may say so who knows the
 * device's id: it unbinds nothing, and the bed only shows that somebody should look.
 */
export async function beginAgain(
  db: Db,
  deviceId: string,
  commitment: string,
  nowMs: number,
): Promise<Begin> {
  return await db.transaction().execute(async (step): Promise<Begin> => {
    const device = await step
      .selectFrom('devices')
      .select(['bed_id', 'cloned_ms', 'lost_ms'])
      .where('device_id', '=', deviceId)
      .where('revoked_ms', 'is', null)
      .executeTakeFirst()
    if (!device) return { type: 'unknown-code' }
    if (!(await makeRoom(step, device.bed_id, nowMs))) return { type: 'too-many' }
    if (device.cloned_ms === null && device.lost_ms === null) await noteLost(step, deviceId, nowMs)
    return await addWaiting(step, device.bed_id, 'rebind', commitment, nowMs)
  })
}

async function noteLost(db: Db, deviceId: string, nowMs: number): Promise<void> {
  await db.updateTable('devices').set({ lost_ms: nowMs }).where('device_id', '=', deviceId).execute()
  const entity = { type: 'device', id: deviceId } as const
  await recordAct(db, nowMs, { action: 'tablet-key-lost', agent: { type: 'unknown' }, entity })
}

/** False: too soon after the last. The newest count: an honest tablet that is reloaded must not be kept out by its own earlier tries. */
async function makeRoom(db: Db, bedId: string, nowMs: number): Promise<boolean> {
  const rows = await db
    .selectFrom('waiting_tablets')
    .select(['enrolment_id', 'expires_ms'])
    .where('bed_id', '=', bedId)
    .where('kind', '=', 'rebind')
    .orderBy('enrolment_id', 'desc')
    .execute()
  if (rows.some(({ expires_ms }) => nowMs < expires_ms - waitMs + againMs)) return false
  const tooMany = rows.slice(maxWaiting - 1).map(({ enrolment_id }) => enrolment_id)
  if (tooMany.length > 0)
    await db.deleteFrom('waiting_tablets').where('enrolment_id', 'in', tooMany).execute()
  return true
}

async function addWaiting(
  db: Db,
  bedId: string,
  kind: 'enrol' | 'rebind',
  commitment: string,
  nowMs: number,
): Promise<Begin> {
  const enrolmentId = randomUUIDv7()
  const nonce = newToken()
  await db.deleteFrom('waiting_tablets').where('expires_ms', '<=', nowMs).execute()
  await db
    .insertInto('waiting_tablets')
    .values({
      enrolment_id: enrolmentId,
      bed_id: bedId,
      kind,
      commitment,
      server_nonce: nonce,
      public_key: null,
      digits_hash: null,
      wrong_tries: 0,
      expires_ms: nowMs + waitMs,
      device_id: null,
    })
    .execute()
  return { type: 'begun', enrolmentId, bedId, nonce }
}

/** Opens the commitment; from now on the tablet can be confirmed. False: it does not fit, or it is over. */
export async function reveal(
  store: Store,
  { enrolmentId, publicKey, nonce }: { enrolmentId: string; publicKey: string; nonce: string },
  nowMs: number,
): Promise<boolean> {
  if (!isTabletKey(publicKey)) return false
  const commitment = sha256(commitmentText(publicKey, nonce)).toString('base64url')
  return await store.db.transaction().execute(async (db) => {
    const row = await db
      .selectFrom('waiting_tablets')
      .select(['server_nonce', 'bed_id'])
      .where('enrolment_id', '=', enrolmentId)
      .where('commitment', '=', commitment)
      .where('public_key', 'is', null)
      .where('expires_ms', '>', nowMs)
      .executeTakeFirst()
    if (!row) return false
    const digits = digitsOf(sha256(digitsText(enrolmentId, publicKey, nonce, row.server_nonce)))
    await db
      .updateTable('waiting_tablets')
      .set({ public_key: publicKey, digits_hash: hashOf(store, enrolmentId, digits) })
      .where('enrolment_id', '=', enrolmentId)
      .execute()
    const entity = { type: 'bed', id: row.bed_id } as const
    const agent: AuditAgent = { type: 'unknown' }
    await recordAct(db, nowMs, { action: 'tablet-enrolled', agent, entity, detail: 'waiting' })
    return true
  })
}

/** How it stands with a tablet that waits. */
export async function stateOfWaiting(
  db: Db,
  enrolmentId: string,
  nowMs: number,
): Promise<{ state: 'waiting' } | { state: 'confirmed'; deviceId: string } | { state: 'over' }> {
  const row = await db
    .selectFrom('waiting_tablets')
    .select(['device_id', 'expires_ms', 'wrong_tries'])
    .where('enrolment_id', '=', enrolmentId)
    .executeTakeFirst()
  if (row?.device_id) return { state: 'confirmed', deviceId: row.device_id }
  const isOver = !row || row.expires_ms <= nowMs || row.wrong_tries >= maxWrongTries
  return { state: isOver ? 'over' : 'waiting' }
}

/** Lets in the tablet whose digits these are; the bed's old one is bound no more. Wrong ones count against all that wait. */
export async function confirm(
  store: Store,
  kind: 'enrol' | 'rebind',
  { bedId, digits }: { bedId: string; digits: string },
  agent: AuditAgent,
  nowMs: number,
): Promise<Confirmation> {
  return await store.db.transaction().execute(async (db): Promise<Confirmation> => {
    const waiting = await waitingNow(db, nowMs).where('bed_id', '=', bedId).where('kind', '=', kind).execute()
    const fits = waiting.find((row) => row.digits_hash === hashOf(store, row.enrolment_id, digits))
    if (!fits?.public_key) return await miss(db, bedId, kind, waiting, agent, nowMs)
    const deviceId = await addDevice(db, bedId, fits.public_key, nowMs)
    await db
      .deleteFrom('waiting_tablets')
      .where('bed_id', '=', bedId)
      .where('enrolment_id', '!=', fits.enrolment_id)
      .execute()
    await db
      .updateTable('waiting_tablets')
      .set({ device_id: deviceId })
      .where('enrolment_id', '=', fits.enrolment_id)
      .execute()
    const entity = { type: 'device', id: deviceId } as const
    await recordAct(db, nowMs, { action: 'tablet-confirmed', agent, entity, detail: kind })
    return { outcome: 'confirmed' }
  })
}

async function miss(
  db: Db,
  bedId: string,
  kind: 'enrol' | 'rebind',
  waiting: readonly { readonly wrong_tries: number }[],
  agent: AuditAgent,
  nowMs: number,
): Promise<Confirmation> {
  if (waiting.length === 0) return { outcome: 'nothing-waits' }
  await db
    .updateTable('waiting_tablets')
    .set((row) => ({ wrong_tries: row('wrong_tries', '+', 1) }))
    .where('bed_id', '=', bedId)
    .where('kind', '=', kind)
    .execute()
  const entity = { type: 'bed', id: bedId } as const
  await recordAct(db, nowMs, {
    action: 'tablet-confirmed',
    outcome: 'refused',
    agent,
    entity,
    detail: 'wrong-digits',
  })
  const most = Math.min(...waiting.map(({ wrong_tries }) => wrong_tries))
  return { outcome: 'wrong-digits', triesLeft: maxWrongTries - most - 1 }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function hashOf(store: Store, enrolmentId: string, digits: string): string {
  return store.digest(`digits|${enrolmentId}|${digits}`)
}
