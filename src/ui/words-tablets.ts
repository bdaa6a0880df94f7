/** What staff read about a bed's tablet, at the station and on the administrator's page. */
import type { DigitsOutcome, TabletRow } from '../state/admin-tablets.ts'
import { staff } from './texts/staff.ts'
import { type Advice, refusals } from './words.ts'

type State = TabletRow['state']

/** Why a bed's tablet needs somebody; the others need nobody. */
export const tabletNeeds: Partial<Record<State, string>> = staff('tabletNeeds')

/** What to do about it, above the field for the digits. */
export const tabletAdvice: Partial<Record<State, string>> = staff('tabletAdvice')

export const digitsWords = staff('digits')

export function digitsOutcomeWord(outcome: DigitsOutcome): string {
  switch (outcome.outcome) {
    case 'confirmed':
    case 'not-digits':
    case 'nothing-waits':
      return digitsWords[outcome.outcome]
    case 'wrong-digits':
      return outcome.triesLeft > 0 ? digitsWords.wrong({ left: outcome.triesLeft }) : digitsWords.noTries
    case 'failed': {
      const { said, todo } = adviceOf(outcome.failure)
      return `${said} ${todo}`
    }
  }
}

export function adviceOf(failure: Extract<DigitsOutcome, { outcome: 'failed' }>['failure']): Advice {
  return failure === 'unknown-code' || failure === 'used-code' ? refusals['not-found'] : refusals[failure]
}
