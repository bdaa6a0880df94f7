/** What is said of the hours in which a person's telephones are not told. */
import { clockOfMinute } from '../core/minutes.ts'
import type { QuietHours } from '../state/phone.ts'
import { phoneQuiet } from './texts/phone-quiet.ts'

export const quietWords = phoneQuiet('quiet')

export function dailyWord({ fromMinute, untilMinute }: QuietHours): string {
  return quietWords.daily({ from: clockOfMinute(fromMinute), until: clockOfMinute(untilMinute) })
}
