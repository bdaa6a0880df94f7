/** What the ledger and the figures of its calls come to. */
import { expect, test } from 'vitest'
import { type CallRecord, levelsOf, serviceOf } from '../../src/core/service-levels.ts'
import { endReasons } from '../../src/protocol/call.ts'
import type { CallFigures } from '../../src/protocol/call-figures.ts'

const told: CallFigures = {
  setUpMs: 400,
  reconnections: 0,
  goodMs: 60_000,
  weakMs: 0,
  lostMs: 0,
  way: 'direct',
  over: 'udp',
}
const said = (over: Partial<CallFigures> = {}): CallFigures => ({ ...told, ...over })
const talked = (over: Partial<CallRecord> = {}): CallRecord => ({
  bedId: 'bed-1',
  answered: true,
  reason: 'hung-up',
  caller: said(),
  callee: said(),
  ...over,
})
const missed: CallRecord = talked({ answered: false, reason: 'no-answer', caller: null, callee: null })

test('[FIGURES-2] calls made and answered are counted, whatever came of them', () => {
  expect(levelsOf([talked(), missed, talked({ answered: false, reason: 'busy' })])).toMatchObject({
    calls: 3,
    answered: 1,
  })
})

test('[FIGURES-2] set-up is that of the later end: half and 95 of a hundred within', () => {
  const calls = Array.from({ length: 20 }, (_, index) => {
    const [sooner, later] = [said({ setUpMs: 0 }), said({ setUpMs: 100 * (index + 1) })]
    return index % 2 === 0
      ? talked({ caller: sooner, callee: later })
      : talked({ caller: later, callee: sooner })
  })
  expect(levelsOf(calls).setUp).toEqual({ halfMs: 1_000, mostMs: 1_900 })
  expect(levelsOf([talked({ callee: null })]).setUp).toEqual({ halfMs: 400, mostMs: 400 })
  const never = said({ setUpMs: null })
  expect(levelsOf([talked({ caller: never, callee: never })]).setUp, 'never live').toBeNull()
})

test('[FIGURES-2] dropped is what a connection, a device or a proof ended after the answer, and nothing else', () => {
  const dropped = endReasons.filter((reason) => levelsOf([talked({ reason })]).dropped === 1)
  expect(dropped).toEqual(['device-unready', 'permission-lost', 'verification-failed', 'connection-lost'])
  expect(levelsOf([talked({ answered: false, reason: 'device-unready' })]).dropped).toBe(0)
})

test('[FIGURES-2] a link that was lost counts once for its two ends, and for a hundred calls', () => {
  const calls = [
    talked({ caller: said({ reconnections: 2 }), callee: said({ reconnections: 1 }) }),
    talked(),
    talked({ caller: null, callee: said({ reconnections: 1 }) }),
    talked({ caller: null, callee: null }),
  ]
  expect(levelsOf(calls).reconnectionsPer100).toBe(100)
})

test('[FIGURES-2] the share by a relay is of the calls whose way is known', () => {
  const calls = [
    talked({ callee: said({ way: 'relay' }) }),
    talked({ callee: said({ way: null }), caller: said({ way: 'relay' }) }),
    talked({ callee: said({ way: null }), caller: null }),
    talked(),
    talked(),
  ]
  expect(levelsOf(calls).relayed).toBe(0.5)
})

test('[FIGURES-2] weak and lost are a share of the time of all ends', () => {
  const bad = said({ goodMs: 30_000, weakMs: 20_000, lostMs: 10_000 })
  expect(levelsOf([talked({ callee: bad }), talked()]).poor).toBe(30_000 / 240_000)
})

test('[FIGURES-2] what nobody told is no figure', () => {
  const unknown = { setUp: null, reconnectionsPer100: null, relayed: null, poor: null }
  expect(levelsOf([])).toEqual({ calls: 0, answered: 0, dropped: 0, ...unknown })
  expect(levelsOf([talked({ caller: null, callee: null })])).toMatchObject({ calls: 1, ...unknown })
})

test('[FIGURES-2] every bed has its own, and the ward all of them, those between two of staff among them', () => {
  const { whole, beds } = serviceOf([talked(), missed, talked({ bedId: null })], ['bed-1', 'bed-2'])
  expect(whole).toMatchObject({ calls: 3, answered: 2 })
  expect([...beds].map(([bedId, { calls, answered }]) => [bedId, calls, answered])).toEqual([
    ['bed-1', 2, 1],
    ['bed-2', 0, 0],
  ])
})
