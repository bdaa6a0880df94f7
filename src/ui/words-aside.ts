/** What is said beside the calls: of the curtain, and of a call that may be forgotten. */
import { aside } from './texts/aside.ts'
import { timeOf } from './words.ts'

export { privacyMinutes as privacyLengths } from '../core/privacy.ts'

export const privacyWords = aside('privacy')
export const stillWords = aside('still')

/** `30 minutes`. */
export function lengthWord(minutes: number): string {
  return privacyWords.length({ count: minutes })
}

/** `Nobody can call until 10:15.`, by this tablet's own clock, which stands beside it. */
export function privacyUntil(untilMs: number): string {
  return privacyWords.until({ time: timeOf(untilMs) })
}
