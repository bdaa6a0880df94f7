/** What is said of the hours in which a person's telephones are not told. */
import { clocksOf } from '../core/minutes.ts'
import type { QuietHours } from '../state/phone.ts'
import { phoneQuiet } from './texts/phone-quiet.ts'

export const quietWords = phoneQuiet('quiet')

export function dailyWord(hours: QuietHours): string {
  return quietWords.daily(clocksOf(hours))
}
