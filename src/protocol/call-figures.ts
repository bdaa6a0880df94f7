/** How a call went for one of its ends: counts and durations, and nothing of what was said or seen in it. */
import * as v from 'valibot'
import { relayWays } from './ice.ts'
import { id } from './primitives.ts'

export const linkWays = ['direct', 'relay'] as const

/** No end measures longer, or counts further, than this. */
export const longestMs = 86_400_000
export const mostReconnections = 10_000

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const duration = v.pipe(whole, v.maxValue(longestMs))

export const callFigures = v.strictObject({
  /** From this end's own answer, or from the news of it, until the call was live; null: it never was, or this page came back to it. */
  setUpMs: v.nullable(duration),
  /** How often it was lost and came back. */
  reconnections: v.pipe(whole, v.maxValue(mostReconnections)),
  /** For how long it was each of the three words of `core/quality.ts`. */
  goodMs: duration,
  weakMs: duration,
  lostMs: duration,
  /** The last way that its packets took, and what they travelled in; null: the browser did not tell. */
  way: v.nullable(v.picklist(linkWays)),
  over: v.nullable(v.picklist(relayWays)),
})
export type CallFigures = v.InferOutput<typeof callFigures>

/** Said once by each end, when the call is over there; said again it changes nothing. */
export const figuresMessage = v.strictObject({
  type: v.literal('call.figures'),
  callId: id,
  figures: callFigures,
})
