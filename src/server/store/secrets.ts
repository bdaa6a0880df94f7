/** The server's one key, made at the first run, and the random codes and tokens it hides. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'

const keyBytes = 32

export type Secrets = {
  /** HMAC-SHA-256, base64url. */
  digest(text: string): string
  /** AES-256-GCM under a key of its own (HKDF, RFC 5869): nonce, tag and ciphertext, base64url. */
  seal(text: string): string
  /** What was sealed, or null when this is not a seal of ours. */
  unseal(sealed: string): string | null
}

/** All of it hangs on one key: the operator's `secret`, or the data folder's own. */
export function openSecrets(dataFolder: string, secret: string | null): Secrets {
  const key = secret ?? keyOf(join(dataFolder, 'secret.key'))
  const sealKey = Buffer.from(hkdfSync('sha256', key, '', 'bedside/seal', 32))
  return {
    digest: (text) => createHmac('sha256', key).update(text).digest('base64url'),
    seal: (text) => seal(sealKey, text),
    unseal: (sealed) => unseal(sealKey, sealed),
  }
}

const nonceBytes = 12
const tagBytes = 16

function seal(key: Buffer, text: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url')
}

function unseal(key: Buffer, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
    cipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
    const shown = cipher.update(bytes.subarray(nonceBytes + tagBytes))
    return Buffer.concat([shown, cipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

function keyOf(file: string): Buffer {
  const key = readKey(file) ?? makeKey(file)
  if (key.length !== keyBytes) throw new StartError(`${file} is damaged: it must hold ${keyBytes} bytes.`)
  return key
}

function readKey(file: string): Buffer | null {
  try {
    const key = readFileSync(file)
    chmodSync(file, 0o600)
    return key
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function makeKey(file: string): Buffer {
  const key = randomBytes(keyBytes)
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, key)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return key
}

/** A one-time code: 160 random bits, base64url. */
export function newCode(): string {
  return randomBytes(20).toString('base64url')
}

/** A sign-in token or a challenge's nonce: 256 random bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}
