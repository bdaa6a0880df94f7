/** How long letters are tried, and when again: what nobody can use any more is not sent. */
import { missingMs, reminderMs } from '../../core/visit.ts'
import type { LetterKind } from '../visits/post.ts'
import type { Time } from './letters.ts'

const minuteMs = 60_000
const firstWaitMs = 15_000
const longestWaitMs = 2 * minuteMs
/** So long a letter that is at fault itself is tried, from its first try; after so long staff are told that one has not gone. */
export const patienceMs = 120 * minuteMs
/** So long rows are kept that staff may want to look at. */
export const keptMs = 90 * 24 * 60 * minuteMs

/** After so many tries that failed. */
export function waitMs(tries: number): number {
  return Math.min(firstWaitMs * 2 ** Math.min(tries - 1, 10), longestWaitMs)
}

/** From then on it says nothing that helps: the day before until the other reminder comes, that one until somebody is missing. */
export function senseUntilMs(kind: LetterKind, { startMs, endMs }: Time): number {
  if (kind === 'reminder-day') return startMs - reminderMs.soon
  return kind === 'reminder-soon' ? startMs + missingMs : endMs
}
