/** What staff are told of tablets, and say to bind one to a bed; what the tablet itself says is in `tablets.ts`. */
import * as v from 'valibot'
import { waysFound } from './ice.ts'
import { tabletState } from './people.ts'
import { bedLabel, id, milliseconds } from './primitives.ts'
import { toldHealth } from './tablet-health.ts'

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

export const tabletRow = v.strictObject({
  bedId: id,
  label: bedLabel,
  state: tabletState,
  /** A tablet waits at this bed for its digits, whatever the state is. */
  waits: v.boolean(),
  /** Null: it is there. */
  offlineSinceMs: v.nullable(milliseconds),
  /** What it said of the ways to the relay; not there before. */
  ways: v.optional(waysFound),
  /** Null: this bed has no tablet, or it said nothing yet. */
  health: v.nullable(toldHealth),
})
export type TabletRow = v.InferOutput<typeof tabletRow>
export const tabletList = v.strictObject({ tablets: v.array(tabletRow) })
