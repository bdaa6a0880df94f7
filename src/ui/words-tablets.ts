/** What staff read about a bed's tablet, at the station and on the administrator's page. */
import type { DigitsOutcome, TabletRow } from '../state/admin-tablets.ts'
import { refusals, timeOf } from './words.ts'

type State = TabletRow['state']

/** Why a bed's tablet needs somebody; the others need nobody. */
export const tabletNeeds: Partial<Record<State, string>> = {
  waiting: 'A tablet waits to be confirmed',
  cloned: 'Held: two tablets use this bed’s key',
  lost: 'Needs re-binding: the tablet has lost its key',
}

/** What to do about it, above the field for the digits. */
export const tabletAdvice: Partial<Record<State, string>> = {
  waiting: 'Go to the bed. Type the six digits that the tablet shows.',
  cloned:
    'Neither tablet can be called. Go to the bed and type the six digits of the tablet there. Tell your IT.',
  lost: 'It cannot be called. Go to the bed and type the six digits that the tablet shows.',
}

const states: Record<State, string> = {
  none: 'No tablet',
  waiting: 'Waits to be confirmed',
  bound: 'Enrolled',
  cloned: 'Held: two tablets use one key',
  lost: 'Needs re-binding',
}

export function tabletWord({ state, offlineSinceMs }: TabletRow): string {
  if (state !== 'bound') return states[state]
  return offlineSinceMs === null ? 'Enrolled, here' : `Enrolled, offline since ${timeOf(offlineSinceMs)}`
}

export const digitsWords = {
  label: (bed: string) => `Six digits on the tablet of bed ${bed}`,
  send: 'Confirm tablet',
}

export function digitsOutcomeWord(outcome: DigitsOutcome): string {
  switch (outcome.outcome) {
    case 'confirmed':
      return 'Confirmed. The tablet goes on by itself.'
    case 'not-digits':
      return 'Type all six digits.'
    case 'nothing-waits':
      return 'No tablet waits at this bed now. Look at the tablet: it shows new digits, or asks for a code.'
    case 'wrong-digits':
      return outcome.triesLeft > 0
        ? `These are not its digits. Tries left: ${outcome.triesLeft}.`
        : 'These are not its digits, five times. The tablet must begin again.'
    case 'failed': {
      const { said, todo } = refusalOf(outcome.failure)
      return `${said} ${todo}`
    }
  }
}

function refusalOf(failure: Extract<DigitsOutcome, { outcome: 'failed' }>['failure']) {
  return failure === 'unknown-code' || failure === 'used-code' ? refusals['not-found'] : refusals[failure]
}

export const tabletsPage = {
  title: 'Tablets',
  intro: 'A tablet comes to a bed by a code, and is confirmed at the bedside by six digits.',
  bed: 'Bed',
  state: 'Tablet',
  acts: 'What to do',
  make: 'Make a code',
  makeFor: (bed: string) => `Make a code for bed ${bed}`,
  revoke: 'Revoke',
  revokeFor: (bed: string) => `Revoke the tablet of bed ${bed}`,
  reallyRevoke: (bed: string) => `Revoke the tablet of bed ${bed}?`,
  revokeMeans: 'It leaves its call and cannot be called until a tablet is enrolled at this bed again.',
  keep: 'Keep it',
  codeFor: (bed: string) => `Code for bed ${bed}`,
  how: 'Scan it with the tablet, open the link on it, or type the code there.',
  left: (time: string) => `Works once, for ${time} more`,
  until: (time: string) => `Works once, until ${time}.`,
  over: 'This code is over. Make another.',
  print: 'Print',
  done: 'Done',
  qr: (bed: string) => `QR code that enrols a tablet at bed ${bed}`,
}
