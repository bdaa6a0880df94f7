/** What is said about calendar links, calendar files and the keys of other programs. */
import type { FileState, IcsRefusal, ImportItem, ImportSkip, Integration } from '../state/plan-share.ts'
import type { ApiFailure } from '../state/ports.ts'

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

export const shareWords = {
  section: 'Calendars',
  close: 'Close',
  own: 'Links to my calendar',
  ownWhy:
    'A calendar program that has this link shows your appointments: what kind, when and where, and no patient. Whoever has the link can read it.',
  ward: 'Links to the ward’s calendar',
  wardWhy:
    'A calendar program that has this link shows all appointments of the ward: what kind, when and where, and no patient. Whoever has the link can read it.',
  name: 'What it is for, such as “my phone”',
  make: 'Make a link',
  made: 'Copy this link into your calendar program now. It is shown this once.',
  noLinks: 'There is no link.',
  revoke: 'Revoke',
  file: 'Take over a calendar file',
  fileWhy: 'Its entries are booked for you, up to the plan’s horizon. You see first what would be booked.',
  choose: 'Calendar file (.ics)',
  reading: 'Reading…',
  programs: 'Other programs',
  programsWhy:
    'A program with a key reads the ward’s plan as FHIR R4 at /fhir, patients’ stays among it; with a key to write it books and changes too.',
  programName: 'Which program',
  makeReader: 'Make a key to read',
  makeWriter: 'Make a key to write',
  madeKey: 'Give this key to the program now. It is shown this once.',
  noPrograms: 'No other program has a key.',
}

export function revokeWord(name: string): string {
  return `Revoke ${name}`
}

export function linkWord({ expiresMs, readMs }: { expiresMs: number; readMs: number | null }): string {
  const read = readMs === null ? 'never read' : `last read ${day.format(readMs)}`
  return `until ${day.format(expiresMs)}, ${read}`
}

export function programWord({ scope, usedMs }: Integration): string {
  const used = usedMs === null ? 'never used' : `last used ${day.format(usedMs)}`
  return `${scope === 'write' ? 'reads and writes' : 'reads'}, ${used}`
}

export function shareProblem(failure: ApiFailure): string {
  if (failure === 'unreachable') return 'The ward’s server does not answer. Try again when it does.'
  if (failure === 'too-many') return 'The server is busy. Try again in a minute.'
  if (failure === 'conflict') return 'There are as many as there may be. Revoke one first.'
  if (failure === 'bad-request') return 'That is too large, or not what was asked for.'
  return 'It was refused. Sign in again and try once more.'
}

const refusals: Readonly<Record<IcsRefusal, string>> = {
  'too-large': 'The file has more than 1 MB. Export fewer months.',
  'too-many-lines': 'The file has more than 10,000 lines. Export fewer months.',
  'line-too-long': 'The file has an entry that is too long',
  'not-text': 'The file holds something that is no text',
  'not-a-calendar': 'This is no calendar file. Choose one that ends in .ics',
  'badly-nested': 'The file is damaged: its parts do not end where they should',
  'too-many-events': 'The file has more than 2,000 entries. Export fewer months.',
  'too-slow': 'The file takes too long to read. Export fewer months.',
}

export function refusedFile({ why, line }: Extract<FileState, { type: 'refused' }>): string {
  const words = refusals[why]
  if (words.endsWith('.')) return words
  return line === null ? `${words}.` : `${words} (line ${line}).`
}

export const skipWords: Readonly<Record<ImportSkip, string>> = {
  cancelled: 'is cancelled',
  'free-time': 'takes no time',
  'all-day': 'lasts whole days',
  past: 'is over',
  'beyond-horizon': 'is too far ahead',
  'unsupported-rule': 'repeats in a way that is not known here',
  'unknown-zone': 'is in a time zone that is not known here',
  unreadable: 'cannot be read',
  senseless: 'has no end, ends before it begins, or lasts longer than a day',
  known: 'was taken over before',
  'too-many': 'is more than one file may bring',
  taken: 'is when something else is planned',
  'outside-hours': 'is outside your hours',
  away: 'is while you are away',
  forbidden: 'is not allowed to you',
  refused: 'is refused by the plan',
}

export function countWord(type: 'looked' | 'booked', items: readonly ImportItem[]): string {
  const count = items.filter(({ why }) => why === null).length
  const things = count === 1 ? '1 appointment' : `${count} appointments`
  return type === 'looked' ? `${things} would be booked.` : `${things} booked.`
}

/** What is left out, counted by reason, with the first line of each. */
export function skippedWords(items: readonly ImportItem[]): string[] {
  const byReason = new Map<ImportSkip, ImportItem[]>()
  for (const item of items)
    if (item.why !== null) byReason.set(item.why, [...(byReason.get(item.why) ?? []), item])
  return [...byReason].map(([why, some]) => {
    const [first] = some
    const name = first?.title || `the entry in line ${first?.line}`
    return some.length === 1
      ? `${name} ${skipWords[why]}.`
      : `${some.length} left out, such as ${name}: it ${skipWords[why]}.`
  })
}

export function bookWord(items: readonly ImportItem[]): string {
  return `Book ${items.filter(({ why }) => why === null).length}`
}
