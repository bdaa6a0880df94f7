/** What is said about who cares for whom today: staff name the beds that are theirs, and patients read who that is. */
import * as v from 'valibot'
import { staffParty } from './people.ts'
import { id, mostBeds } from './primitives.ts'

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
  carers: v.pipe(v.array(staffParty), v.maxLength(mostCarers)),
})
