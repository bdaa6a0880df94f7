/** What is said of family who visit from outside, to staff and to the patient. */
import { clocksOf } from '../core/minutes.ts'
import type { Relative, RelativesFailure } from '../state/relatives.ts'
import { relatives } from './texts/relatives.ts'
import { dayOf, timeOf } from './words.ts'

export const deskWords = relatives('desk')
export const mineWords = relatives('mine')
const problems = relatives('problems')

type Hours = { readonly fromMinute: number; readonly untilMinute: number } | null
type HourWords = { hours(values: { from: string; until: string }): string; readonly noHours: string }

/** When they may ring. */
export function visitHoursWord(words: HourWords, hours: Hours): string {
  if (!hours) return words.noHours
  return words.hours(clocksOf(hours))
}

type StateWords = Readonly<Record<'wished' | 'invited', string>> & { came(values: { when: string }): string }

/** How far somebody is: asked for, has a link, has rung. */
export function relativeWord(words: StateWords, { state, lastMs }: Relative): string {
  if (state !== 'came' || lastMs === null) return words[state === 'wished' ? 'wished' : 'invited']
  return words.came({ when: `${dayOf(lastMs)} ${timeOf(lastMs)}` })
}

export function relativesFailure(failure: RelativesFailure): string {
  switch (failure) {
    case 'not-found':
    case 'conflict':
    case 'too-many':
    case 'unreachable':
    case 'uncertified':
      return problems[failure]
    default:
      return problems.other
  }
}
