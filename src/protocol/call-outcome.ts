/** What staff say comes of a call that is over: one tap, for the record. */
import * as v from 'valibot'
import { id } from './primitives.ts'

/** `visit`: somebody goes to the bed. `nothing`: it needs nothing more. */
export const callOutcomes = ['done', 'visit', 'later', 'nothing'] as const
export const callOutcome = v.picklist(callOutcomes)
export type CallOutcome = v.InferOutput<typeof callOutcome>

/** Said again, the last one counts. */
export const outcomeMessage = v.strictObject({
  type: v.literal('call.outcome'),
  callId: id,
  outcome: callOutcome,
})
