/** What the lab of a tablet's day would notice: the rule by which a page that grows is told from one that settles. */
import { expect, test } from 'vitest'
import { mulberry32 } from '../lab/prng.ts'
import { growthOf, type Sample } from '../lab/tablet-day/memory.ts'
import { type Happening, planDay } from '../lab/tablet-day/plan.ts'

/** A page that is looked at each hour, with five calls in three hours; what is compiled and remembered comes and goes. */
function life(each: Partial<Sample>): Sample[] {
  const chance = mulberry32(7)
  return Array.from({ length: 16 }, (_, hour) => {
    const calls = Math.floor((hour * 5) / 3)
    const grown = (size: number, by = 0) => size + by * calls
    const noise = (size: number) => Math.round(chance() * size)
    return {
      atMs: hour * 3_600_000,
      calls,
      heapKB: grown(4_000, each.heapKB) + noise(60) - Math.round(200 / (hour + 1)),
      nodes: grown(400, each.nodes) + noise(4),
      listeners: grown(90, each.listeners),
      privateKB: grown(60_000, each.privateKB) + noise(2_000),
    }
  })
}

test('[HZ-11] a page that has settled does not grow', () => {
  expect(growthOf(life({}))?.tooMuch).toEqual([])
})

test.each([
  ['a listener', { listeners: 1 }, ['listeners']],
  ['an element', { nodes: 1 }, ['nodes']],
  ['20 KB', { heapKB: 20 }, ['heapKB']],
  ['a connection of 1 MB', { privateKB: 1_000 }, ['privateKB']],
] as const)('[HZ-11] %s that is kept for each call is found', (_, each, found) => {
  expect(growthOf(life(each))?.tooMuch).toEqual(found)
})

test('[HZ-11] 20 KB of a kind are found while the whole shrinks by more', () => {
  const shrinking = life({ heapKB: -45 }).map((sample) => {
    const kinds = new Map([
      ['array', 200_000 + 20_000 * sample.calls],
      ['object Object', 300_000 + 900 * sample.calls],
    ])
    return { ...sample, kinds }
  })
  expect(growthOf(shrinking)?.tooMuch).toEqual(['array'])
})

test('nothing is said of a life that was too short to tell', () => {
  expect(growthOf(life({ listeners: 1 }).slice(0, 4))).toBeNull()
  expect(growthOf([])).toBeNull()
})

const day = (seed: number) => planDay(mulberry32(seed), { hours: 24, calls: 40, requests: 60 })

test('a day has 40 calls, 60 requests, drops, two builds that are good and one that is not, by its seed', () => {
  const of = (type: Happening['type']) => day(1).filter((one) => one.type === type)
  // The fortieth call is the one into which the first build comes.
  expect(of('call').length).toBe(39)
  expect(of('request').length).toBe(60)
  expect(of('drop').length).toBeGreaterThanOrEqual(6)
  expect(of('update').map((one) => one.type === 'update' && one.build)).toEqual(['other', 'broken', 'later'])
  expect(day(1)).toEqual(day(1))
  expect(day(2)).not.toEqual(day(1))
})
