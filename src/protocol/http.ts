/** The few things said over plain HTTP: signing in, enrolling a tablet, signing out. */
import * as v from 'valibot'
import { bedParty, staffParty } from './people.ts'
import { base64url, id, name } from './primitives.ts'

/** A one-time code from a printed link: 160 random bits, base64url; the server keeps its hash. */
const code = base64url(64)

export const signInRequest = v.strictObject({ code })
export const signInAnswer = v.strictObject({ me: staffParty })

/** Who this browser is signed in as, and in which ward. */
export const whoAmI = v.strictObject({ me: staffParty, wardId: id, ward: name, demo: v.boolean() })
export type WhoAmI = v.InferOutput<typeof whoAmI>

/** `publicKey`: the tablet's ECDSA P-256 key, SubjectPublicKeyInfo (RFC 5480), base64url. */
export const enrolRequest = v.strictObject({ code, publicKey: base64url(200) })
export const enrolAnswer = v.strictObject({ deviceId: id, bed: bedParty })
export type Enrolment = v.InferOutput<typeof enrolAnswer>

/** Why a request was refused; the words are `ui/words`'. */
export const refusals = [
  'unknown-code',
  'used-code',
  'bad-request',
  'foreign-origin',
  'too-many',
  'not-ready',
  'signed-out',
  /** Name and password, or the passkey, do not belong together here. */
  'wrong-credentials',
  'locked',
  'forbidden',
  'not-found',
  /** This app speaks an older version: it fetches the new one. */
  'outdated',
  /** It was done already, or something stands against it. */
  'conflict',
  /** Another server that is needed for it does not answer. */
  'unavailable',
  /** There is no room for it on the server. */
  'storage-full',
] as const
export const refusal = v.strictObject({ refusal: v.picklist(refusals) })
export type Refusal = v.InferOutput<typeof refusal>['refusal']
