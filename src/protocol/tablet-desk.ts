/** What staff are told of tablets, and say to bind one to a bed; what the tablet itself says is in `tablets.ts`. */
import * as v from 'valibot'
import { id, milliseconds } from './primitives.ts'

export const sixDigits = v.pipe(v.string(), v.regex(/^\d{6}$/))

export const bedRequest = v.strictObject({ bedId: id })
/** `lastsMs`: how long the code works from now. */
export const codeAnswer = v.strictObject({ code: v.string(), url: v.string(), lastsMs: milliseconds })
export type TabletCode = v.InferOutput<typeof codeAnswer>

export const confirmRequest = v.strictObject({ bedId: id, digits: sixDigits })
export const confirmAnswer = v.variant('outcome', [
  v.strictObject({ outcome: v.literal('confirmed') }),
  v.strictObject({ outcome: v.literal('wrong-digits'), triesLeft: v.number() }),
  v.strictObject({ outcome: v.literal('nothing-waits') }),
])
export type Confirmation = v.InferOutput<typeof confirmAnswer>
