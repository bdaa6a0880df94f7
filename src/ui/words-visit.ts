/** What the page of an outpatient says: from its link to its end, with times by the hospital's clock. */
import { rejoinMs } from '../core/visit.ts'
import type { LastCall, OutpatientVisit, VisitEnd, VisitNote, VisitPage, VisitYours } from '../state/visit.ts'
import type { BornSaid, ClosedWhy, Renewal } from '../state/visit-door.ts'
import type { InApp } from '../state/visit-ports.ts'
import { localeNow } from './texts/catalogue.ts'
import { clockOf, dateFormat, plainDay } from './texts/dates.ts'
import { visit } from './texts/visit.ts'
import { type Advice, nameOf, roleOf } from './words.ts'

export const doorWords = visit('door')
export const inAppWords = visit('inApp')
export const unableWords = visit('unable')
export const bornWords = visit('born')
export const blockedWords = visit('blocked')
export const otherDeviceWords = visit('otherDevice')
export const renewWords = visit('renew')
export const roomWords = visit('room')
export const calledWords = visit('called')
export const afterWords = visit('after')
export const ratingWords = visit('rating')

export const closedWords: Record<ClosedWhy, Advice> = visit('closed')
export const endWords: Record<VisitEnd, Advice> = visit('over')
const lastWords: Record<Exclude<LastCall, 'none'>, string> = visit('last')
const appNames: Record<InApp, string> = visit('apps')
const tabWords = visit('tab')

/** Apps whose way out is at the edge, and not behind three dots. */
const compassApps: readonly InApp[] = ['gmail', 'google', 'whatsapp', 'outlook', 'telegram']

export function appName(inApp: InApp): string {
  return appNames[inApp]
}

export function wayOut(inApp: InApp, browser: string): readonly string[] {
  return inAppWords[compassApps.includes(inApp) ? 'compass' : 'dots']({ browser }).split('\n')
}

const short: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' }
const whole: Intl.DateTimeFormatOptions = { dateStyle: 'short', timeStyle: 'short' }
const shortDay: Intl.DateTimeFormatOptions = { weekday: 'short' }

/** `Helsinki` of `Europe/Helsinki`. */
function cityOf(zone: string): string {
  return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
}

/** Whether this device's clock shows something else at that time. */
function isElsewhere(ms: number, zone: string): boolean {
  return dateFormat(whole, zone).format(ms) !== dateFormat(whole).format(ms)
}

/** `10:00`, and from another zone `10:00, Helsinki time (03:00 where you are)`. */
export function timeIn(ms: number, zone: string): string {
  if (!isElsewhere(ms, zone)) return clockOf(ms, zone)
  const isOtherDay = plainDay(short, ms, zone) !== plainDay(short, ms)
  const day = isOtherDay ? `${dateFormat(shortDay).format(ms)} ` : ''
  const here = roomWords.here({ time: `${day}${clockOf(ms)}` })
  return `${roomWords.zoned({ time: clockOf(ms, zone), city: cityOf(zone) })} (${here})`
}

export function dayIn(ms: number, zone: string): string {
  return plainDay(short, ms, zone)
}

export type BornField = 'day' | 'month' | 'year'

/** As dates are written in the language of the page; `locale` by itself for tests. */
export function bornOrder(locale = localeNow()): readonly BornField[] {
  const numbers = { day: 'numeric', month: 'numeric', year: 'numeric' } as const
  const parts = new Intl.DateTimeFormat(locale, numbers).formatToParts(0)
  return parts.flatMap(({ type }) => (type === 'day' || type === 'month' || type === 'year' ? [type] : []))
}

/** Null: there is nothing to say. */
export function bornSaidWord(said: BornSaid): string | null {
  if (said.type === 'wrong') return bornWords.wrong({ left: said.left })
  if (said.type !== 'failed') return null
  return said.failure === 'too-many' ? bornWords.tooMany : bornWords.failed
}

export function renewalWord(renewal: Renewal): string | null {
  return renewal === 'not' ? null : renewWords[renewal]
}

const minuteMs = 60_000
/** Less is no lateness. */
const lateStep = 5

/** In whole five minutes; 0: it is on time. */
export function lateMinutes(startMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - startMs) / minuteMs / lateStep) * lateStep)
}

export function beforeWord({ before }: VisitYours): string {
  return before === 0 ? roomWords.next : roomWords.before({ count: before })
}

/** What somebody of the staff said to whoever waits. */
export function noteWord({ by: name, said }: VisitNote): string {
  if (said.type === 'text') return roomWords.note({ name, text: said.text })
  return roomWords.noteLate({ name, count: said.minutes })
}

/** Null: it is not known any more until when. */
export function againUntil({ endMs, zone }: VisitYours, nowMs: number): string | null {
  const untilMs = endMs + rejoinMs
  return untilMs > nowMs ? roomWords.againUntil({ time: timeIn(untilMs, zone) }) : null
}

export function lastWord(last: LastCall): string | null {
  return last === 'none' ? null : lastWords[last]
}

export function calledWord({ call }: Extract<VisitPage, { type: 'called' }>): string {
  return calledWords[call.continued ? 'continued' : 'title']({ name: nameOf(call.peer) })
}

export function withWord({ by }: Extract<VisitPage, { type: 'over' }>): string | null {
  return by && afterWords.with({ name: nameOf(by), role: roleOf(by) })
}

const starWords = ['star1', 'star2', 'star3', 'star4', 'star5'] as const

/** `4 stars: Good`. */
export function starsWord(count: 1 | 2 | 3 | 4 | 5): string {
  const [word = 'star5'] = starWords.slice(count - 1)
  return ratingWords.stars({ count, word: ratingWords[word] })
}

/** What the browser's tab says to whoever looks at another one. */
export function tabWord({ page, yours, connection }: OutpatientVisit): string {
  const now = page.value
  if (now.type === 'called') return tabWords.called
  if (now.type === 'over') return tabWords.over
  if (now.type !== 'waiting') return doorWords.title
  if (connection.value.type === 'lost') return tabWords.lost
  const told = yours.value
  if (told?.state !== 'waiting') return doorWords.title
  return told.before === 0 ? tabWords.next : tabWords.before({ count: told.before })
}
