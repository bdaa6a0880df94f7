/** The words of a patient's report: third person, for somebody who was there. */
import type { EndReason } from '../../protocol/call.ts'
import type { CallOutcome } from '../../protocol/call-outcome.ts'
import type { Role } from '../../protocol/people.ts'

export const sectionWords = {
  calls: { title: 'Who called or knocked', none: 'Nobody called or knocked.' },
  rung: { title: 'Whom the tablet at the bed called', none: 'The tablet at the bed called nobody.' },
  requests: { title: 'What the patient asked for', none: 'The patient asked for nothing at the tablet.' },
  overrides: {
    title: 'Who overrode the ward’s limits',
    none: 'Nobody overrode the limits of the ward during this stay.',
  },
  scans: { title: 'Who showed a scan', none: 'No scan was shown.' },
  copies: { title: 'Who sent a copy of a scan', none: 'No copy of a scan was sent.' },
  looks: {
    title: 'Who looked into this record',
    none: 'Nobody looked into this record.',
  },
  stay: { title: 'What was changed about the stay', none: 'Nothing was changed.' },
} as const

const ends: Readonly<Record<EndReason, string>> = {
  'hung-up': 'ended by hanging up',
  cancelled: 'cancelled before it was answered',
  declined: 'declined',
  'no-answer': 'not answered',
  'privacy-on': 'not put through: privacy was on',
  away: 'not put through: nobody was there',
  'in-person': 'not put through: to be spoken to in person only',
  'device-unready': 'not put through: the device was not ready',
  'permission-lost': 'ended: the camera was not allowed',
  'rung-too-often': 'not put through: rung too often',
  busy: 'not put through: there was another call',
  'taken-elsewhere': 'answered at another screen',
  'verification-failed': 'ended: the other side could not be verified',
  overridden: 'overridden',
  'connection-lost': 'ended: the connection was lost',
  'table-full': 'could not be: four were in it',
  forgotten: 'ended: nobody said that it went on',
  left: 'ended: the screen was left',
}

export function endWords(detail: string | null): string {
  for (const [reason, words] of Object.entries(ends)) if (reason === detail) return words
  return detail ?? 'ended'
}

const outcomes: Readonly<Record<CallOutcome, string>> = {
  done: 'done',
  visit: 'somebody goes to the bed',
  later: 'to be called again later',
  nothing: 'nothing needed',
}

/** What staff noted after it, or nothing. */
export function outcomeWords(detail: string | null): string {
  for (const [outcome, words] of Object.entries(outcomes)) if (outcome === detail) return `; noted: ${words}`
  return ''
}

const needs = new Map<string | null, string>([
  ['water', 'asked for water'],
  ['pain', 'asked for help with pain'],
  ['toilet', 'asked to go to the toilet'],
  ['question', 'had a question'],
  ['other', 'asked for a nurse'],
])

export function needWords(detail: string | null): string {
  return needs.get(detail) ?? 'asked for a nurse'
}

const requestEnds = new Map<string | null, string>([
  ['here', 'the nurse was there'],
  ['done', 'done'],
  ['taken-back', 'taken back'],
  ['unheard', 'not sent: no station sounded'],
  ['stay-over', 'ended with the stay'],
])

export function requestEndWords(detail: string | null): string {
  return requestEnds.get(detail) ?? 'still open'
}

/** Seconds, or minutes and seconds. */
export function lasting(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** A role as a patient would say it. */
export function roleWord(role: Role): string {
  return role === 'admin' ? 'administrator' : role
}
