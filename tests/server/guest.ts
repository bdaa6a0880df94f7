/** Somebody from outside, and the station that asks them, without a browser: a code, two keys and their seals. */
import { webcrypto } from 'node:crypto'
import * as v from 'valibot'
import { codeIdOf, guestSeal, newCode, secretOf, stationSeal } from '../../src/io/guest-code.ts'
import { keyIdOf } from '../../src/io/seal.ts'
import { guestAnswer, guestVisitMs, joinAnswer } from '../../src/protocol/guest.ts'
import { stationKeyAnswer } from '../../src/protocol/keys.ts'
import { protocolVersion } from '../../src/protocol/primitives.ts'
import { type Certificate, type Chain, decodeCertificate, type Signed } from '../../src/protocol/proof.ts'
import { type ClientMessage, challengeText, type Hello } from '../../src/protocol/wire.ts'
import { type Client, converse, fresh, makeKeys, post, type Return, type Said } from './client.ts'
import type { Ward } from './ward.ts'
import { openWire } from './wire.ts'

type Keys = { readonly keys: webcrypto.CryptoKeyPair; readonly publicKey: string }

export async function sign({ privateKey }: webcrypto.CryptoKeyPair, text: string): Promise<Signed> {
  const signed = await webcrypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    privateKey,
    Buffer.from(text),
  )
  return { text, signature: Buffer.from(signed).toString('base64url') }
}

export type Code = { readonly codeId: string; readonly secret: string }

export async function makeCode(): Promise<Code & { code: string }> {
  const code = newCode()
  return { code, codeId: await codeIdOf(code), secret: await secretOf(code) }
}

export const nephew = { name: 'Timo Virtanen', kind: 'family' } as const

export type Asked = Code & {
  readonly code: string
  readonly guestId: string
  readonly untilMs: number
  readonly tableId: string
}

/** What `POST /guests` answers to this member of staff. */
export async function ask(
  { origin }: Pick<Ward, 'origin'>,
  cookie: string,
  said: { readonly tableId: string; readonly codeId: string } & Partial<typeof nephew>,
): Promise<Response> {
  return await post(origin, '/api/guests', { ...nephew, ...said }, { cookie })
}

export async function askGuest(ward: Pick<Ward, 'origin'>, cookie: string, tableId: string): Promise<Asked> {
  const code = await makeCode()
  const answer = v.parse(
    guestAnswer,
    await (await ask(ward, cookie, { tableId, codeId: code.codeId })).json(),
  )
  return { ...code, ...answer, tableId }
}

export type Guest = Asked & Keys

export async function joinAs(
  { origin }: Pick<Ward, 'origin'>,
  { codeId, secret }: Code,
  { publicKey }: Keys,
  sealed?: string,
): Promise<Response> {
  const seal = sealed ?? (await guestSeal(secret, publicKey))
  return await post(origin, '/api/join', { codeId, publicKey, seal })
}

/** Uses the code up with a key of their own. */
export async function join(ward: Pick<Ward, 'origin'>, asked: Asked, sealed?: string): Promise<Guest> {
  const keys = await makeKeys()
  v.parse(joinAnswer, await (await joinAs(ward, asked, keys, sealed)).json())
  return { ...asked, ...keys }
}

export async function guestHello(
  origin: string,
  { guestId, keys }: Pick<Guest, 'guestId' | 'keys'>,
  nonce: string,
  { resume = null, claims = [] }: Return = {},
): Promise<Hello> {
  const { signature } = await sign(keys, challengeText(origin, guestId, nonce, 0))
  return { type: 'hello', version: protocolVersion, client: 'guest', guestId, signature, resume, claims }
}

export async function openGuest(
  origin: string,
  guest: Pick<Guest, 'guestId' | 'keys'>,
  back: Return = {},
): Promise<Client> {
  const wire = openWire(origin)
  const hello = await guestHello(origin, guest, await wire.nonce(), back)
  return await converse(wire, hello, back.history ?? fresh)
}

export type StationKey = Keys & { readonly chain: Chain }

/** The station's own key with the certificates of the demo ward's administrator. */
export async function stationKey({ origin }: Pick<Ward, 'origin'>, cookie: string): Promise<StationKey> {
  const made = await makeKeys()
  const answer = await post(origin, '/api/station-key', { publicKey: made.publicKey }, { cookie })
  const { chain } = v.parse(stationKeyAnswer, await answer.json())
  if (!chain) throw new Error('no certificate')
  return { ...made, chain }
}

/** What the station says of whoever waits, honestly or with something changed. */
export async function vouchFor(
  station: StationKey,
  { secret }: Code,
  { guest, tableId, publicKey }: Said<'guest.waiting'>,
  change: Partial<Extract<Certificate, { kind: 'guest' }>> = {},
): Promise<Extract<ClientMessage, { type: 'guest.vouch' }>> {
  const issuer = decodeCertificate(station.chain[0]?.text ?? '')
  const root = decodeCertificate(station.chain[2]?.text ?? '')
  if (!issuer || !root) throw new Error('no station')
  const nowMs = Date.now()
  const said: Certificate = {
    v: 1,
    type: 'bedside-certificate',
    kind: 'guest',
    organisation: issuer.organisation,
    label: guest.name,
    guestId: guest.guestId,
    tableId,
    keyId: await keyIdOf(change.publicKey ?? publicKey),
    publicKey,
    notBeforeMs: nowMs,
    notAfterMs: nowMs + guestVisitMs,
    serial: 'serial',
    issuer: issuer.keyId,
    ...change,
  }
  const certificate = await sign(station.keys, JSON.stringify(said))
  const sealed = await stationSeal(secret, root.keyId, certificate.text)
  return { type: 'guest.vouch', guestId: guest.guestId, certificate, seal: sealed }
}
