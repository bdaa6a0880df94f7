/** An organisation with a root, an administrator and devices, whose keys a test may use as it likes. */
import type { Credentials } from '../../src/io/notary.ts'
import { algorithm } from '../../src/io/seal.ts'
import type { Signed } from '../../src/protocol/proof.ts'
import { certify, certifyRoot, dayMs, newSigner, type Signer } from '../../src/server/authority.ts'

/** By the server's clock, in every test that does not say otherwise. */
export const noonMs = Date.UTC(2026, 10, 22, 12)

export type Organisation = ReturnType<typeof newOrganisation>

export const stationSubject = { kind: 'station', label: 'Ward 4B station', ward: 'Ward 4B' } as const

export function bedSubject(bed: string, bedId = `b${bed}`, ward = 'Ward 4B') {
  return { kind: 'bed', label: `Bed ${bed}`, bed, bedId, ward } as const
}

export function guestSubject(guestId: string, tableId: string, label = 'Timo Virtanen') {
  return { kind: 'guest', label, guestId, tableId } as const
}

type GuestSubject = ReturnType<typeof guestSubject>
type DeviceSubject = ReturnType<typeof bedSubject> | typeof stationSubject

export function newOrganisation(organisation = 'Hospital', lastsMs = 30 * dayMs) {
  const [root, admin] = [newSigner(), newSigner()]
  const rootCertificate = certifyRoot(root, organisation, noonMs)
  const adminCertificate = certifyAdmin(root, admin, organisation)

  /** A device with a certificate of `issuer` (the administrator unless said otherwise). */
  function device(subject: DeviceSubject, { issuer = admin, signer = newSigner(), lasts = lastsMs } = {}) {
    const { publicKey } = signer
    const certificate = certify(issuer, { ...subject, organisation, publicKey }, noonMs, lasts)
    return { signer, certificate, chain: [certificate, adminCertificate, rootCertificate] }
  }

  /** Whom the holder of `station` vouched for. */
  function guest(subject: GuestSubject, station: Pick<Device, 'signer' | 'chain'>, lasts = dayMs) {
    const signer = newSigner()
    const { publicKey } = signer
    const certificate = certify(station.signer, { ...subject, organisation, publicKey }, noonMs, lasts)
    return { signer, certificate, chain: [certificate, ...station.chain] }
  }

  return { root, admin, rootCertificate, adminCertificate, device, guest }
}

export function certifyAdmin(root: Signer, admin: Signer, organisation: string): Signed {
  const { publicKey } = admin
  return certify(root, { kind: 'admin', organisation, label: 'Admin', publicKey }, noonMs, 300 * dayMs)
}

export type Device = {
  readonly signer: Signer
  readonly certificate: Signed
  readonly chain: Signed[]
}

/** As a browser holds them: the key can sign and cannot be read. */
export async function credentialsOf({ signer, chain }: Device, trusted: Organisation): Promise<Credentials> {
  const der = signer.privateKey.export({ format: 'der', type: 'pkcs8' })
  const privateKey = await crypto.subtle.importKey('pkcs8', new Uint8Array(der), algorithm, false, ['sign'])
  return { privateKey, chain, root: trusted.root.keyId }
}

/** 32 bytes as a fingerprint; `seed` tells one from another. */
export function fingerprint(seed: number): string {
  return Array.from({ length: 32 }, (_, at) => ((seed * 37 + at * 11) % 256).toString(16).padStart(2, '0'))
    .join(':')
    .toUpperCase()
}

export function sdpOf(...lines: string[]): string {
  return ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', ...lines, ''].join('\r\n')
}

export function sdpWith(seed: number): string {
  const line = `a=fingerprint:sha-256 ${fingerprint(seed)}`
  return sdpOf('m=audio 9 UDP/TLS/RTP/SAVPF 111', line, 'm=video 9 UDP/TLS/RTP/SAVPF 96', line)
}
