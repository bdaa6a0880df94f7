/** The ward's staff code, which opens a tablet's settings: what tablets check it by, what they say of it, and who reads it. */
import * as v from 'valibot'
import { base64url, counter, milliseconds } from './primitives.ts'
import { sixDigits } from './tablet-desk.ts'

/**
 * Something to check a code by that does not show it: PBKDF2 (RFC 8018 §5.2) with HMAC-SHA-256, 256 bits, base64url. The
 * salt goes in as the text that it is here.
 */
export const codeCheck = v.strictObject({ salt: base64url(64), rounds: counter, hash: base64url(64) })
export type CodeCheck = v.InferOutput<typeof codeCheck>

/** To a bed's tablet: the ward has another code. The one of the moment is in its welcome. */
export const staffCodeChanged = v.strictObject({ type: v.literal('staff-code.changed'), check: codeCheck })

function messages() {
  return [
    /** `refused`: wrong so often that the tablet waits now. */
    v.strictObject({ type: v.literal('settings.tried'), outcome: v.picklist(['opened', 'refused']) }),
    /** Somebody with the code takes this tablet off its bed. */
    v.strictObject({ type: v.literal('bed.leave') }),
  ] as const
}
/** To the server alone: no screen but a tablet's says them. */
export const settingsMessages = /* @__PURE__ */ messages()
export type SettingsMessage = v.InferOutput<(typeof settingsMessages)[number]>

function answers() {
  return v.strictObject({ code: sixDigits, madeMs: milliseconds })
}
/** Staff read it at their screens, and nobody chooses it. */
export const staffCodeAnswer = /* @__PURE__ */ answers()
export type StaffCode = v.InferOutput<typeof staffCodeAnswer>
