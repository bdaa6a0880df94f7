/** What is said on the socket about who may visit a bed from outside; how they come is told in `family.ts`. */
import * as v from 'valibot'
import { counter, id, milliseconds, name } from './primitives.ts'
import { visitHours } from './wishes.ts'

/** Of one stay, those whom the patient has asked for among them. */
export const mostRelatives = 12

/** A patient's own: whoever may visit them, and whom they have asked for. `came`: they have rung, at `lastMs` for the last time. */
export const relative = v.strictObject({
  guestId: id,
  name,
  state: v.picklist(['wished', 'invited', 'came']),
  lastMs: v.nullable(milliseconds),
})
export type Relative = v.InferOutput<typeof relative>

export const familyClientMessages = [
  /** By a tablet, of the stay that is at its own bed. */
  v.strictObject({ type: v.literal('family.ask') }),
  v.strictObject({ type: v.literal('family.wish'), guestId: id, name }),
  v.strictObject({ type: v.literal('family.remove'), guestId: id }),
] as const

/** To the tablet that asked, and to it again when that has changed. */
export const familyYours = v.strictObject({
  type: v.literal('family.yours'),
  stay: counter,
  relatives: v.pipe(v.array(relative), v.maxLength(mostRelatives)),
  hours: v.nullable(visitHours),
})
export type FamilyYours = v.InferOutput<typeof familyYours>
