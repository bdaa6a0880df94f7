/**
 * Tree heads as anyone's tools can read them: C2SP tlog-checkpoint (origin, size, root) in a C2SP signed-note, signed
 * with Ed25519.
 */
import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'

/** Signature type of Ed25519 (C2SP signed-note, "Signature types"). */
const ed25519 = Buffer.of(1)
const keyIdBytes = 4

/** Whoever's signature counts: a name with the 32 bytes of its Ed25519 key. */
export type Verifier = { readonly name: string; readonly keyId: Buffer; readonly publicKey: KeyObject }

export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: string }

export function rawKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
}

/** SHA-256(name ‖ newline ‖ type ‖ key), first four bytes. */
function keyIdOf(name: string, raw: Uint8Array): Buffer {
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), ed25519, raw]), 'buffer')
  return id.subarray(0, keyIdBytes)
}

export function verifierOf(name: string, publicKey: KeyObject): Verifier {
  return { name, publicKey, keyId: keyIdOf(name, rawKey(publicKey)) }
}

/** A verifier key as it is handed around: `name+id+key` (C2SP signed-note, "Verifier keys"). */
export function verifierText({ name, keyId, publicKey }: Verifier): string {
  return `${name}+${keyId.toString('hex')}+${Buffer.concat([ed25519, rawKey(publicKey)]).toString('base64')}`
}

/** Null: it is no Ed25519 verifier key, or its id is not that of its key. */
export function parseVerifier(text: string): Verifier | null {
  const [, name = '', id, key = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? []
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length !== 33 || bytes[0] !== 1) return null
  const x = bytes.subarray(1).toString('base64url')
  const verifier = verifierOf(
    name,
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
  )
  return verifier.keyId.toString('hex') === id ? verifier : null
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root}\n`
}

/** The note: its text, an empty line, the signature. */
export function signNote(text: string, name: string, privateKey: KeyObject): string {
  const { keyId } = verifierOf(name, createPublicKey(privateKey))
  const signature = Buffer.concat([keyId, sign(null, Buffer.from(text), privateKey)])
  return `${text}\n— ${name} ${signature.toString('base64')}\n`
}

/** `unsigned`: none of the verifiers signed it; `forged`: one of them is said to have, but has not. */
export type Opened = { readonly text: string } | { readonly problem: 'malformed' | 'unsigned' | 'forged' }

/** The text of a note that one of `verifiers` signed. */
export function openNote(note: string, verifiers: readonly Verifier[]): Opened {
  const [, text, signatures] = /^([\s\S]*\n)\n((?:— \S+ [A-Za-z0-9+/=]+\n)+)$/.exec(note) ?? []
  if (text === undefined || signatures === undefined) return { problem: 'malformed' }
  for (const line of signatures.trimEnd().split('\n')) {
    const [, name, base64 = ''] = line.split(' ')
    const bytes = Buffer.from(base64, 'base64')
    const keyId = bytes.subarray(0, keyIdBytes)
    const known = verifiers.find((one) => one.name === name && one.keyId.equals(keyId))
    if (!known) continue
    const isGood = verify(null, Buffer.from(text), known.publicKey, bytes.subarray(keyIdBytes))
    return isGood ? { text } : { problem: 'forged' }
  }
  return { problem: 'unsigned' }
}

/** Null: the text is no checkpoint. Sizes have no leading zeroes, a root has 32 bytes; extension lines are let pass. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [, origin, size, root] =
    /^([^\n]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*$/.exec(text) ?? []
  return origin !== undefined && size !== undefined && root !== undefined
    ? { origin, size: Number(size), root }
    : null
}
