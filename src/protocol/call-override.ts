/** Calling a bed although its patient wants to be alone or to sleep: why, as it is told to the patient and written down (HZ-3). */
import * as v from 'valibot'
import { callMode } from './call-mode.ts'
import { counter, id, milliseconds } from './primitives.ts'

export const overrideWhys = ['worried', 'treatment', 'asked', 'other'] as const
export const shortestOverride = 10

/** What is overridden, the drawn curtain or quiet hours; what was chosen, and what was typed besides. */
export const callOverride = v.strictObject({
  over: v.picklist(['privacy', 'quiet']),
  why: v.picklist(overrideWhys),
  words: v.pipe(v.string(), v.minLength(shortestOverride), v.maxLength(300)),
})
export type CallOverride = v.InferOutput<typeof callOverride>

/** Everything else is as in `call.invite`; at a drawn curtain a knock is a ring. */
export const overrideMessage = v.strictObject({
  type: v.literal('call.override'),
  callId: id,
  bedId: id,
  mode: callMode,
  stay: counter,
  expiresAtMs: milliseconds,
  override: callOverride,
})
