/** What makes a call verifiable: certificates of devices, and the signed statement beside every offer and answer. */
import * as v from 'valibot'
import { bedLabel, counter, id, milliseconds, name } from './primitives.ts'

/** SHA-256, base64url: 43 characters. A key's id is the hash of its SubjectPublicKeyInfo. */
export const hash = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{43}$/))
/** ECDSA P-256 with SHA-256 (FIPS 186-5), r||s, base64url: 86 characters. */
const signature = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{86}$/))
/** An uncompressed P-256 point as SubjectPublicKeyInfo (RFC 5480), base64url: 91 bytes, 122 characters. */
export const publicKey = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{122}$/))

/** The exact text that was signed: it is parsed only after its signature holds, and never written anew. */
const text = v.pipe(v.string(), v.minLength(2), v.maxLength(1_536))
export const signed = v.strictObject({ text, signature })
export type Signed = v.InferOutput<typeof signed>

/**
 * A device's certificate, the administrator's who signed it, the root's own: in this order. A guest's begins with the one
 * that the inviting station signed.
 */
export const chain = v.pipe(v.array(signed), v.minLength(3), v.maxLength(4))
export type Chain = v.InferOutput<typeof chain>

/** Beside an offer or an answer: what its sender signed about it, and who the sender is. */
export const proof = v.strictObject({ statement: signed, chain })
export type Proof = v.InferOutput<typeof proof>

const common = {
  v: v.literal(1),
  type: v.literal('bedside-certificate'),
  organisation: name,
  /** Told to people. What a certificate vouches for is a device and this label, never a person. */
  label: name,
  keyId: hash,
  publicKey,
  notBeforeMs: milliseconds,
  notAfterMs: milliseconds,
  serial: id,
  /** The key that signed this. */
  issuer: hash,
}

export const certificate = v.variant('kind', [
  v.strictObject({ ...common, kind: v.literal('root') }),
  v.strictObject({ ...common, kind: v.literal('admin') }),
  v.strictObject({ ...common, kind: v.literal('station'), ward: name }),
  v.strictObject({ ...common, kind: v.literal('bed'), ward: name, bedId: id, bed: bedLabel }),
  /** Of a key that a guest made for one table; its label is the guest's name. */
  v.strictObject({ ...common, kind: v.literal('guest'), guestId: id, tableId: id }),
])
export type Certificate = v.InferOutput<typeof certificate>
/** What may speak on a link. */
export type DeviceCertificate = Extract<Certificate, { kind: 'bed' | 'station' | 'guest' }>

/** `bed:ID`, `staff:ID`, `guest:ID`, or in an answer the offerer's key. */
const addressee = v.pipe(v.string(), v.regex(/^(bed:|staff:|guest:)?[0-9A-Za-z_-]{1,64}$/))

/** What an endpoint says of one description of one link; the names of RFC 8225 where it has them. */
export const statement = v.strictObject({
  v: v.literal(1),
  context: v.literal('bedside/1'),
  kind: v.picklist(['offer', 'answer']),
  callId: id,
  epoch: counter,
  negotiation: counter,
  /** The signer's key. */
  from: hash,
  to: addressee,
  /** The one SHA-256 fingerprint of the description, upper case with colons (RFC 8122 §5). */
  fingerprint: v.pipe(v.string(), v.regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/)),
  nonce: v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{22}$/)),
  /** By the server's clock, as far as the signer knows it. */
  atMs: milliseconds,
  /** Hash of the statement before it on this link, whichever side's; null in the first. */
  previous: v.nullable(hash),
})
export type Statement = v.InferOutput<typeof statement>

/** What a text says by this schema, or null; never throws. */
export function decodeText<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | null {
  try {
    const result = v.safeParse(schema, JSON.parse(text))
    return result.success ? result.output : null
  } catch {
    return null
  }
}

/** Null when it is none; never throws. */
export const decodeCertificate = (text: string): Certificate | null => decodeText(certificate, text)
/** Null when it is none; never throws. */
export const decodeStatement = (text: string): Statement | null => decodeText(statement, text)
