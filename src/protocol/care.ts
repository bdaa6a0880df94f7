/** What is said about who cares for whom today: staff name the beds that are theirs, and patients read who that is. */
import * as v from 'valibot'
import { staffParty } from './people.ts'
import { id, milliseconds, mostBeds } from './primitives.ts'

/** `untilMs` (server clock): a tablet that hears of nothing any more names them no longer than that. */
export const carer = v.strictObject({ ...staffParty.entries, untilMs: v.optional(milliseconds) })
export type Carer = v.InferOutput<typeof carer>

/** More names help no patient. */
export const mostCarers = 12

export const careClientMessages = [
  /** These beds are mine from now on, and no others. */
  v.strictObject({
    type: v.literal('care.take'),
    bedIds: v.pipe(v.array(id), v.maxLength(mostBeds)),
  }),
] as const

/** To a bed's tablet: who cares for whoever lies there, in the order in which they came. */
export const careChanged = v.strictObject({
  type: v.literal('care.changed'),
  carers: v.pipe(v.array(carer), v.maxLength(mostCarers)),
})
