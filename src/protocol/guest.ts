/**
 * How somebody from outside comes to a table: staff make a one-time code, the guest's page redeems it, and the station that
 * made it vouches for the guest's key. The code itself never reaches the server: only `codeId`, and seals made with the
 * secret that both ends derive from it (`io/guest-code.ts`).
 */
import * as v from 'valibot'
import { guestParty, invitedKind, staffParty } from './people.ts'
import { id, milliseconds, name } from './primitives.ts'
import { hash, publicKey } from './proof.ts'

/** A code is good for so long (server clock), once. */
export const guestCodeMs = 10 * 60_000

/** A guest's certificate is good for so long, and never beyond the table that it names. */
export const guestVisitMs = 4 * 60 * 60_000

/** `POST /api/guests`, by staff at that table. */
export const guestRequest = v.strictObject({ tableId: id, codeId: hash, name, kind: invitedKind })
export const guestAnswer = v.strictObject({ guestId: id, untilMs: milliseconds })

/** `POST /api/join/look`: who invites to what, before anything is used up. */
export const joinLook = v.strictObject({ codeId: hash })
export const joinLookAnswer = v.strictObject({ guest: guestParty, by: staffParty, ward: name })
export type JoinLookAnswer = v.InferOutput<typeof joinLookAnswer>

/** `POST /api/join`: uses the code up and binds the guest to a key. `seal`: HMAC of it with the code's secret. */
export const joinRequest = v.strictObject({ codeId: hash, publicKey, seal: hash })
export const joinAnswer = v.strictObject({ guest: guestParty })
