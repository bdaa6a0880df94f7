/** What is said of calling colleagues, of duties, and of what is asked when nobody answers. */
import type { ConsultIn, ConsultView, DutyNow, Reach } from '../state/colleagues.ts'
import { colleague } from './texts/colleague.ts'
import { listOf } from './texts/dates.ts'
import { timeOf } from './words.ts'

export const colleagueWords = colleague('colleague')
export const dutyWords = colleague('duty')
export const consultWords = colleague('consult')
const reached = colleague('reached')
const states = colleague('states')

/** Whether somebody can be reached now, and where. */
export function reachWord({ screens, isBusy, hasPhone }: Reach): string {
  if (isBusy) return reached.busy
  if (screens > 0) return reached.here({ count: screens })
  return hasPhone ? reached.phone : reached.away
}

export function canRing({ screens, isBusy }: Reach): boolean {
  return screens > 0 && !isBusy
}

/** Who has it, `Maria Oja, Ben Okafor (in a call)`; that nobody has it is said. */
export function holdersWord({ holders }: DutyNow): string {
  if (holders.length === 0) return dutyWords.nobody
  const names = holders.map((one) =>
    canRing(one) ? one.party.name : `${one.party.name} (${reachWord(one)})`,
  )
  return listOf(names)
}

/** How far what was asked is, to whoever asked. */
export function consultWord({ state, to, at }: ConsultView): string {
  if (state.type === 'seen') return states.seen({ name: state.by.name, time: timeOf(state.untilMs) })
  if (state.type === 'unanswered') return states.unanswered
  return at === to ? states.waiting : states.passed({ name: at })
}

/** The same to whoever is asked. */
export function askedWord({ state }: ConsultView): string | null {
  return state.type === 'seen' ? states.promised({ name: state.by.name, time: timeOf(state.untilMs) }) : null
}

export function inMinutesWord(count: ConsultIn): string {
  return consultWords.minutes({ count })
}
