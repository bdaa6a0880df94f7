/** Which backups stay, by tables. */
import { expect, test } from 'vitest'
import { keptStamps, stampOf, timeOfStamp } from '../../src/server/keep/retention.ts'

const hourMs = 60 * 60_000
const startMs = Date.parse('2026-11-01T00:30:00Z')
const hours = (many: number) => Array.from({ length: many }, (_, hour) => stampOf(startMs + hour * hourMs))

test('[KEEP-11] the newest 48, and the last of each day for 30 days', () => {
  const stamps = hours(24 * 60)
  const kept = [...keptStamps(stamps, { hourly: 48, daily: 30 })].toSorted()
  expect(kept.slice(-48)).toEqual(stamps.slice(-48))
  const days = kept.slice(0, -48)
  expect(days).toHaveLength(28)
  expect(days.every((stamp) => stamp.slice(9, 13) === '2330')).toBe(true)
  expect(kept[0]).toBe(stampOf(Date.parse('2026-12-01T23:30:00Z')))
})

test('[KEEP-11] after a year without a backup none is removed for its age, and one alone stays', () => {
  expect(keptStamps(hours(10), { hourly: 48, daily: 30 }).size).toBe(10)
  expect([...keptStamps(hours(1), { hourly: 1, daily: 1 })]).toEqual(hours(1))
  expect(keptStamps([], { hourly: 48, daily: 30 }).size).toBe(0)
})

test('[KEEP-11] a moment and its name are one, and no other name is a moment', () => {
  expect(timeOfStamp(stampOf(startMs))).toBe(startMs)
  for (const name of ['', '20261301T000000000Z', '2026-11-01T00:30:00Z', '20261101T003000Z', 'latest'])
    expect([name, timeOfStamp(name)]).toEqual([name, null])
})
