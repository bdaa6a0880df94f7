/** Which tablets may not be at their beds: away for long, and not with their ward. */
import { expect, test } from 'vitest'
import { standardTimings } from '../../src/core/timings.ts'
import { strays, type TabletAt } from '../../src/core/whereabouts.ts'

const { astrayMs } = standardTimings
const here = (bedId: string): TabletAt => ({ bedId, awaySinceMs: null })
const away = (bedId: string): TabletAt => ({ bedId, awaySinceMs: 0 })
const look = (tablets: readonly TabletAt[], atMs = astrayMs) => strays(tablets, atMs, astrayMs)

test('[WHERE-1] away for ten minutes, alone, is astray, and a moment before it is not (HZ-14)', () => {
  expect(look([away('1'), here('2'), here('3')])).toEqual(['1'])
  expect(look([away('1'), here('2'), here('3')], astrayMs - 1)).toEqual([])
  expect(look([away('1')]), 'the only tablet there is').toEqual(['1'])
})

test('[WHERE-1] what takes half of the ward with it is the power or the network, and nobody is astray', () => {
  expect(look([away('1'), away('2'), here('3')])).toEqual([])
  expect(look(['1', '2', '3', '4'].map(away))).toEqual([])
  expect(look([away('1'), away('2'), here('3'), here('4'), here('5')])).toEqual(['1', '2'])
})

test('[WHERE-1] tablets that were away long before hide nobody that is carried off now', () => {
  const longAgo = ['5', '6', '7'].map((bedId) => ({ bedId, awaySinceMs: -5 * astrayMs }))
  expect(look([away('1'), here('2'), here('3'), ...longAgo])).toContain('1')
})

test('[WHERE-1] one that is away shortly is not carried along by another', () => {
  const soon = { bedId: '2', awaySinceMs: astrayMs - 1 }
  expect(look([away('1'), soon, here('3'), here('4'), here('5')])).toEqual(['1'])
})

test('[WHERE-2] [WHERE-3] ten minutes it is', () => {
  expect(astrayMs).toBe(10 * 60_000)
})
