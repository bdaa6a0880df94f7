/** How often a staff code may be tried, and how long a tablet rests in between. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digitOf, noTries, pauseAfter, type Tries, tried, triesLeft } from '../../src/core/staff-code.ts'

const minuteMs = 60_000

function after(count: number): Tries {
  return Array.from({ length: count }).reduce<Tries>((tries) => tried({ ...tries, leftMs: 0 }), noTries)
}

test('[CODE-1] five wrong codes are a pause of a minute, five more of twice as long, up to a quarter of an hour', () => {
  const pauses = [5, 10, 15, 20, 25, 30, 500].map((count) => after(count).leftMs / minuteMs)
  expect(pauses).toEqual([1, 2, 4, 8, 15, 15, 15])
})

test('[CODE-1] between two pauses there are five tries, whatever came before', () => {
  fc.assert(
    fc.property(fc.nat(2_000), (count) => {
      const pauses = Array.from({ length: 5 }, (_, more) => pauseAfter(count + 1 + more)).filter(
        (ms) => ms > 0,
      )
      expect(pauses).toHaveLength(1)
      expect(triesLeft(after(count))).toBe(5 - (count % 5))
    }),
  )
})

test('[CODE-1] a pause is never shorter than the one before it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), (run) => {
      expect(pauseAfter(5 * (run + 1))).toBeGreaterThanOrEqual(pauseAfter(5 * run))
    }),
  )
})

test.each(['1', '0', '9'])('%s is a digit', (key) => expect(digitOf(key)).toBe(key))
test.each(['', 'a', '12', ' ', 'Enter', 'F1', '½', '１'])('%s is no digit', (key) =>
  expect(digitOf(key)).toBeNull(),
)
