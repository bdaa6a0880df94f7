/** What the station says to staff: short, exact, and always what to do next. */
import type { CallMode, Party } from '../core/call-state.ts'
import type { ApiFailure, CameraFailure, SocketRefusal } from '../state/ports.ts'
import type { BedView } from '../state/station.ts'
import { either } from './texts/catalogue.ts'
import { dateFormat } from './texts/dates.ts'
import { staff } from './texts/staff.ts'
import { type Advice, cameraTrouble, refusals, timeOf } from './words.ts'

export type Patient = NonNullable<BedView['patient']>

export const signInFirst: Advice = staff('signInFirst')
export const signInProblems: Record<ApiFailure, Advice> = either(staff('signIn'), refusals)
export const dismissalWords = staff('dismissals')
export const boardWords = staff('board')
export const callWords = staff('call')
export const elsewhereWords = staff('elsewhere')
export const checkWords = staff('check')
export const qualityWords = staff('quality')
export const trustWords = staff('trust')
export const keysWords = staff('keys')
export const planOpening = staff('planOpening')
export const startingWords: Record<'starting' | 'lost', Advice> = staff('starting')

/** Why the server sent this page away; `unauthenticated` is the sign-in page's own business. */
export const dismissals: Record<SocketRefusal, Advice> = either(dismissalWords, {
  unauthenticated: signInFirst,
  cloned: signInFirst,
})

const bedStates = staff('bedStates')

/** Until when nobody may call this bed; null: the curtain is open, or its tablet is not there to say. */
export function privateUntil({ state, report }: BedView): string | null {
  const untilMs = report?.privacyUntilMs ?? null
  return state.type === 'ready' && untilMs !== null ? timeOf(untilMs) : null
}

/** A bed's state in the exact words of the board. */
export function bedStateWord(bed: BedView): string {
  const { state } = bed
  const time = privateUntil(bed)
  if (time !== null) return bedStates.privacy({ time })
  switch (state.type) {
    case 'ready':
    case 'ringing':
      return bedStates[state.type]
    case 'in-call':
      return bedStates['in-call']({ name: state.with })
    case 'offline':
      return bedStates.offline({ time: timeOf(state.sinceMs) })
  }
}

export function readyCount(beds: readonly BedView[]): string {
  const ready = beds.filter((bed) => bed.state.type === 'ready' && privateUntil(bed) === null).length
  return boardWords.count({ ready, count: beds.length })
}

export function staleWord(sinceMs: number): string {
  return boardWords.stale({ time: timeOf(sinceMs) })
}

const birthday: Intl.DateTimeFormatOptions = { dateStyle: 'long' }

/** `born 2 March 1944`: the month in letters, so that nobody swaps it with the day. */
export function bornWord(patient: Patient): string {
  return boardWords.born({ date: dateFormat(birthday, 'UTC').format(Date.parse(patient.born)) })
}

export function knockPolicy(report: BedView['report']): string {
  return report?.knock ? boardWords.knocks : boardWords.rings
}

const outgoing = staff('outgoing')

/** `Ringing bed 1`; staff go by name. */
export function outgoingWord(peer: Party, mode: CallMode, heard: 'reaching' | 'ringing'): string {
  const name = peer.type === 'bed' ? peer.label : peer.name
  const how = heard === 'ringing' && mode === 'knock' ? 'knocking' : heard
  return outgoing[how]({ kind: peer.type, name })
}

/** `0:07`, `12:30`. */
export function durationWord(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** What to do about one's own camera before calling again. */
export function cameraAdvice(failure: CameraFailure): string {
  const { said, steps } = cameraTrouble(failure)
  return [said, ...steps].join(' ')
}

/** What stands on the key, and what it does. */
export function keyList(): readonly (readonly [string, string])[] {
  return [
    ['1 – 9', keysWords.numbers],
    ['Enter', keysWords.enter],
    ['Tab', keysWords.tab],
    ['Esc', keysWords.escape],
    ['?', keysWords.question],
  ]
}
