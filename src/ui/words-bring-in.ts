/** What is said to staff who bring somebody into their call. */
import type { Asking, CameOut, Hindrance } from '../state/bring-in.ts'
import type { InvitedGuest } from '../state/guests.ts'
import type { ApiFailure } from '../state/ports.ts'
import { bringIn } from './texts/bring-in.ts'
import { timeOf } from './words.ts'
import { whoIs } from './words-table.ts'

export const bringInWords = bringIn('bringIn')
export const interpreterWords = bringIn('interpreters')
export const picturesWords = bringIn('pictures')
export const cameOutWords: Record<CameOut, string> = bringIn('cameOut')
export const guestWords = bringIn('guests')
export const guestKindWords: Record<InvitedGuest['kind'], string> = bringIn('guestKinds')
const problems = bringIn('guestProblems')

const hindrances = { full: 'full', rings: 'rings', 'no-call': 'noCall' } as const

/** Why nobody can be asked now. */
export function hindranceWord(hindrance: Hindrance | 'offline'): string {
  return bringInWords[hindrance === 'offline' ? 'offline' : hindrances[hindrance]]
}

/** What becomes of the asking as a whole. */
export function askingStateWord({ state, asked }: Asking): string {
  const last = asked.at(-1)
  switch (state) {
    case 'asking':
      return interpreterWords.looking
    case 'came':
      return last ? interpreterWords.came({ who: whoIs(last.party) }) : ''
    case 'nobody':
      return interpreterWords.nobodyCame
    case 'full':
      return interpreterWords.noSeat
    case 'stopped':
      return interpreterWords.stopped
  }
}

/** `aheadMs`: how far the server's clock, by which a code ends, is ahead of this one's. */
export function invitedWord({ state, untilMs }: InvitedGuest, nowMs: number, aheadMs: number): string {
  if (state !== 'invited') return guestWords[state]
  if (untilMs < nowMs + aheadMs) return guestWords.expired
  return guestWords.waits({ time: timeOf(untilMs - aheadMs) })
}

export function guestProblem(failure: ApiFailure): string {
  switch (failure) {
    case 'not-found':
    case 'conflict':
    case 'unreachable':
    case 'too-many':
      return problems[failure]
    default:
      return problems.other
  }
}
