/** What is said about signing in beyond a link: the ways there are, passkeys, passwords, invitations, the lock. */
import * as v from 'valibot'
import { staffParty, staffRole } from './people.ts'
import { base64url, id, milliseconds, name } from './primitives.ts'

/** Why a way through the provider did not end signed in; part of an address, worded by `ui/words`. */
export const signInProblem = v.picklist([
  'provider-down',
  'provider-refused',
  /** The way was begun too long ago, or was gone already. */
  'expired',
  /** Another browser began it. */
  'foreign',
  /** No role, or none that this ward knows. */
  'no-access',
  'disabled',
  'clock',
  'other-person',
  /** The provider did not ask anew who it is, or does not say that it did. */
  'not-fresh',
])
export type SignInProblem = v.InferOutput<typeof signInProblem>

/** What a page that is signed out may offer. `provider`: the text of its button, or null. */
export const signInWays = v.strictObject({
  provider: v.nullable(v.string()),
  local: v.boolean(),
  demo: v.boolean(),
})
export type SignInWays = v.InferOutput<typeof signInWays>

/** What opens this browser's lock. `provider`: the text of its button, or null. */
export const unlockWays = v.strictObject({
  passkey: v.boolean(),
  password: v.boolean(),
  provider: v.nullable(v.string()),
})
export type UnlockWays = v.InferOutput<typeof unlockWays>

/** Never trimmed and never cut: what was typed is what counts (NIST SP 800-63B-4 §3.1.1.2). */
export const password = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
export const shortestPassword = 12
const newPassword = v.pipe(v.string(), v.minLength(shortestPassword), v.maxLength(256))

export const passwordSignIn = v.strictObject({ name, password })
export const passwordUnlock = v.strictObject({ password })
export const signedIn = v.strictObject({ me: staffParty })
export type SignedIn = v.InferOutput<typeof signedIn>

const code = base64url(64)
export const invitationCode = v.strictObject({ code })
/** Whom a link is for, and until when it can be used. */
export const invitation = v.strictObject({ name, role: staffRole, untilMs: milliseconds })
export type Invitation = v.InferOutput<typeof invitation>
export const invitationPassword = v.strictObject({ code, password: newPassword })

const bytes = base64url(8192)
const credentialKind = {
  id: bytes,
  rawId: bytes,
  type: v.literal('public-key'),
  authenticatorAttachment: v.nullish(v.string()),
  clientExtensionResults: v.looseObject({}),
}
/** WebAuthn Level 3 §5.1: RegistrationResponseJSON and AuthenticationResponseJSON; the browser may add to them. */
export const newPasskey = v.object({
  ...credentialKind,
  response: v.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(32))), v.maxLength(8))),
  }),
})
export type NewPasskey = v.InferOutput<typeof newPasskey>
export const usedPasskey = v.object({
  ...credentialKind,
  response: v.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: v.nullish(bytes),
  }),
})
export type UsedPasskey = v.InferOutput<typeof usedPasskey>
export const invitationPasskey = v.strictObject({ code, passkey: newPasskey })
export const passkeyProof = v.strictObject({ passkey: usedPasskey })
export const passkeyRegistration = v.strictObject({ passkey: newPasskey })

/** Where the browser goes after signing out: the provider's own page, or nowhere. */
export const signedOut = v.strictObject({ goTo: v.nullable(v.string()) })

/** A person as the administrator sees them. `from`: who says which role they have. */
export const staffRow = v.strictObject({
  staffId: id,
  name,
  role: staffRole,
  from: v.picklist(['here', 'provider']),
  /** How a local account signs in; `invited`: not yet. */
  account: v.picklist(['passkey', 'password', 'invited', 'none']),
  disabled: v.boolean(),
})
export type StaffRow = v.InferOutput<typeof staffRow>
export const staffList = v.strictObject({ staff: v.array(staffRow) })

export const staffAddition = v.strictObject({ name, role: staffRole })
export const staffChange = v.strictObject({
  staffId: id,
  role: v.optional(staffRole),
  disabled: v.optional(v.boolean()),
})
export const staffRef = v.strictObject({ staffId: id })
/** A link that makes an account usable, to be shown once. */
export const invitationLink = v.strictObject({ staffId: id, url: v.string(), untilMs: milliseconds })
export type InvitationLink = v.InferOutput<typeof invitationLink>
