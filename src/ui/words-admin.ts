/** What the administrator's pages say. */
import { relayWays, type WaysFound } from '../core/ways.ts'
import type { KeysProblem } from '../state/admin-keys.ts'
import type { TabletRow } from '../state/admin-tablets.ts'
import type { WardProblem } from '../state/admin-ward.ts'
import { admin } from './texts/admin.ts'
import { dateFormat } from './texts/dates.ts'
import { type Advice, refusals, timeOf } from './words.ts'

export const adminWords = admin('app')
export const noSections: Advice = admin('noSections')
export const keysWords = admin('keys')
export const staffWords = admin('staff')
export const wardWords = admin('ward')
export const roomsWords = admin('rooms')
export const areasWords = admin('areas')
export const interpreterWords = admin('interpreters')
export const dutyWords = admin('duties')
export const tabletsPage = admin('tablets')

const states: Record<Exclude<TabletRow['state'], 'bound'>, string> = admin('tabletStates')

export function tabletWord({ state, offlineSinceMs }: TabletRow): string {
  if (state !== 'bound') return states[state]
  return offlineSinceMs === null ? tabletsPage.here : tabletsPage.offline({ time: timeOf(offlineSinceMs) })
}

/** What a tablet found of the ways to the relay: `Relay: UDP works, TLS does not`. */
export function waysWord(found: WaysFound): string {
  const told = relayWays.flatMap((way) => {
    const state = found[way]
    if (state === undefined) return []
    return [tabletsPage[state === 'open' ? 'wayOpen' : 'wayClosed']({ way: way.toUpperCase() })]
  })
  return tabletsPage.relay({ ways: told.join(', ') })
}

export function keysProblemWords(problem: KeysProblem): string {
  if (problem === 'no-grant') return keysWords.noGrant
  if (problem === 'unknown-code' || problem === 'used-code') return refusals['not-found'].said
  if (problem === 'conflict') return keysWords.conflict
  if (problem === 'bad-request') return keysWords.badRequest
  const { said, todo } = refusals[problem]
  return `${said} ${todo}`
}

const day: Intl.DateTimeFormatOptions = { dateStyle: 'long' }

export function dateWord(ms: number): string {
  return dateFormat(day).format(ms)
}

export function wardProblemWords(problem: WardProblem): string {
  if (problem === 'not-labels') return wardWords.notLabels
  if (problem === 'bed-known') return wardWords.bedKnown
  if (problem === 'no-such-bed') return wardWords.noSuchBed
  if (problem === 'not-interpreting') return interpreterWords.notInterpreting
  const { said, todo } =
    refusals[problem === 'unknown-code' || problem === 'used-code' ? 'not-found' : problem]
  return `${said} ${todo}`
}
