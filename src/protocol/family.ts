/**
 * Family who visit a bed from outside: a station makes a link for one stay, signs its key, and gives it on by hand. The link's code never
 * reaches the server: only its name, and what is sealed with the secret that both ends derive from it (`io/guest-code.ts`).
 */
import * as v from 'valibot'
import { relative } from './family-messages.ts'
import { bedParty, guestParty } from './people.ts'
import { base64url, id, milliseconds, name } from './primitives.ts'
import { chain, hash, publicKey, signed } from './proof.ts'
import { visitHours } from './wishes.ts'

/** A link is good for so long, and never beyond the stay it was made for. */
export const familyLinkMs = 30 * 24 * 60 * 60_000

/** A private key (PKCS #8) under AES-256-GCM, its nonce before it. */
const sealedKey = base64url(512)

/** `POST /api/family/list`, by staff. */
export const familyList = v.strictObject({ admissionId: id })
export const familyListAnswer = v.strictObject({ relatives: v.array(relative) })

/** `POST /api/family/invite`, by the station that made the link and signed its key; of whom the patient wished for `guestId` is theirs. */
export const familyInvite = v.strictObject({
  admissionId: id,
  guestId: id,
  name,
  codeId: hash,
  publicKey,
  certificate: signed,
  seal: hash,
  sealedKey,
})
export type FamilyInvite = v.InferOutput<typeof familyInvite>

/** `POST /api/family/remove`, by staff: a link, or a wish. */
export const familyRemove = v.strictObject({ admissionId: id, guestId: id })

/** What whoever has a link is told of when they may ring, and nothing of why not (FAMILY-3). */
export const visitTime = v.variant('type', [
  v.strictObject({ type: v.literal('open') }),
  /** `hours` null: there are none. */
  v.strictObject({ type: v.literal('resting'), hours: v.nullable(visitHours) }),
])
export type VisitTime = v.InferOutput<typeof visitTime>

/** `POST /api/family/look`: nothing is used up by it. */
export const familyLook = v.strictObject({ codeId: hash })
export const familyLookAnswer = v.strictObject({
  guest: guestParty,
  ward: name,
  time: visitTime,
  chain,
  seal: hash,
  sealedKey,
  /** By the server's clock. */
  nowMs: milliseconds,
})
export type FamilyLookAnswer = v.InferOutput<typeof familyLookAnswer>

/** `POST /api/family/enter`: binds the link to this browser's own key. `seal`: the link's key signed it. */
export const familyEnter = v.strictObject({ codeId: hash, publicKey, seal: base64url(128) })
/** `bed`: where the patient lies now. */
export const familyEnterAnswer = v.strictObject({ guest: guestParty, bed: bedParty })
