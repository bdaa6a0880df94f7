/**
 * What a call may do at a tablet: what was agreed at the admission, less what the patient wants less of just now, by the
 * ward's clock. Asked on the tablet, never of the caller (HZ-3). Rules are ADMIT-8 to ADMIT-12 in SPEC.md.
 */
import type { QuietHours, Wishes } from '../protocol/wishes.ts'
import type { AnswerPolicy } from './call-state.ts'
import { isWithin } from './minutes.ts'

/** What is so at the tablet at the moment of a call. `wishes` null: nobody lies there, or nobody was heard of yet. */
export type AtTheBed = {
  readonly wishes: Wishes | null
  /** What the patient chose on the tablet: as agreed, or a ring whatever was agreed. */
  readonly choice: 'agreed' | 'ring'
  /** Minutes since midnight by the ward's clock. */
  readonly minute: number
  readonly sound: 'on' | 'blocked'
  readonly stay: number | null
}

/** A knock outside this is a ring where it was agreed for the day, and whoever named no quiet hours sleeps. */
const day: QuietHours = { fromMinute: 7 * 60, untilMinute: 21 * 60 }

export function answerPolicyOf({ wishes, choice, minute, sound, stay }: AtTheBed): AnswerPolicy {
  return {
    knock: choice === 'agreed' && isKnockTime(wishes, minute) && !isQuiet(wishes, minute),
    overriddenKnock: choice === 'agreed' && isKnockTime(wishes, minute),
    privacy: false,
    away: false,
    inPerson: wishes?.answer === 'in-person',
    audible: sound === 'on',
    stay,
  }
}

/** [ADMIT-8] Whether a knock was agreed at all: without anybody's consent nothing is but a ring. */
export function mayKnock(wishes: Wishes | null): boolean {
  if (!wishes || wishes.consent.type === 'none') return false
  return wishes.answer === 'knock' || wishes.answer === 'knock-by-day'
}

/** [ADMIT-10] Quiet hours are another matter: they may be overridden, this may not. */
export function isKnockTime(wishes: Wishes | null, minute: number): boolean {
  if (!wishes || !mayKnock(wishes)) return false
  return wishes.answer === 'knock' || isDay(minute)
}

/** [ADMIT-11] Whether it is an hour of quiet: a ring is soft then, and the screen dim. */
export function isQuiet(wishes: Wishes | null, minute: number): boolean {
  return wishes !== null && wishes.quiet !== null && isWithin(wishes.quiet, minute)
}

export function isDay(minute: number): boolean {
  return isWithin(day, minute)
}
