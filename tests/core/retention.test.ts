/** What goes because it was kept long enough (SPEC.md, RETAIN). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayMs, dueOf, dueUntil, isDayOver, type Kept } from '../../src/core/retention.ts'

const seed = 20_261_202
const start = Date.UTC(2024, 0, 1)
const farAhead = Date.UTC(2099, 0, 1)

const kept = fc
  .uniqueArray(
    fc.record({
      id: fc.uuid(),
      endedMs: fc.option(fc.integer({ min: start, max: start + 900 * dayMs }), { freq: 4 }),
    }),
    { selector: ({ id }) => id, maxLength: 60 },
  )
  .map((all): readonly Kept[] => all)
const days = fc.integer({ min: 30, max: 400 })
const now = fc.integer({ min: start, max: start + 1_400 * dayMs })

test('[RETAIN-1] nobody who is still here goes, and nobody before their days are over', () => {
  fc.assert(
    fc.property(kept, days, now, now, (all, limit, nowMs, untilMs) => {
      const byId = new Map(all.map(({ id, endedMs }) => [id, endedMs]))
      for (const id of [...dueOf(all, limit, nowMs), ...dueUntil(all, limit, nowMs, untilMs)])
        expect(byId.get(id) ?? Number.POSITIVE_INFINITY).toBeLessThan(nowMs - limit * dayMs)
    }),
    { seed },
  )
})

test('[RETAIN-1] run each day, it has taken all that is due, and what is gone stays gone', () => {
  fc.assert(
    fc.property(kept, days, (all, limit) => {
      let left = all
      const endMs = start + 1_400 * dayMs
      for (let nowMs = start; nowMs <= endMs && left.length > 0; nowMs += dayMs) {
        const due = new Set(dueOf(left, limit, nowMs))
        const next = left.filter(({ id }) => !due.has(id))
        expect(left.length - next.length).toBe(due.size)
        left = next
      }
      expect(left.filter(({ endedMs }) => endedMs !== null)).toEqual([])
    }),
    { seed, numRuns: 30 },
  )
})

test('[RETAIN-2] a clock that jumps to 2099 takes two days of data at most', () => {
  fc.assert(
    fc.property(kept, days, (all, limit) => {
      const due = new Set(dueOf(all, limit, farAhead))
      const ends = all.flatMap(({ id, endedMs }) => (due.has(id) && endedMs !== null ? endedMs : []))
      expect(ends.length === 0 || Math.max(...ends) - Math.min(...ends) < 2 * dayMs).toBe(true)
    }),
    { seed },
  )
})

test('[RETAIN-3] a day that a person names bounds it, whatever the clock says', () => {
  const all = [start, start + 5 * dayMs, start + 9 * dayMs].map((endedMs, index) => ({
    id: `${index}`,
    endedMs,
  }))
  expect(dueUntil(all, 30, farAhead, start + 6 * dayMs)).toEqual(['0', '1'])
  expect(dueUntil(all, 30, start + 31 * dayMs, farAhead)).toEqual(['0'])
})

test('[RETAIN-4] it is due once a day, also when the clock went back', () => {
  expect(isDayOver(null, start)).toBe(true)
  expect(isDayOver(start, start + dayMs)).toBe(true)
  expect(isDayOver(start, start + dayMs / 2)).toBe(false)
  expect(isDayOver(farAhead, start)).toBe(true)
})
