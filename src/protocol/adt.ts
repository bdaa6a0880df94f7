/** What staff are told of the hospital's record: whether it is heard, and where it says otherwise than the ward. */
import * as v from 'valibot'
import { admissionRefusal } from './admission.ts'
import { bedLabel, id, milliseconds } from './primitives.ts'

/** `off`: nothing is configured. `silent`: for longer than expected; null: since ever. */
export const feedState = v.variant('type', [
  v.strictObject({ type: v.literal('off') }),
  v.strictObject({ type: v.literal('live'), heardMs: milliseconds }),
  v.strictObject({ type: v.literal('silent'), heardMs: v.nullable(milliseconds) }),
])
export type FeedState = v.InferOutput<typeof feedState>

const line = v.nullable(v.pipe(v.string(), v.maxLength(200)))

export const feedDifference = v.strictObject({
  saysId: id,
  name: line,
  born: line,
  number: line,
  /** The hospital's own words for the place. */
  location: line,
  /** `none`: it could not be read so far. */
  place: v.picklist(['bed', 'elsewhere', 'unknown', 'none']),
  /** Which bed the hospital means, and who else lies there. */
  theirs: v.nullable(bedLabel),
  takenBy: line,
  /** Where they lie here; null: nowhere. */
  ours: v.nullable(bedLabel),
  /** Why the message was refused; null: what was done by hand is newer, or an update says otherwise. */
  why: line,
  atMs: milliseconds,
  /** Whether it can be done as the hospital says, with one press. */
  mayTake: v.boolean(),
})
export type FeedDifference = v.InferOutput<typeof feedDifference>

export const feedAnswer = v.strictObject({ state: feedState, differences: v.array(feedDifference) })
export type FeedAnswer = v.InferOutput<typeof feedAnswer>

export const feedDecision = v.strictObject({ saysId: id, take: v.picklist(['hospital', 'ours']) })
export const feedDecided = v.strictObject({ refusal: v.nullable(admissionRefusal) })
