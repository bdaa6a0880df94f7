/** The server's one key, made at the first run, and the random codes and tokens it hides. */
import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'

const keyBytes = 32

/** HMAC-SHA-256, base64url. Its key is the operator's `secret`, or the data folder's own. */
export function openDigest(dataFolder: string, secret: string | null): (text: string) => string {
  const key = secret ?? keyOf(join(dataFolder, 'secret.key'))
  return (text) => createHmac('sha256', key).update(text).digest('base64url')
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
