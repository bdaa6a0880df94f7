/**
 * How two ends find the words that their people compare aloud, where no secret was shared that the server does not know (an
 * outpatient's link went through it): commit, answer, reveal, over the verified link. `core/compared.ts` says what that is worth.
 */
import * as v from 'valibot'
import { hash } from './proof.ts'

/** 256 random bits. */
const nonce = hash

const said = v.variant('step', [
  /** By whoever made the first offer: the hash of its nonce. */
  v.strictObject({ type: v.literal('compare'), step: v.literal('commit'), commitment: hash }),
  v.strictObject({ type: v.literal('compare'), step: v.literal('answer'), nonce }),
  v.strictObject({ type: v.literal('compare'), step: v.literal('reveal'), nonce }),
])
export type CompareSaid = v.InferOutput<typeof said>

/** Null for anything else; never throws. */
export function decodeCompare(text: string): CompareSaid | null {
  try {
    const decoded = v.safeParse(said, JSON.parse(text))
    return decoded.success ? decoded.output : null
  } catch {
    return null
  }
}
