/** What is said over HTTP about keys: a station registers its own, an administrator signs those of others. */
import * as v from 'valibot'
import { bedLabel, id, milliseconds, name } from './primitives.ts'
import { chain, hash, publicKey, signed } from './proof.ts'

export const stationKeyRequest = v.strictObject({ publicKey })
/** Null while it waits for an administrator. */
export const stationKeyAnswer = v.strictObject({ chain: v.nullable(chain) })

/** A tablet or a station without a certificate, or with one that ends soon. */
export const waitingKey = v.variant('kind', [
  v.strictObject({ kind: v.literal('station'), keyId: hash, publicKey, ward: name }),
  v.strictObject({ kind: v.literal('bed'), keyId: hash, publicKey, ward: name, bedId: id, bed: bedLabel }),
])
export type WaitingKey = v.InferOutput<typeof waitingKey>

export const keysRequest = v.strictObject({ keyId: hash })
/** `admin`: the asker's own certificate; `root`: the organisation's. Both null before the first was handed in. */
export const keysAnswer = v.strictObject({
  nowMs: milliseconds,
  demo: v.boolean(),
  root: v.nullable(signed),
  admin: v.nullable(signed),
  waiting: v.array(waitingKey),
})
export type KeysAnswer = v.InferOutput<typeof keysAnswer>

/** What the root's command line answers to a request: a file, handed in as it is. */
export const adminGrant = v.strictObject({ type: v.literal('bedside-grant'), admin: signed, root: signed })
export type AdminGrant = v.InferOutput<typeof adminGrant>

/** What an administrator's browser asks of the root: a file, signed with the key it names. */
export const adminRequest = v.strictObject({
  type: v.literal('bedside-request'),
  label: name,
  publicKey,
})

export const certificateRequest = v.strictObject({ certificate: signed })
