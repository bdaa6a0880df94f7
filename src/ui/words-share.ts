/** What is said about calendar links, calendar files and the keys of other programs. */
import type { FileState, IcsRefusal, ImportItem, ImportSkip, Integration } from '../state/plan-share.ts'
import type { ApiFailure } from '../state/ports.ts'
import { dateFormat } from './texts/dates.ts'
import { share } from './texts/share.ts'

export const shareWords = share('share')
const problems = share('problems')
const refusals: Readonly<Record<IcsRefusal, string>> = share('refusals')
export const skipWords: Readonly<Record<ImportSkip, string>> = share('skips')

const day: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }

function dayOf(ms: number): string {
  return dateFormat(day).format(ms)
}

export function linkWord({ expiresMs, readMs }: { expiresMs: number; readMs: number | null }): string {
  const date = dayOf(expiresMs)
  return readMs === null
    ? shareWords.linkUnread({ date })
    : shareWords.linkRead({ date, read: dayOf(readMs) })
}

export function programWord({ scope, usedMs }: Integration): string {
  return usedMs === null ? shareWords.unused({ scope }) : shareWords.used({ scope, date: dayOf(usedMs) })
}

export function shareProblem(failure: ApiFailure): string {
  switch (failure) {
    case 'unreachable':
    case 'too-many':
    case 'conflict':
    case 'bad-request':
      return problems[failure]
    default:
      return problems.other
  }
}

export function refusedFile({ why, line }: Extract<FileState, { type: 'refused' }>): string {
  const problem = refusals[why]
  if (problem.endsWith('.')) return problem
  return line === null ? `${problem}.` : shareWords.inLine({ problem, line })
}

export function countWord(type: 'looked' | 'booked', items: readonly ImportItem[]): string {
  return shareWords[type === 'looked' ? 'wouldBook' : 'booked']({ count: bookable(items) })
}

/** What is left out, counted by reason, with the first line of each. */
export function skippedWords(items: readonly ImportItem[]): string[] {
  const byReason = new Map<ImportSkip, ImportItem[]>()
  for (const item of items)
    if (item.why !== null) byReason.set(item.why, [...(byReason.get(item.why) ?? []), item])
  return [...byReason].map(([skip, some]) => {
    const [first] = some
    const name = first?.title || shareWords.entryIn({ line: first?.line ?? 0 })
    const why = skipWords[skip]
    return some.length === 1
      ? shareWords.skipped({ name, why })
      : shareWords.skippedMany({ count: some.length, name, why })
  })
}

export function bookWord(items: readonly ImportItem[]): string {
  const [count, changed] = [bookable(items), changing(items).length]
  return changed === 0 ? shareWords.book({ count }) : shareWords.takeOver({ count, changed })
}

/** What was taken over before and is not the same there any more: nothing of it changes unseen. */
export function changeWords(items: readonly ImportItem[]): string[] {
  return changing(items).map(({ title, does, fromMs, startMs }) => {
    const name = fromMs === null ? title : `${title} (${momentOf(fromMs)})`
    if (does === 'cancel') return shareWords.cancels({ name })
    if (does === 'change' || startMs === null) return shareWords.changes({ name })
    return shareWords.moves({ name, moment: momentOf(startMs) })
  })
}

function changing(items: readonly ImportItem[]): ImportItem[] {
  return items.filter(({ why, does }) => why === null && does !== 'book')
}

const moment: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' }

function momentOf(ms: number): string {
  return dateFormat(moment).format(ms)
}

function bookable(items: readonly ImportItem[]): number {
  return items.filter(({ why, does }) => why === null && does === 'book').length
}
