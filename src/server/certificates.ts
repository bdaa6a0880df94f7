/** Keeps what administrators signed and hands each device its own chain. It holds no key and signs nothing. */
import { checkChain, checkGrant, type DeviceCertificate } from '../core/proof.ts'
import type { AuditAgent } from '../protocol/audit.ts'
import type { WaitingKey } from '../protocol/keys.ts'
import { type Certificate, type Chain, decodeCertificate, type Signed } from '../protocol/proof.ts'
import { recordAct } from './audit/record.ts'
import { dayMs, examine, keyIdOf } from './authority.ts'
import type { Db } from './store/store.ts'
import type { Ward } from './ward.ts'

/** A certificate that ends sooner than this counts as missing to the administrator, so that it is renewed in time. */
export const renewMs = 30 * dayMs

/** A device's chain, or null while none of its certificates leads to the root now. */
export async function chainOf(db: Db, keyId: string, nowMs: number): Promise<Chain | null> {
  const device = await latest(db, keyId, ['bed', 'station'], nowMs)
  const admin = device && (await latest(db, device.issuer, ['admin'], nowMs))
  const root = admin && (await latest(db, admin.issuer, ['root'], nowMs))
  return root ? [device, admin, root].map(({ text, signature }) => ({ text, signature })) : null
}

async function latest(
  db: Db,
  keyId: string,
  kinds: readonly Exclude<Certificate['kind'], 'guest'>[],
  nowMs: number,
) {
  return await db
    .selectFrom('certificates')
    .select(['text', 'signature', 'issuer', 'not_after_ms'])
    .where('key_id', '=', keyId)
    .where('kind', 'in', kinds)
    .where('not_after_ms', '>', nowMs)
    .orderBy('not_after_ms', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The organisation's root and an administrator's certificate under it. */
export async function rootOf(db: Db): Promise<(Signed & { keyId: string }) | null> {
  const row = await db
    .selectFrom('certificates')
    .select(['text', 'signature', 'key_id'])
    .where('kind', '=', 'root')
    .limit(1)
    .executeTakeFirst()
  return row ? { text: row.text, signature: row.signature, keyId: row.key_id } : null
}

export async function adminCertificate(db: Db, keyId: string, nowMs: number): Promise<Signed | null> {
  const row = await latest(db, keyId, ['admin'], nowMs)
  return row ? { text: row.text, signature: row.signature } : null
}

/** Keeps one, in the transaction of the act. The same one twice is kept once. */
export async function keep(db: Db, { text, signature }: Signed, nowMs: number): Promise<void> {
  const certificate = decodeCertificate(text)
  if (!certificate || certificate.kind === 'guest') throw new TypeError('not a certificate to keep')
  const { serial, keyId, kind, issuer, notBeforeMs, notAfterMs } = certificate
  const times = { not_before_ms: notBeforeMs, not_after_ms: notAfterMs, stored_ms: nowMs }
  await db
    .insertInto('certificates')
    .values({ serial, key_id: keyId, kind, issuer, text, signature, ...times })
    .onConflict((conflict) => conflict.column('serial').doNothing())
    .execute()
}

/** Takes an administrator's certificate with its root; a second root is refused. */
export async function takeGrant(
  db: Db,
  admin: Signed,
  root: Signed,
  agent: AuditAgent,
  nowMs: number,
): Promise<'kept' | 'bad-request' | 'conflict'> {
  const checked = checkGrant(examine([admin, root]), nowMs)
  if (!checked.ok) return 'bad-request'
  return await db.transaction().execute(async (step) => {
    const known = await rootOf(step)
    if (known && known.keyId !== checked.value.issuer) return 'conflict'
    await keep(step, root, nowMs)
    await keep(step, admin, nowMs)
    const entity = { type: 'certificate', id: checked.value.serial } as const
    await recordAct(step, nowMs, { action: 'certificate-signed', agent, entity, detail: 'admin' })
    return 'kept'
  })
}

/** Tablets and stations that have no certificate, or one that ends soon. */
export async function listWaiting(db: Db, ward: Ward, nowMs: number): Promise<WaitingKey[]> {
  const waiting: WaitingKey[] = []
  for (const one of await listKeys(db, ward)) {
    if (!(await chainOf(db, one.keyId, nowMs + renewMs))) waiting.push(one)
  }
  return waiting
}

/** Every key that may have a certificate. */
export async function listKeys(db: Db, ward: Ward): Promise<WaitingKey[]> {
  const devices = await db
    .selectFrom('devices')
    .select(['bed_id', 'public_key'])
    .where('revoked_ms', 'is', null)
    .orderBy('enrolled_ms')
    .execute()
  const stations = await db
    .selectFrom('station_keys')
    .select(['key_id', 'public_key'])
    .orderBy('registered_ms')
    .execute()
  const beds = devices.flatMap(({ bed_id, public_key }): WaitingKey[] => {
    const party = ward.beds.get(bed_id)?.party
    if (!party) return []
    const place = { ward: party.ward, bedId: bed_id, bed: party.label }
    return [{ kind: 'bed', keyId: keyIdOf(public_key), publicKey: public_key, ...place }]
  })
  return [
    ...beds,
    ...stations.map(({ key_id, public_key }): WaitingKey => {
      return { kind: 'station', keyId: key_id, publicKey: public_key, ward: ward.name }
    }),
  ]
}

/** Takes a certificate an administrator signed, if its chain holds and it says what is so here; else null. */
export async function takeCertificate(
  db: Db,
  ward: Ward,
  signed: Signed,
  agent: AuditAgent,
  nowMs: number,
): Promise<DeviceCertificate | null> {
  const device = await check(db, ward, signed, nowMs)
  if (!device) return null
  await db.transaction().execute(async (step) => {
    await keep(step, signed, nowMs)
    const entity = { type: 'certificate', id: device.serial } as const
    await recordAct(step, nowMs, { action: 'certificate-signed', agent, entity, detail: device.kind })
  })
  return device
}

async function check(db: Db, ward: Ward, signed: Signed, nowMs: number): Promise<DeviceCertificate | null> {
  const certificate = decodeCertificate(signed.text)
  const root = await rootOf(db)
  const admin = certificate && (await adminCertificate(db, certificate.issuer, nowMs))
  if (!root || !admin) return null
  const checked = checkChain(examine([signed, admin, root]), root.keyId, nowMs)
  if (!checked.ok) return null
  const device = checked.value
  const known = (await listKeys(db, ward)).find(({ publicKey }) => publicKey === device.publicKey)
  if (known?.kind !== device.kind || known.ward !== device.ward) return null
  if (
    known.kind === 'bed' &&
    (device.kind !== 'bed' || known.bedId !== device.bedId || known.bed !== device.bed)
  )
    return null
  return device
}

/** Remembers a station's key; a new one is on record. */
export async function registerStation(
  db: Db,
  publicKey: string,
  agent: Extract<AuditAgent, { type: 'staff' }>,
  nowMs: number,
): Promise<string> {
  const keyId = keyIdOf(publicKey)
  await db.transaction().execute(async (step) => {
    const row = { key_id: keyId, public_key: publicKey, registered_by: agent.staffId, registered_ms: nowMs }
    const added = await step
      .insertInto('station_keys')
      .values(row)
      .onConflict((conflict) => conflict.column('key_id').doNothing())
      .returning('key_id')
      .executeTakeFirst()
    const entity = { type: 'certificate', id: keyId } as const
    if (added) await recordAct(step, nowMs, { action: 'station-key-registered', agent, entity })
  })
  return keyId
}
