/** A relative and the station that makes their link, without a browser: a code, a key that is sealed with it, and a browser's own. */
import { randomUUID } from 'node:crypto'
import { secretOf, stationSeal } from '../../src/io/guest-code.ts'
import { keyIdOf } from '../../src/io/seal.ts'
import { familyLinkMs } from '../../src/protocol/family.ts'
import { type Certificate, decodeCertificate } from '../../src/protocol/proof.ts'
import { unspoken, type Wishes } from '../../src/protocol/wishes.ts'
import { type Client, makeKeys, post } from './client.ts'
import { makeCode, type StationKey, sign } from './guest.ts'
import type { Ward } from './ward.ts'

type Keys = Awaited<ReturnType<typeof makeKeys>>

export const maria = 'Maria Virtanen'
export const allDay: Wishes = { ...unspoken, visits: { fromMinute: 0, untilMinute: 1439 }, quiet: null }

export type Link = {
  readonly guestId: string
  readonly codeId: string
  readonly linkKeys: Keys
}

export async function stayAt({ store }: Pick<Ward, 'store'>, label: string): Promise<string> {
  const row = await store.db
    .selectFrom('admissions')
    .innerJoin('beds', 'beds.bed_id', 'admissions.bed_id')
    .select('admission_id')
    .where('beds.label', '=', label)
    .where('admissions.ended_ms', 'is', null)
    .executeTakeFirstOrThrow()
  return row.admission_id
}

/** What the patient agreed to, as staff put it down. */
export async function agree(nurse: Client, admissionId: string, wishes: Partial<Wishes> = {}): Promise<void> {
  const actId = randomUUID()
  nurse.say({ type: 'admission.wish', actId, admissionId, wishes: { ...allDay, ...wishes } })
  await nurse.hear('admission.answered', (answered) => answered.actId === actId)
}

/** What a station sends for a link of its making, and the link. */
export async function newLink(
  station: StationKey,
  admissionId: string,
  change: Partial<Extract<Certificate, { kind: 'guest' }>> = {},
  guestId: string = randomUUID(),
) {
  const [code, linkKeys] = [await makeCode(), await makeKeys()]
  const issuer = decodeCertificate(station.chain[0]?.text ?? '')
  const root = decodeCertificate(station.chain[2]?.text ?? '')
  if (!issuer || !root) throw new Error('no station')
  const nowMs = Date.now()
  const said: Certificate = {
    ...{ v: 1, type: 'bedside-certificate', kind: 'guest', organisation: issuer.organisation },
    ...{ label: maria, guestId, tableId: guestId, publicKey: linkKeys.publicKey },
    ...{ keyId: await keyIdOf(linkKeys.publicKey), serial: 'serial', issuer: issuer.keyId },
    ...{ notBeforeMs: nowMs, notAfterMs: nowMs + familyLinkMs },
    ...change,
  }
  const certificate = await sign(station.keys, JSON.stringify(said))
  const seal = await stationSeal(await secretOf(code.code), root.keyId, certificate.text)
  const { codeId } = code
  const asked = { admissionId, guestId, name: maria, codeId, publicKey: linkKeys.publicKey }
  const link: Link = { guestId, codeId, linkKeys }
  return { link, asked: { ...asked, certificate, seal, sealedKey: 'sealed' } }
}

export async function enterAs(
  { origin }: Pick<Ward, 'origin'>,
  { codeId, linkKeys }: Link,
  { publicKey }: Keys,
): Promise<Response> {
  const { signature } = await sign(linkKeys.keys, publicKey)
  return await post(origin, '/api/family/enter', { codeId, publicKey, seal: signature })
}

export async function lookBy(
  { origin }: Pick<Ward, 'origin'>,
  { codeId }: Pick<Link, 'codeId'>,
): Promise<Response> {
  return await post(origin, '/api/family/look', { codeId })
}

export function ring(relative: Client): string {
  const callId = randomUUID()
  const to = { type: 'family' } as const
  relative.say({
    type: 'call.invite',
    callId,
    to,
    mode: 'ring',
    stay: null,
    expiresAtMs: Date.now() + 60_000,
  })
  return callId
}
