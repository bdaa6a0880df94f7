/** The key that signs tree heads: made at the first run, kept beside the database, its public half given away. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { chmodSync, closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import { rawKey, type Verifier, verifierOf } from './note.ts'

/** `origin` names the log, and is its key's name too (C2SP tlog-checkpoint). It is made of the key, so it is unique. */
export type SigningKey = {
  readonly origin: string
  readonly privateKey: KeyObject
  readonly verifier: Verifier
  /** Whether it was made just now. */
  readonly isNew: boolean
}

export function keyFile(dataFolder: string): string {
  return join(dataFolder, 'audit.key')
}

/** Null: there is none yet. Throws a StartError when the file holds something else. */
export function readSigningKey(dataFolder: string): SigningKey | null {
  const pem = readIfThere(keyFile(dataFolder))
  if (pem === null) return null
  try {
    const privateKey = createPrivateKey(pem)
    if (privateKey.asymmetricKeyType === 'ed25519') return named(privateKey)
  } catch {
    // Said below, with what to do.
  }
  throw new StartError(`${keyFile(dataFolder)} is damaged: restore it from the backup.`)
}

/** The data folder's own key; made when there is none. */
export function openSigningKey(dataFolder: string): SigningKey {
  const known = readSigningKey(dataFolder)
  if (known) {
    chmodSync(keyFile(dataFolder), 0o600)
    return known
  }
  const { privateKey } = generateKeyPairSync('ed25519')
  const handle = openSync(keyFile(dataFolder), 'wx', 0o600)
  try {
    writeSync(handle, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return { ...named(privateKey), isNew: true }
}

function named(privateKey: KeyObject): SigningKey {
  const publicKey = createPublicKey(privateKey)
  const print = createHash('sha256').update(rawKey(publicKey)).digest('hex').slice(0, 16)
  const origin = `bedside.audit/${print}`
  return { origin, privateKey, verifier: verifierOf(origin, publicKey), isNew: false }
}

function readIfThere(file: string): Buffer | null {
  try {
    return readFileSync(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
