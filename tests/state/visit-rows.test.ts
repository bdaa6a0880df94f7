/** In which order staff see those who have a visit, and what waits for their word. */
import { describe, expect, test } from 'vitest'
import { mayInvite, questionsOf, rowsOf, waitersOf } from '../../src/state/visit-rows.ts'
import type { VisitView } from '../../src/state/visits.ts'
import { visitOf } from '../fakes/visits.ts'

const hourMs = 3_600_000
const noonMs = Date.UTC(2026, 10, 23, 12)
const today = { nowMs: noonMs, zone: 'Europe/Helsinki', awaited: new Set<string>() }
const named = (visitId: string, over: Partial<VisitView> = {}) =>
  visitOf({ visitId, startMs: noonMs, sinceMs: noonMs, ...over })
const ids = (visits: readonly VisitView[]) => visits.map(({ visitId }) => visitId)

describe('[VISIT-3] the waiting room at the station', () => {
  test('the queue stands first, by the time that was agreed and then by who came; whoever was cut off follows', () => {
    const visits = [
      named('cut', { state: 'again', startMs: noonMs - hourMs }),
      named('late', { sinceMs: noonMs + 2 }),
      named('early', { sinceMs: noonMs + 1 }),
      named('first', { startMs: noonMs - 1, sinceMs: noonMs + 9 }),
    ]
    expect(ids(rowsOf(visits, today).waiting)).toEqual(['first', 'early', 'late', 'cut'])
    expect(ids(waitersOf(visits))).toEqual(['first', 'early', 'late'])
  })

  test('whoever is invited shows from the day of the visit, by the clock of the ward; whoever is there always', () => {
    const lateAtNight = Date.UTC(2026, 10, 23, 21, 30)
    const visits = [
      named('today', { state: 'invited', startMs: lateAtNight }),
      // Half past midnight of the next day in Helsinki.
      named('tomorrow', { state: 'invited', startMs: lateAtNight + hourMs }),
      named('tried', { state: 'away', startMs: lateAtNight + 40 * hourMs }),
      named('here', { state: 'ahead', startMs: lateAtNight + 40 * hourMs }),
    ]
    expect(ids(rowsOf(visits, today).others)).toEqual(['today', 'here'])
    expect(ids(rowsOf(visits, { ...today, zone: 'UTC' }).others)).toEqual(['today', 'tomorrow', 'here'])
  })

  test('what waits for a decision is not lost among those who are expected, whichever day it is', () => {
    const visits = [
      named('expected', { state: 'invited' }),
      named('blocked', { state: 'invited', isBlocked: true, startMs: noonMs + 90 * hourMs }),
    ]
    const { deciding, others } = rowsOf(visits, today)
    expect([ids(deciding), ids(others)]).toEqual([['blocked'], ['expected']])
  })

  test('nobody stands there twice', () => {
    const asking = named('asking', { device: 'asks', wishesNew: true })
    const { waiting, deciding, others } = rowsOf([asking], today)
    expect([ids(waiting), ids(deciding), ids(others)]).toEqual([['asking'], [], []])
  })
})

describe('[VISIT-4] a person decides', () => {
  test('what is asked of a visit', () => {
    const all = named('v', { device: 'asks', isBlocked: true, isMissing: true, wishesNew: true })
    expect(questionsOf(all, new Set())).toEqual(['device', 'blocked', 'missing', 'wishes'])
    expect(questionsOf(named('v'), new Set())).toEqual([])
  })

  test('a letter that did not arrive is asked about, until whoever it is for is here or missing', () => {
    const mail = {
      state: 'failed',
      to: 'kaarina@example.org',
      atMs: 0,
      problem: '550 nobody',
      isDealt: false,
    } as const
    const asked = (over: Partial<VisitView>) => questionsOf(named('v', { mail, ...over }), new Set())
    expect(asked({ state: 'invited' })).toEqual(['mail'])
    expect(asked({ state: 'away' }), 'told of a time that is no more').toEqual(['mail'])
    expect(asked({ state: 'waiting' })).toEqual([])
    expect(asked({ state: 'invited', mail: { ...mail, isDealt: true } }), 'they were told otherwise').toEqual(
      [],
    )
    expect(asked({ state: 'invited', isMissing: true })).toEqual(['missing'])
    expect(questionsOf(named('v', { state: 'invited' }), new Set())).toEqual([])
  })

  test('no link is offered once it would lead nowhere', () => {
    const visit = named('v', { endMs: noonMs })
    expect(mayInvite(visit, noonMs + hourMs / 2)).toBe(true)
    expect(mayInvite(visit, noonMs + hourMs / 2 + 1)).toBe(false)
  })

  test('whoever is waited for is not proposed as missing', () => {
    expect(questionsOf(named('v', { isMissing: true }), new Set(['v']))).toEqual([])
  })
})
