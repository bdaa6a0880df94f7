/** What is said about a patient's wish for the nurse. The wire is its state as it now is, so that repeats say nothing new. */
import * as v from 'valibot'
import { bedLabel, counter, id, milliseconds, name } from './primitives.ts'

export const requestReasons = ['water', 'pain', 'toilet', 'question', 'other'] as const
export const requestReason = v.picklist(requestReasons)
export type RequestReason = v.InferOutput<typeof requestReason>

/** How soon somebody says they come; 0 is now. */
export const comingMinutes = [0, 5, 15] as const
export const comingIn = v.picklist(comingMinutes)
export type ComingIn = v.InferOutput<typeof comingIn>

/** `unheard`: no station sounded in time; `stay-over`: the patient has left. */
export const requestEnds = ['here', 'done', 'taken-back', 'unheard', 'stay-over'] as const
export const requestEnd = v.picklist(requestEnds)
export type RequestEnd = v.InferOutput<typeof requestEnd>

/** Null on a locked screen, which shows nobody's name. */
const by = v.nullable(name)

/**
 * `reaching`: no station has said yet that it sounds; `sent`: one has, and sounds on; `unheard`: none does any more;
 * `overdue`: whoever wanted to come is not there. Times are by the server's clock.
 */
export const requestState = v.variant('type', [
  v.strictObject({ type: v.literal('reaching') }),
  v.strictObject({ type: v.literal('sent') }),
  v.strictObject({ type: v.literal('unheard') }),
  v.strictObject({ type: v.literal('seen'), by, atMs: milliseconds }),
  v.strictObject({ type: v.literal('coming'), by, inMinutes: comingIn, untilMs: milliseconds }),
  v.strictObject({ type: v.literal('overdue'), by, untilMs: milliseconds }),
  v.strictObject({ type: v.literal('ended'), how: requestEnd }),
])
export type RequestState = v.InferOutput<typeof requestState>

/** How loudly stations call for somebody; `none` once somebody has seen it. */
export const requestAlarm = v.picklist(['none', 'first', 'again', 'ward'])
export type RequestAlarm = v.InferOutput<typeof requestAlarm>

export const requestView = v.strictObject({
  requestId: id,
  bedId: id,
  label: bedLabel,
  /** The bed's stay it belongs to: a tablet shows nobody else's. */
  stay: counter,
  reason: requestReason,
  madeMs: milliseconds,
  state: requestState,
  alarm: requestAlarm,
})
export type RequestView = v.InferOutput<typeof requestView>

/** `late`: it came after its time; `stay`: somebody else lies there by now; `open-already`: this need is known. */
export const requestRefusal = v.picklist(['late', 'stay', 'open-already'])
export type RequestRefusal = v.InferOutput<typeof requestRefusal>

export const requestClientMessages = [
  /** `expiresAtMs` (server clock): one that arrives later is not made (HZ-4). */
  v.strictObject({
    type: v.literal('request.make'),
    requestId: id,
    reason: requestReason,
    stay: counter,
    expiresAtMs: milliseconds,
  }),
  v.strictObject({ type: v.literal('request.take-back'), requestId: id }),
  /** Pressed at the bed: somebody is there. */
  v.strictObject({ type: v.literal('request.here'), requestId: id }),
  /** This station has been heard: its sound for this request was played to its end. */
  v.strictObject({ type: v.literal('request.sounds'), requestId: id }),
  /** This station's sound is blocked from now on. */
  v.strictObject({ type: v.literal('request.silent') }),
  v.strictObject({ type: v.literal('request.see'), requestId: id }),
  v.strictObject({ type: v.literal('request.come'), requestId: id, inMinutes: comingIn }),
  v.strictObject({ type: v.literal('request.done'), requestId: id }),
] as const
export const requestMessage = v.variant('type', [...requestClientMessages])
export type RequestMessage = v.InferOutput<typeof requestMessage>

export const requestServerMessages = [
  /** All that are open, to a screen that begins anew; what is not among them is over. */
  v.strictObject({ type: v.literal('request.list'), requests: v.array(requestView) }),
  v.strictObject({ type: v.literal('request.changed'), request: requestView }),
  v.strictObject({ type: v.literal('request.refused'), requestId: id, why: requestRefusal }),
] as const
export type RequestNews = v.InferOutput<(typeof requestServerMessages)[number]>
