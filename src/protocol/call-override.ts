/** Calling a bed although its patient wants to be alone: why, as it is told to the patient and written down (HZ-3). */
import * as v from 'valibot'
import { counter, id, milliseconds } from './primitives.ts'

export const overrideWhys = ['worried', 'treatment', 'asked', 'other'] as const
export const shortestOverride = 10

/** What was chosen, and what was typed besides. */
export const callOverride = v.strictObject({
  why: v.picklist(overrideWhys),
  words: v.pipe(v.string(), v.minLength(shortestOverride), v.maxLength(300)),
})
export type CallOverride = v.InferOutput<typeof callOverride>

/** A ring, never a knock; everything else is as in `call.invite`. */
export const overrideMessage = v.strictObject({
  type: v.literal('call.override'),
  callId: id,
  bedId: id,
  stay: counter,
  expiresAtMs: milliseconds,
  override: callOverride,
})
