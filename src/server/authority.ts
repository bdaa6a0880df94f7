/** Keys that sign certificates, by Node: for the organisation's root at its own command line, and for the demo ward's. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUIDv7,
  sign,
  verify,
} from 'node:crypto'
import type { ChainLink } from '../core/proof.ts'
import { type Certificate, decodeCertificate, type Signed } from '../protocol/proof.ts'

export const dayMs = 24 * 60 * 60 * 1000
/** How long certificates last: a root as long as its organisation's machines, an administrator's until next year's. */
export const lifetimeMs = { root: 20 * 365 * dayMs, admin: 400 * dayMs, device: 400 * dayMs } as const
/** A clock that is behind by this much still finds a new certificate valid. */
const headStartMs = 60 * 60 * 1000

export type Signer = { readonly privateKey: KeyObject; readonly publicKey: string; readonly keyId: string }

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

/** SHA-256 of a SubjectPublicKeyInfo in base64url. */
export function keyIdOf(publicKey: string): string {
  return sha256(Buffer.from(publicKey, 'base64url'))
}

export function newSigner(): Signer {
  return signerOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
}

export function signerOf(privateKey: KeyObject): Signer {
  const spki = createPublicKey(privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const publicKey = spki.export({ format: 'der', type: 'spki' }).toString('base64url')
  return { privateKey, publicKey, keyId: keyIdOf(publicKey) }
}

/** PKCS#8 in PEM, as `signerFrom` takes it back. */
export function pemOf({ privateKey }: Signer): string {
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

export function signerFrom(pem: string): Signer {
  return signerOf(createPrivateKey(pem))
}

/** ECDSA P-256 with SHA-256, r||s, as WebCrypto makes and takes it. */
export function seal({ privateKey }: Signer, text: string): Signed {
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return { text, signature: signature.toString('base64url') }
}

/** Whether it is a P-256 key in SubjectPublicKeyInfo, base64url. */
export function isPublicKey(publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' })
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  } catch {
    return false
  }
}

export function isSealed({ text, signature }: Signed, publicKey: string): boolean {
  const bytes = Buffer.from(signature, 'base64url')
  if (bytes.toString('base64url') !== signature) return false
  try {
    const spki = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' })
    return verify('sha256', Buffer.from(text), { key: spki, dsaEncoding: 'ieee-p1363' }, bytes)
  } catch {
    return false
  }
}

/** What `checkChain` wants to know of each certificate. */
export function examine(chain: readonly Signed[]): ChainLink[] {
  const certificates = chain.map(({ text }) => decodeCertificate(text))
  return chain.map((one, index) => {
    const certificate = certificates[index] ?? null
    const issuer = certificates[index + 1] ?? certificate
    return {
      certificate,
      keyId: keyIdOf(certificate?.publicKey ?? ''),
      isSigned: isSealed(one, issuer?.publicKey ?? ''),
    }
  })
}

type Subject = Certificate extends infer C
  ? C extends Certificate
    ? Omit<C, 'v' | 'type' | 'keyId' | 'serial' | 'issuer' | 'notBeforeMs' | 'notAfterMs'>
    : never
  : never

/** Makes and signs a certificate for `subject`, valid from an hour ago for `lastsMs`. */
export function certify(issuer: Signer, subject: Subject, nowMs: number, lastsMs: number): Signed {
  const text = JSON.stringify({
    v: 1,
    type: 'bedside-certificate',
    ...subject,
    keyId: keyIdOf(subject.publicKey),
    notBeforeMs: nowMs - headStartMs,
    notAfterMs: nowMs + lastsMs,
    serial: randomUUIDv7(),
    issuer: issuer.keyId,
  })
  return seal(issuer, text)
}

export function certifyRoot(root: Signer, organisation: string, nowMs: number): Signed {
  const { publicKey } = root
  const subject = { kind: 'root', organisation, label: organisation, publicKey } as const
  return certify(root, subject, nowMs, lifetimeMs.root)
}
