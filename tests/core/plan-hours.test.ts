/** Hours by the clock of their zone, through the nights in which clocks change. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hoursAgainst, openSpans } from '../../src/core/plan/hours.ts'
import { areHoursSensible } from '../../src/core/plan/sense.ts'
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
  // A window that ends before it begins ends the next day.
  const span = limits
    .filter(([from]) => from !== 24 * 60)
    .map(([from = 0, to = 0]) => ({ from, to: from < to ? to : to + 24 * 60 }))
  const window = fc.tuple(fc.integer({ min: 1, max: 7 }), span).map(([one, open]) => ({ day: one, ...open }))
  const otherDay = fc.record({
    date: fc
      .integer({ min: 0, max: 400 })
      .map((step) => Temporal.PlainDate.from('2026-12-30').add({ days: step }).toString()),
    spans: fc.array(span, { maxLength: 2 }),
  })
  const otherDays = fc.uniqueArray(otherDay, { maxLength: 40, selector: ({ date }) => date })
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
      otherDays,
      (where, weekly, startMs, quarters, days) => {
        const endMs = startMs + quarters * 15 * minute
        const isOpen = (ms: number) => {
          const wall = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(where)
          return [0, 1].some((ago) => {
            const date = wall.toPlainDate().subtract({ days: ago })
            const at = (ago * 24 + wall.hour) * 60 + wall.minute
            const other = days.find((one) => one.date === date.toString())
            const spans = other?.spans ?? weekly.filter((one) => one.day === date.dayOfWeek)
            return spans.some((one) => one.from <= at && at < one.to)
          })
        }
        const expected = Array.from({ length: quarters }, (_, index) =>
          isOpen(startMs + index * 15 * minute),
        ).every(Boolean)
        if (expected) within += 1
        const wish = { zone: where, weekly, days, away: [] }
        expect(hoursAgainst(wish, { startMs, endMs }) === null).toBe(expected)
      },
    ),
    { numRuns: 1_000, seed },
  )
  expect(within).toBeGreaterThan(100)
})

test('[PLAN-3] a night far west of Greenwich reaches into the second day after it there', () => {
  const weekly = [{ day: 1, from: 23 * 60, to: 40 * 60 }]
  const last = { startMs: utc('2027-03-03T02:00Z'), endMs: utc('2027-03-03T03:00Z') }
  expect(hoursAgainst({ zone: 'Pacific/Pago_Pago', weekly, away: [] }, last)).toBeNull()
})

describe('[PLAN-3] a date with other hours', () => {
  const weekly = [1, 2, 3, 4, 5].map((one) => ({ day: one, from: 21 * 60, to: 31 * 60 }))
  const nights: HoursWish = { zone, weekly, away: [] }
  const at = (text: string) => ({ startMs: utc(text), endMs: utc(text) + hour })
  // In March Helsinki is two hours ahead; 1 March 2027 is a Monday.
  const mondayLate = at('2027-03-01T20:00Z')
  const tuesdayEarly = at('2027-03-02T03:00Z')
  const tuesdayLate = at('2027-03-02T20:00Z')
  const saturdayNoon = at('2027-03-06T10:00Z')

  test('has those, and the night before still ends on it', () => {
    const off: HoursWish = { ...nights, days: [{ date: '2027-03-02', spans: [] }] }
    expect(hoursAgainst(nights, tuesdayLate)).toBeNull()
    expect(hoursAgainst(off, tuesdayLate)).toMatchObject({ why: 'outside-hours' })
    expect(hoursAgainst(off, mondayLate)).toBeNull()
    expect(hoursAgainst(off, tuesdayEarly)).toBeNull()
  })

  test('takes the morning after with it when it is the night that is left out', () => {
    const off: HoursWish = { ...nights, days: [{ date: '2027-03-01', spans: [] }] }
    expect(hoursAgainst(off, tuesdayEarly)).toMatchObject({ why: 'outside-hours' })
  })

  test('may be a day that has none in the week', () => {
    const more: HoursWish = {
      ...nights,
      days: [{ date: '2027-03-06', spans: [{ from: 12 * 60, to: 13 * 60 }] }],
    }
    expect(hoursAgainst(nights, saturdayNoon)).toMatchObject({ why: 'outside-hours' })
    expect(hoursAgainst(more, saturdayNoon)).toBeNull()
  })
})

test.each([
  ['a night', { weekly: [{ day: 1, from: 21 * 60, to: 31 * 60 }] }, true],
  ['more than a day', { weekly: [{ day: 1, from: 60, to: 26 * 60 }] }, false],
  ['a span that begins the next day', { weekly: [{ day: 1, from: 24 * 60, to: 25 * 60 }] }, false],
  ['a date twice', { days: ['2027-03-02', '2027-03-02'].map((date) => ({ date, spans: [] })) }, false],
  ['another date without a week', { weekly: [], days: [{ date: '2027-03-02', spans: [] }] }, false],
])('[PLAN-7] whether hours make sense: %s', (_, over, expected) => {
  expect(areHoursSensible({ zone, weekly: everyDay(0, 60), away: [], ...over })).toBe(expected)
})

test('[PLAN-7] a window of the whole of time is answered', () => {
  const weekly = everyDay(0, 60)
  expect(hoursAgainst({ zone, weekly, away: [] }, { startMs: 0, endMs: day })).toMatchObject({
    why: 'outside-hours',
  })
})
