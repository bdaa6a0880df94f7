/** What a patient wishes for one stay: how they are spoken to, how they may be called, and who agreed to that. */
import * as v from 'valibot'
import { name } from './primitives.ts'

/** Percent of what the tablet's screens are drawn for. */
export const textSizes = [100, 125, 150, 200] as const
export const hearings = ['well', 'hard-of-hearing', 'deaf'] as const
export const sights = ['well', 'low', 'blind'] as const
/** `knock-by-day`: at night a knock is a ring. `in-person`: no call is put through. */
export const answerWishes = ['ring', 'knock', 'knock-by-day', 'in-person'] as const
export type AnswerWish = (typeof answerWishes)[number]

export const dayMinutes = 24 * 60
/** Minutes since midnight by the ward's clock. */
const minuteOfDay = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(dayMinutes - 1))

/** From, up to and not including, until; over midnight where it ends before it begins. */
export const quietHours = v.strictObject({ fromMinute: minuteOfDay, untilMinute: minuteOfDay })
export type QuietHours = v.InferOutput<typeof quietHours>
/** When family who have a link may ring. */
export const visitHours = quietHours
export type VisitHours = v.InferOutput<typeof visitHours>

/** `none`: nobody has agreed to more than a ring. */
export const consent = v.variant('type', [
  v.strictObject({ type: v.literal('patient') }),
  v.strictObject({ type: v.literal('representative'), name }),
  /** Who decided in the best interests of a patient who cannot. */
  v.strictObject({ type: v.literal('best-interests'), name }),
  v.strictObject({ type: v.literal('none') }),
])
export type Consent = v.InferOutput<typeof consent>

export const wishes = v.strictObject({
  /** BCP 47; null: what the tablet's browser reads. */
  language: v.nullable(v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{2,35}$/))),
  textSize: v.picklist(textSizes),
  hearing: v.picklist(hearings),
  sight: v.picklist(sights),
  answer: v.picklist(answerWishes),
  quiet: v.nullable(quietHours),
  /** Null: no family rings here. */
  visits: v.nullable(visitHours),
  /** Whether those who share the room were told that calls are heard there. */
  roommates: v.picklist(['told', 'not-told']),
  consent,
})
export type Wishes = v.InferOutput<typeof wishes>

/** Of whom nothing is known: they are rung, and nothing more. */
export const unspoken: Wishes = {
  language: null,
  textSize: 100,
  hearing: 'well',
  sight: 'well',
  answer: 'ring',
  quiet: null,
  visits: null,
  roommates: 'not-told',
  consent: { type: 'none' },
}
