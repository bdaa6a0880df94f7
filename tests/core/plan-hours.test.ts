/** Hours by the clock of their zone, through the nights in which clocks change. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hoursAgainst, openSpans } from '../../src/core/plan/hours.ts'
import type { HoursWish } from '../../src/protocol/plan.ts'
import { seed } from './plan-arbitraries.ts'
import { day, hour, minute, utc, zone } from './plan-fixtures.ts'

const everyDay = (from: number, to: number): HoursWish['weekly'] =>
  [1, 2, 3, 4, 5, 6, 7].map((one) => ({ day: one, from, to }))

test.each([
  ['a common day', '2027-06-01T00:00Z', 24],
  ['the day of 25 hours', '2027-10-30T21:00Z', 25],
  ['the day of 23 hours', '2027-03-27T22:00Z', 23],
])('[PLAN-3] from midnight to midnight: %s', (_, text, hoursLong) => {
  const startMs = utc(text)
  const sunday = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone).dayOfWeek
  const weekly = [{ day: sunday, from: 0, to: 24 * 60 }]
  const [open] = openSpans({ zone, weekly }, startMs + 12 * hour, startMs + 13 * hour)
  expect(open && (open.endMs - open.startMs) / hour).toBe(hoursLong)
})

test('[PLAN-3] the same week in another zone is another one, also when both were asked for', () => {
  const weekly = everyDay(8 * 60, 16 * 60)
  const at = { startMs: utc('2027-06-01T06:00Z'), endMs: utc('2027-06-01T06:30Z') }
  expect(hoursAgainst({ zone: 'Europe/Helsinki', weekly, away: [] }, at)).toBeNull()
  expect(hoursAgainst({ zone: 'UTC', weekly, away: [] }, at)).toMatchObject({ why: 'outside-hours' })
})

test('[PLAN-3] within the hours is what every one of its minutes is, by the clock on the wall', () => {
  const zones = fc.constantFrom(
    zone,
    'America/New_York',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'Asia/Kathmandu',
  )
  // Windows do not begin or end in the hour that comes twice or not at all.
  const limits = fc.uniqueArray(fc.constantFrom(0, 60, 6 * 60, 8 * 60, 12 * 60, 16 * 60, 23 * 60, 24 * 60), {
    minLength: 2,
    maxLength: 2,
  })
  const window = fc
    .tuple(fc.integer({ min: 1, max: 7 }), limits)
    .map(([one, ends]) => ({ day: one, from: Math.min(...ends), to: Math.max(...ends) }))
  const start = fc
    .integer({ min: 0, max: 365 * 24 * 4 })
    .map((quarter) => utc('2027-01-01T00:00Z') + quarter * 15 * minute)
  let within = 0
  fc.assert(
    fc.property(
      zones,
      fc.array(window, { minLength: 1, maxLength: 7 }),
      start,
      fc.integer({ min: 1, max: 40 }),
      (where, weekly, startMs, quarters) => {
        const endMs = startMs + quarters * 15 * minute
        const isOpen = (ms: number) => {
          const {
            dayOfWeek,
            hour: hours,
            minute: minutes,
          } = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(where)
          return weekly.some(
            (one) =>
              one.day === dayOfWeek && one.from <= hours * 60 + minutes && hours * 60 + minutes < one.to,
          )
        }
        const expected = Array.from({ length: quarters }, (_, index) =>
          isOpen(startMs + index * 15 * minute),
        ).every(Boolean)
        if (expected) within += 1
        expect(hoursAgainst({ zone: where, weekly, away: [] }, { startMs, endMs }) === null).toBe(expected)
      },
    ),
    { numRuns: 1_000, seed },
  )
  expect(within).toBeGreaterThan(100)
})

test('[PLAN-7] a window of the whole of time is answered', () => {
  const weekly = everyDay(0, 60)
  expect(hoursAgainst({ zone, weekly, away: [] }, { startMs: 0, endMs: day })).toMatchObject({
    why: 'outside-hours',
  })
})
