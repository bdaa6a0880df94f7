/** Bringing a new build from one bed to all: who is meant to run what, when it goes on, and what stops it. */
import { expect, test } from 'vitest'
import {
  decideRollout,
  failedAt,
  isThrough,
  mayTake,
  meantFor,
  nextStage,
  type Rollout,
  type RolloutTablet,
  rolledOut,
  standardOf,
} from '../../src/core/rollout.ts'
import type { RolloutRequest } from '../../src/protocol/rollout.ts'

const [old, fresh] = ['000000000001', '000000000002']
const fitting = [fresh, old]

function tablet(
  bedId: string,
  area: string | null,
  build: string | null = old,
  isHere = true,
): RolloutTablet {
  return { bedId, area, build, isHere }
}

const ward = [tablet('1', 'East'), tablet('2', 'East'), tablet('3', 'West')]
const begun: RolloutRequest = { act: 'begin', build: fresh, bedId: '1' }

/** After these acts, each of which is done, with the tablets as they are then. */
function after(acts: readonly RolloutRequest[], tablets: readonly RolloutTablet[] = ward): Rollout {
  return acts.reduce(
    (rollout, asked) => {
      const decided = decideRollout(rollout, asked, tablets, fitting)
      if ('refused' in decided) throw new Error(`${asked.act}: ${decided.refused}`)
      return decided.next
    },
    rolledOut(old, null),
  )
}

const meant = (rollout: Rollout) => ward.map((one) => meantFor(rollout, one))
const wider: RolloutRequest = { act: 'wider', number: 2 }
/** Those of these beds run the new build. */
const updated = (...beds: string[]) =>
  ward.map((one) => (beds.includes(one.bedId) ? { ...one, build: fresh } : one))

test('[UPDATE-1] one bed, its area, all: only who is in the stage is meant to run it', () => {
  expect(meant(rolledOut(old, null))).toEqual([old, old, old])
  const first = after([begun])
  expect(meant(first)).toEqual([fresh, old, old])
  const second = after([begun, wider], updated('1'))
  expect(second.stage).toEqual({ type: 'area', area: 'East' })
  expect(meant(second)).toEqual([fresh, fresh, old])
  const third = after([begun, wider, wider], updated('1', '2'))
  expect(meant(third)).toEqual([fresh, fresh, fresh])
  expect(nextStage(third, updated('1', '2', '3'))).toBeNull()
})

test('[UPDATE-1] a ward of one area goes from one bed to all', () => {
  const one = ward.map((bed) => ({ ...bed, area: 'East', build: fresh }))
  expect(after([begun, wider], one).stage).toEqual({ type: 'all' })
  const none = ward.map((bed) => ({ ...bed, area: null, build: fresh }))
  expect(after([begun, wider], none).stage).toEqual({ type: 'all' })
})

test('[UPDATE-2] it goes no further until every tablet of the stage that is here runs the build, one at least', () => {
  const first = after([begun])
  expect(isThrough(first, ward)).toBe(false)
  expect(decideRollout(first, wider, ward, fitting)).toEqual({ refused: 'conflict' })
  const away = ward.map((one) => ({ ...one, build: fresh, isHere: false }))
  expect(isThrough(first, away)).toBe(false)
  expect(isThrough(first, updated('1'))).toBe(true)
  const second = after([begun, wider], updated('1'))
  const oneAway = updated('1').map((one) => ({ ...one, isHere: one.bedId !== '2' }))
  expect([isThrough(second, updated('1')), isThrough(second, oneAway)]).toEqual([false, true])
})

test('[UPDATE-3] stopped, nobody is told to change; back, everybody is meant to run what was before', () => {
  const stopped = after([begun, { act: 'stop', number: 2 }])
  expect(meant(stopped)).toEqual([null, null, null])
  expect(meant(after([begun, { act: 'back', number: 2 }]))).toEqual([old, old, old])
  const all = after([begun, wider, wider], updated('1', '2'))
  const back = decideRollout(all, { act: 'back', number: 2 }, ward, fitting)
  expect('next' in back && meant(back.next)).toEqual([old, old, old])
  expect(decideRollout(rolledOut(old, null), { act: 'back', number: 1 }, ward, fitting)).toEqual({
    refused: 'conflict',
  })
  expect(decideRollout(all, { act: 'back', number: 2 }, ward, [fresh])).toEqual({ refused: 'conflict' })
})

test('[UPDATE-3] who presses for a roll-out that is not this one any more changes nothing', () => {
  for (const act of ['wider', 'stop', 'back'] as const)
    expect(decideRollout(after([begun]), { act, number: 1 }, updated('1'), fitting)).toEqual({
      refused: 'conflict',
    })
})

test.each([
  ['a build that is not there or speaks another wire', { build: '000000000009', bedId: '1' }, 'not-found'],
  ['an unknown bed', { build: fresh, bedId: '9' }, 'not-found'],
  ['what everybody runs', { build: old, bedId: '1' }, 'conflict'],
] as const)('[UPDATE-3] %s is not begun', (_what, asked, refused) => {
  expect(decideRollout(rolledOut(old, null), { act: 'begin', ...asked }, ward, fitting)).toEqual({ refused })
})

test('[UPDATE-3] a second one is not begun while one goes on, and is once it was stopped', () => {
  const first = after([begun])
  expect(decideRollout(first, begun, ward, fitting)).toEqual({ refused: 'conflict' })
  const again = after([begun, { act: 'stop', number: 2 }, begun])
  expect(again).toMatchObject({ number: 3, build: fresh, before: old, state: 'going' })
})

test('[UPDATE-5] what is brought to all at once is the standard from then on, and what was before can come back', () => {
  const forced = rolledOut(fresh, after([begun]))
  expect([standardOf(forced), forced.before, forced.number]).toEqual([fresh, old, 3])
  expect(meant(forced)).toEqual([fresh, fresh, fresh])
  expect(standardOf(after([begun, { act: 'stop', number: 2 }]))).toBe(old)
})

test('[UPDATE-4] a tablet by which the build fails stops it, and says which and why; later word changes nothing (HZ-11)', () => {
  const said = { type: 'update.failed', build: fresh, number: 2, why: 'not-ready' } as const
  const stopped = failedAt(after([begun]), '1', said)
  expect(stopped).toMatchObject({ state: 'stopped', failed: { bedId: '1', why: 'not-ready' } })
  expect(meant(stopped)).toEqual([null, null, null])
  expect(failedAt(stopped, '2', { ...said, why: 'files' })).toBe(stopped)
  const other = after([begun])
  expect(failedAt(other, '1', { ...said, number: 1 })).toBe(other)
  const atOnce = failedAt(rolledOut(fresh, rolledOut(old, null)), '3', said)
  expect(atOnce).toMatchObject({ state: 'stopped', before: old })
})

test('[UPDATE-6] a tablet takes a build when nobody needs it and nobody has touched it for long enough', () => {
  expect([
    mayTake(true, 60_000, 60_000),
    mayTake(true, 59_999, 60_000),
    mayTake(false, 60_000, 60_000),
  ]).toEqual([true, false, false])
})
