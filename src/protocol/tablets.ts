/** What is said while a tablet is bound to a bed: the code, the commitment, the six digits. */
import * as v from 'valibot'
import { bedParty } from './people.ts'
import { base64url, id } from './primitives.ts'

const nonce = base64url(64)
/** SHA-256, base64url. */
const commitment = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{43}$/))

/** By a short code; `commitment` binds the tablet to its key before it learns the server's nonce. */
export const beginRequest = v.strictObject({ code: v.pipe(v.string(), v.maxLength(64)), commitment })
/** By a tablet that knows which device it was and has no key, or one that is not its own any more. */
export const beginAgainRequest = v.strictObject({ deviceId: id, commitment })
export const beginAnswer = v.strictObject({ enrolmentId: id, bed: bedParty, nonce })
export type Begun = v.InferOutput<typeof beginAnswer>

/** Opens the commitment. */
export const revealRequest = v.strictObject({ enrolmentId: id, publicKey: base64url(200), nonce })

export const waitRequest = v.strictObject({ enrolmentId: id })
/** `over`: too late, too many wrong digits, or another tablet was confirmed. */
export const waitAnswer = v.variant('state', [
  v.strictObject({ state: v.literal('waiting') }),
  v.strictObject({ state: v.literal('confirmed'), deviceId: id }),
  v.strictObject({ state: v.literal('over') }),
])

/** What the commitment is the SHA-256 of (UTF-8). */
export function commitmentText(publicKey: string, tabletNonce: string): string {
  return `bedside-commitment/1|${publicKey}|${tabletNonce}`
}

/**
 * What the six digits are made of. The tablet is bound to its key and nonce before the server says its own, and the
 * server has said its own before it sees the key: neither can choose the digits, nor can whoever stands between them
 * (commit, then exchange: as ZRTP's short authentication string, RFC 6189 §4.4.1.1). Guessing succeeds once in a million.
 */
export function digitsText(
  enrolmentId: string,
  publicKey: string,
  tabletNonce: string,
  serverNonce: string,
): string {
  return `bedside-digits/1|${enrolmentId}|${publicKey}|${tabletNonce}|${serverNonce}`
}

/** Six digits of a SHA-256 hash: its first 48 bits modulo a million, which prefers none by more than 1 in 10^8. */
export function digitsOf(hash: Uint8Array): string {
  const number = hash.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0)
  return String(number % 1_000_000).padStart(6, '0')
}
