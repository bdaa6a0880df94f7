/** This station's word for the key of somebody from outside, good at one table: who comes by a code and who has a visit alike. */
import { guestVisitMs } from '../protocol/guest.ts'
import { type Certificate, decodeCertificate, type Signed } from '../protocol/proof.ts'
import { credentialsOf, sealAs } from './keyring.ts'
import { keyIdOf } from './seal.ts'

export type Certified = {
  readonly guestId: string
  readonly name: string
  readonly tableId: string
  readonly publicKey: string
  /** How long this word is good; as long as a visit where nothing is said. */
  readonly forMs?: number
}

/** `nowMs`: by the server's clock. Null: no administrator signed this station. */
export async function certifyGuest(
  { guestId, name, tableId, publicKey, forMs = guestVisitMs }: Certified,
  nowMs: number,
): Promise<{ readonly certificate: Signed; readonly root: string } | null> {
  const credentials = await credentialsOf('station')
  const station = decodeCertificate(credentials?.chain[0]?.text ?? '')
  if (!credentials || !station) return null
  const said: Certificate = {
    v: 1,
    type: 'bedside-certificate',
    kind: 'guest',
    organisation: station.organisation,
    label: name,
    guestId,
    tableId,
    keyId: await keyIdOf(publicKey),
    publicKey,
    notBeforeMs: Math.floor(nowMs),
    notAfterMs: Math.floor(nowMs) + forMs,
    serial: crypto.randomUUID(),
    issuer: station.keyId,
  }
  return { certificate: await sealAs('station', JSON.stringify(said)), root: credentials.root }
}
