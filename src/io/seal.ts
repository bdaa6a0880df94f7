/** Signatures and hashes by WebCrypto: the arithmetic behind certificates and statements. */
import type { ChainLink } from '../core/proof.ts'
import { type Chain, decodeCertificate, type Signed } from '../protocol/proof.ts'

export const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const utf8 = (text: string) => new TextEncoder().encode(text)

/** RFC 4648 §5, unpadded. */
export function base64url(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): string {
  const text = String.fromCharCode(...new Uint8Array(bytes))
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Null when it is none, or not the one way to write its bytes: two spellings must never pass for one. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (one) => one.charCodeAt(0))
    return base64url(bytes) === text ? bytes : null
  } catch {
    return null
  }
}

/** SHA-256 of a text's UTF-8, base64url. */
export async function hashOf(text: string): Promise<string> {
  return base64url(await crypto.subtle.digest('SHA-256', utf8(text)))
}

/** A key's id: SHA-256 of its SubjectPublicKeyInfo; empty when that is no base64url. */
export async function keyIdOf(publicKey: string): Promise<string> {
  const spki = fromBase64url(publicKey)
  return spki ? base64url(await crypto.subtle.digest('SHA-256', spki)) : ''
}

export async function seal(privateKey: CryptoKey, text: string): Promise<Signed> {
  return { text, signature: base64url(await crypto.subtle.sign(algorithm, privateKey, utf8(text))) }
}

/** Whether the key signed exactly this text; false also when it is no P-256 key. */
export async function isSealed({ text, signature }: Signed, publicKey: string): Promise<boolean> {
  const [spki, bytes] = [fromBase64url(publicKey), fromBase64url(signature)]
  if (!spki || !bytes) return false
  try {
    const key = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify'])
    return await crypto.subtle.verify(algorithm, key, bytes, utf8(text))
  } catch {
    return false
  }
}

/** What `checkChain` wants to know of each certificate. */
export async function examine(chain: Chain): Promise<ChainLink[]> {
  const certificates = chain.map(({ text }) => decodeCertificate(text))
  return await Promise.all(
    chain.map(async (one, index) => {
      const certificate = certificates[index] ?? null
      const issuer = certificates[index + 1] ?? certificate
      const [keyId, isSigned] = await Promise.all([
        keyIdOf(certificate?.publicKey ?? ''),
        isSealed(one, issuer?.publicKey ?? ''),
      ])
      return { certificate, keyId, isSigned }
    }),
  )
}
