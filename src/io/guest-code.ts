/**
 * A guest's one-time code and what both ends make of it: the name under which the server knows it, and a secret that the
 * server is never told, by which a guest and the station that asked them know each other's keys.
 */
import { algorithm, base64url, fromBase64url, hashOf } from './seal.ts'

/** Crockford's base 32: no letter that is read as another. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 130 bits. */
const length = 26
/** What people write for what they read. */
const misread: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

const utf8 = (text: string) => new TextEncoder().encode(text)

export function newCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return [...bytes].map((byte) => alphabet.charAt(byte % alphabet.length)).join('')
}

/** As it was made, however it was typed; null: it is no code. */
export function readCode(typed: string): string | null {
  const letters = [...typed.toUpperCase()].filter((letter) => !/[\s-]/.test(letter))
  const code = letters.map((letter) => misread[letter] ?? letter)
  return code.length === length && code.every((letter) => alphabet.includes(letter)) ? code.join('') : null
}

/** Behind `#`, so that no server is told it. */
export function linkOf(origin: string, page: 'join' | 'family', code: string): string {
  return `${origin}/${page}#${code}`
}

/** What the server knows it by; nobody finds the code from it. */
export async function codeIdOf(code: string): Promise<string> {
  return await hashOf(`bedside-guest-id|${code}`)
}

/** 32 bytes, base64url. */
export async function secretOf(code: string): Promise<string> {
  return await hashOf(`bedside-guest-key|${code}`)
}

/** By this the station knows that the key is of whoever has the code. */
export async function guestSeal(secret: string, publicKey: string): Promise<string> {
  return await hmacOf(secret, `guest|${publicKey}`)
}

/** By this the guest knows that the root and the certificate are of whoever made the code. */
export async function stationSeal(secret: string, rootKeyId: string, certificate: string): Promise<string> {
  return await hmacOf(secret, `station|${rootKeyId}|${certificate}`)
}

/** The private key of a link, as only whoever has its code can read it: AES-256-GCM, its nonce before it, base64url. */
export async function sealKey(code: string, privateKey: CryptoKey): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const bytes = await crypto.subtle.exportKey('pkcs8', privateKey)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, await wrappingKey(code), bytes)
  return base64url(new Uint8Array([...nonce, ...new Uint8Array(sealed)]))
}

/** It never leaves this browser again. Null: it is not what that code was sealed with. */
export async function openKey(code: string, sealedKey: string): Promise<CryptoKey | null> {
  const bytes = fromBase64url(sealedKey)
  if (!bytes) return null
  const [iv, sealed] = [bytes.slice(0, nonceBytes), bytes.slice(nonceBytes)]
  try {
    const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await wrappingKey(code), sealed)
    return await crypto.subtle.importKey('pkcs8', opened, algorithm, false, ['sign'])
  } catch {
    return null
  }
}

const nonceBytes = 12

async function wrappingKey(code: string): Promise<CryptoKey> {
  const bytes = fromBase64url(await hashOf(`bedside-link-key|${code}`)) ?? new Uint8Array()
  return await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** HMAC-SHA-256, base64url. */
async function hmacOf(secret: string, text: string): Promise<string> {
  const bytes = fromBase64url(secret)
  if (!bytes) throw new TypeError('not a secret')
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return base64url(await crypto.subtle.sign('HMAC', key, utf8(text)))
}
