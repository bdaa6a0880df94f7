/** What is said of a sealed copy of a scan: which key it may be sealed to, and the letter that says from whom and of whom it is. */
import * as v from 'valibot'
import { id, milliseconds, name } from './primitives.ts'
import { chain, decodeText, hash, publicKey, signed } from './proof.ts'

/** A device says with its certified key which other key copies may be sealed to. */
const sealingKeyStatement = v.strictObject({
  v: v.literal(1),
  context: v.literal('bedside-sealing-key/1'),
  /** The key that signed this: the device's own. */
  signer: hash,
  /** ECDH P-256, as SubjectPublicKeyInfo. */
  publicKey,
  /** By the server's clock. */
  madeMs: milliseconds,
})
export type SealingKeyStatement = v.InferOutput<typeof sealingKeyStatement>

export const certifiedSealingKey = v.strictObject({ statement: signed, chain })
export type CertifiedSealingKey = v.InferOutput<typeof certifiedSealingKey>

/** A copy's content key, sealed to one device (RFC 9180). */
export const sealedKey = v.strictObject({
  /** SHA-256 of the key it is sealed to. */
  to: hash,
  /** The encapsulated key: an uncompressed P-256 point. */
  enc: v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{87}$/)),
  /** 32 bytes and a tag of 16. */
  key: v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{64}$/)),
})
export type SealedKey = v.InferOutput<typeof sealedKey>

/** Devices of those who are addressed: a role has as many as its holders have screens. */
export const mostSealedKeys = 200

/** What the sender signs. The server reads it, and can change nothing of it. */
const copyLetter = v.strictObject({
  v: v.literal(1),
  context: v.literal('bedside-copy/1'),
  copyId: id,
  from: hash,
  patientNumber: name,
  madeMs: milliseconds,
  expiresMs: milliseconds,
  /** SHA-256 of the copy's list of contents, as it was sealed. */
  contents: hash,
  /** SHA-256 of `sealedKeysText`: whom it is for. */
  keys: hash,
})
export type CopyLetter = v.InferOutput<typeof copyLetter>

/** The text that a letter names its keys by; their order is the sender's. */
export const sealedKeysText = (keys: readonly SealedKey[]): string =>
  JSON.stringify(keys.map(({ to, enc, key }) => [to, enc, key]))

/** Null when it is none; never throws. */
export const decodeSealingKey = (text: string): SealingKeyStatement | null =>
  decodeText(sealingKeyStatement, text)
/** Null when it is none; never throws. */
export const decodeCopyLetter = (text: string): CopyLetter | null => decodeText(copyLetter, text)
