/** What is said to staff of visits by video, and of the letter that invites to one. */
import type { CallState } from '../core/call-state.ts'
import type { Remark, Usable } from '../core/device-test.ts'
import { rejoinMs } from '../core/visit.ts'
import type { PhotoRefusal } from '../state/visit-photos.ts'
import { isToday, type Today } from '../state/visit-rows.ts'
import type { AdmitFailure, VisitsNow, VisitView } from '../state/visits.ts'
import { localeNow } from './texts/catalogue.ts'
import { dateFormat } from './texts/dates.ts'
import { letterIn, visits } from './texts/visits.ts'
import { timeOf } from './words.ts'

export { letterIn }

export const visitWords = visits('visits')
export const questionWords = visits('questions')
export const sayWords = visits('say')
export const admitWords = visits('admit')
export const identifyWords = visits('identify')
export const photosWords = visits('photos')
export const photoFailureWords: Readonly<Record<Exclude<PhotoRefusal, 'busy'>, string>> =
  visits('photoFailures')
export const afterWords = visits('after')
export const inviteWords = visits('invite')
export const usableWords: Record<Usable, string> = visits('usable')
export const remarkWords: Record<Remark, string> = visits('remarks')
const states: Record<VisitView['state'], string> = visits('states')
const failures = visits('failures')
const ends = visits('ends')

export type Hindrance = 'offline' | 'unconfirmed' | 'no-birth' | 'no-address' | 'no-mail'
export const hindranceWords: Record<Hindrance, string> = visits('hindrances')

const birthday: Intl.DateTimeFormatOptions = { dateStyle: 'long' }

/** The month in letters, so that nobody swaps it with the day. */
export function visitBornWord({ born }: Pick<VisitView, 'born'>): string {
  if (born === null) return visitWords.noBorn
  return visitWords.born({ date: dateFormat(birthday, 'UTC').format(Date.parse(born)) })
}

/** Where they are, and for how long they have waited; `nowMs`: by the server's clock, as `waitsSinceMs` is. */
export function visitStateWord({ state, waitsSinceMs, with: peer }: VisitView, nowMs: number): string {
  if (state === 'called' && peer !== null) return visitWords.with({ name: peer })
  return state === 'waiting' ? visitWords.waits({ count: minutesSince(waitsSinceMs, nowMs) }) : states[state]
}

export function minutesSince(ms: number, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - ms) / 60_000))
}

/** How the invitation travelled, and how far. */
export function mailWord({ state, to, atMs, problem }: VisitView['mail']): string {
  if (state === 'none' || to === null) return inviteWords.letter
  if (state === 'waiting') return inviteWords.waiting({ to })
  if (state === 'failed') return inviteWords.failed({ to, problem: problem ?? '' })
  return inviteWords.sent({ to, time: momentOf(atMs) })
}

const moment: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' }

function momentOf(ms: number | null): string {
  return ms === null ? '' : dateFormat(moment).format(ms)
}

export function agreedWord({ startMs }: VisitView, zone: string | null): string {
  return visitWords.agreed({ time: clockIn(startMs, zone) })
}

/** [VISIT-1] Until when the same link leads back after a call that ended just then. */
export function mayBackWord({ endMs }: VisitView, endedMs: number, zone: string | null): string {
  return afterWords.mayBack({ time: clockIn(Math.max(endMs, endedMs) + rejoinMs, zone) })
}

/** Null: it is today. */
export function otherDayWord({ startMs }: VisitView, { nowMs, zone }: Omit<Today, 'awaited'>): string | null {
  return isToday(startMs, { nowMs, zone }) ? null : dateFormat(day, zone ?? undefined).format(startMs)
}

const day: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' }

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

function clockIn(ms: number, zone: string | null): string {
  return zone === null ? timeOf(ms) : dateFormat(clock, zone).format(ms)
}

/** Null: nobody rated. */
export function ratingsWord({ ratings }: VisitsNow): string | null {
  const count = ratings.reduce((sum, one) => sum + one, 0)
  if (count === 0) return null
  const stars = ratings.reduce((sum, one, at) => sum + one * (at + 1), 0)
  const average = new Intl.NumberFormat(localeNow(), { maximumFractionDigits: 1 }).format(stars / count)
  return visitWords.ratings({ average, count })
}

/** How the call with a visitor ended, where that is another thing than with a bed; null: it is not. */
export function visitEndWord(
  reason: Extract<CallState, { type: 'ended' }>['reason'],
  name: string,
): string | null {
  switch (reason) {
    case 'no-answer':
    case 'declined':
    case 'device-unready':
    case 'permission-lost':
    case 'connection-lost':
    case 'verification-failed':
      return ends[reason]({ name })
    default:
      return null
  }
}

export function visitFailure(failure: AdmitFailure): string {
  switch (failure) {
    case 'uncertified':
    case 'no-key':
    case 'changed':
    case 'conflict':
    case 'not-found':
    case 'forbidden':
    case 'unavailable':
    case 'unreachable':
      return failures[failure]
    default:
      return failures.other
  }
}
