/** What is said of the hospital's record: how it is with it, and what it says against what the ward says. */
import type { FeedAnswer, FeedDifference } from '../state/admin-feed.ts'
import { admin } from './texts/admin.ts'
import { dateFormat } from './texts/dates.ts'

export const feedWords = admin('feed')
const whys: Readonly<Record<string, string>> = admin('feedWhys')

const dayTime: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' }
const timeOf = (atMs: number) => dateFormat(dayTime).format(atMs)

export function feedStateWord({ state }: FeedAnswer): string {
  if (state.type === 'off') return feedWords.off
  if (state.type === 'live') return feedWords.live({ time: timeOf(state.heardMs) })
  return state.heardMs === null ? feedWords.never : feedWords.silent({ time: timeOf(state.heardMs) })
}

/** `Eero Salonen, 1948-03-02, DEMO-1048`, as far as the message said it. */
export function whoWord({ name, born, number }: FeedDifference): string {
  const said = [name, born, number].filter((part) => part !== null)
  return said.length === 0 ? feedWords.nobody : said.join(', ')
}

export function theirsWord({ place, theirs, location, takenBy }: FeedDifference): string {
  if (place === 'elsewhere') return feedWords.theirsElsewhere
  if (place === 'none') return feedWords.theirsNothing
  if (theirs === null) return feedWords.theirsUnknown({ location: location ?? '–' })
  const said = feedWords.theirsBed({ label: theirs })
  return takenBy === null ? said : `${said} ${feedWords.taken({ name: takenBy })}`
}

export function oursWord({ ours }: FeedDifference): string {
  return ours === null ? feedWords.oursNowhere : feedWords.oursBed({ label: ours })
}

export function whyWord({ why, atMs }: FeedDifference): string {
  const said = why === null ? feedWords.byHand : (whys[why] ?? why)
  return `${said} ${timeOf(atMs)}`
}
