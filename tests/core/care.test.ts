import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Care, careMs, carersOf as caresFor, stillCaring, takeBeds } from '../../src/core/care.ts'

const carersOf = (...asked: Parameters<typeof caresFor>) => caresFor(...asked).map(({ staffId }) => staffId)
const beds = new Set(['1', '2', '3'])
const bedIds = fc.array(fc.constantFrom<string>('1', '2', '3', 'nowhere'), { maxLength: 5 })
const turns = fc.array(
  fc.record({ who: fc.constantFrom('anna', 'ben'), bedIds, afterMs: fc.nat(2 * careMs) }),
)

test('[CARE-1] whatever was taken before, one’s beds are those named last, and others keep theirs', () => {
  fc.assert(
    fc.property(turns, (turns) => {
      let care: Care[] = []
      let nowMs = 0
      for (const { who, bedIds, afterMs } of turns) {
        nowMs += afterMs
        const others = care.filter(({ staffId }) => staffId !== who)
        care = takeBeds(care, who, bedIds, beds, nowMs)
        expect(care.filter(({ staffId }) => staffId !== who)).toEqual(others)
        for (const bedId of beds)
          expect(carersOf(care, bedId, nowMs).includes(who)).toBe(bedIds.includes(bedId))
      }
    }),
    { seed: 1 },
  )
})

test('[CARE-2] it ends by itself, and naming the bed again keeps its beginning', () => {
  const first = takeBeds([], 'anna', ['1'], beds, 0)
  expect(carersOf(first, '1', careMs - 1)).toEqual(['anna'])
  expect(carersOf(first, '1', careMs)).toEqual([])
  expect(takeBeds(first, 'anna', ['1'], beds, 5)).toEqual([
    { staffId: 'anna', bedId: '1', sinceMs: 0, untilMs: 5 + careMs },
  ])
  expect(takeBeds(first, 'anna', ['1'], beds, careMs)[0]?.sinceMs).toBe(careMs)
})

test('[CARE-3] who came first is named first', () => {
  const care = takeBeds(takeBeds([], 'zoe', ['1'], beds, 1), 'anna', ['1', '2'], beds, 2)
  expect(carersOf(care, '1', 3)).toEqual(['zoe', 'anna'])
})

test('[SHIFT-8] a name stands until its time, and one without a time until it is taken away', () => {
  const carers = [{ name: 'anna', untilMs: 5 }, { name: 'ben' }]
  expect(stillCaring(carers, 4)).toEqual(carers)
  expect(stillCaring(carers, 5)).toEqual([{ name: 'ben' }])
})
