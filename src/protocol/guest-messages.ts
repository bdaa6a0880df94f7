/** What is said on the socket as a guest comes to a table; how they come is told in `guest.ts`. */
import * as v from 'valibot'
import { guestParty } from './people.ts'
import { base64url, id } from './primitives.ts'
import { chain, hash, publicKey, signed } from './proof.ts'

export const guestClientMessages = [
  /** The station that made the code found the guest's seal to be true, and signed their certificate. */
  v.strictObject({ type: v.literal('guest.vouch'), guestId: id, certificate: signed, seal: hash }),
  /** It was not true, or is not known here any more. */
  v.strictObject({ type: v.literal('guest.refuse'), guestId: id }),
] as const

export const guestServerMessages = [
  /** To the station that made the code: somebody redeemed it. Said again until it vouches or refuses. */
  v.strictObject({
    type: v.literal('guest.waiting'),
    guest: guestParty,
    tableId: id,
    publicKey,
    seal: hash,
  }),
  /** To the guest: their certificates, and the station's seal over them with the code's secret. */
  v.strictObject({ type: v.literal('guest.admitted'), chain, seal: hash }),
  /** To the guest: they are not let in. */
  v.strictObject({ type: v.literal('guest.refused') }),
] as const

/** What a guest signs in a hello, as a bed does: `challengeText` with counter 0. */
export const guestHello = { client: v.literal('guest'), guestId: id, signature: base64url(128) }
