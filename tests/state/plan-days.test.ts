import { describe, expect, test } from 'vitest'
import { clockAt, dayOfDate, msAt, slotsOf, snap, stepDate, weekOf } from '../../src/state/plan-days.ts'
import { repeatOf, ruleOf } from '../../src/state/plan-repeat.ts'

const helsinki = 'Europe/Helsinki'

describe('days of the plan’s zone', () => {
  test.each([
    ['2027-03-28', 23, 46],
    ['2027-10-31', 25, 50],
    ['2026-11-23', 24, 48],
  ])(
    '[PLAN-SCREEN-1] %s in Helsinki is %i hours long and is drawn with %i half hours',
    (date, hours, slots) => {
      const day = dayOfDate(date, helsinki)
      expect((day.endMs - day.startMs) / 3_600_000).toBe(hours)
      expect(slotsOf(day, 30, helsinki)).toHaveLength(slots)
    },
  )

  test('[PLAN-SCREEN-1] the hour that comes twice says so the second time, and the one that is skipped is not there', () => {
    const long = slotsOf(dayOfDate('2027-10-31', helsinki), 60, helsinki)
    expect(long.filter(({ clock }) => clock === '03:00').map(({ again }) => again)).toEqual([false, true])
    const short = slotsOf(dayOfDate('2027-03-28', helsinki), 60, helsinki)
    expect(short.map(({ clock }) => clock)).not.toContain('03:00')
  })

  test('[PLAN-SCREEN-1] every slot begins where the one before it ends, midnight to midnight', () => {
    for (const zone of [helsinki, 'America/Santiago', 'Australia/Lord_Howe', 'UTC']) {
      for (const date of ['2027-03-28', '2027-04-04', '2027-09-05', '2027-10-03', '2027-10-31']) {
        const day = dayOfDate(date, zone)
        const slots = slotsOf(day, 30, zone)
        const ends = slots.map(({ startMs, minutes }) => startMs + minutes * 60_000)
        expect(slots.slice(1).map(({ startMs }) => startMs)).toEqual(ends.slice(0, -1))
        expect([slots[0]?.startMs, ends.at(-1)]).toEqual([day.startMs, day.endMs])
      }
    }
  })

  test('[PLAN-SCREEN-2] a typed clock that is skipped is an hour later, one that comes twice is the first', () => {
    expect(clockAt(msAt('2027-03-28', '03:30', helsinki) ?? 0, helsinki)).toBe('04:30')
    const first = msAt('2027-10-31', '03:30', helsinki) ?? 0
    expect(clockAt(first + 3_600_000, helsinki)).toBe('03:30')
    expect(msAt('2027-13-31', '03:30', helsinki)).toBeNull()
    expect(msAt('2027-10-31', 'soon', helsinki)).toBeNull()
  })

  test('[PLAN-SCREEN-1] a week is Monday to Sunday, over a year’s end too', () => {
    expect(weekOf('2027-01-01', helsinki).map(({ date }) => date)).toEqual([
      '2026-12-28',
      '2026-12-29',
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
    ])
    expect(stepDate('2026-12-31', 1)).toBe('2027-01-01')
  })

  test('[PLAN-SCREEN-3] what is dragged snaps to five minutes of its day', () => {
    const day = dayOfDate('2026-11-23', helsinki)
    expect(snap(day.startMs + 7 * 60_000 + 31_000, day, 5)).toBe(day.startMs + 10 * 60_000)
    expect(snap(day.startMs + 7 * 60_000, day, 5)).toBe(day.startMs + 5 * 60_000)
  })
})

describe('repeating in plain words', () => {
  test.each([
    [{ type: 'daily', end: { type: 'never' } }, 'FREQ=DAILY'],
    [{ type: 'weekdays', end: { type: 'count', count: 5 } }, 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=5'],
    [
      { type: 'weekly', every: 2, days: [1, 4], end: { type: 'until', date: '2027-05-03' } },
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20270503T205959Z',
    ],
  ] as const)(
    '[PLAN-SCREEN-4] what was chosen comes back from the rule it stands for: %j',
    (repeat, rule) => {
      expect(ruleOf(repeat, helsinki)).toBe(rule)
      expect(repeatOf(rule, helsinki)).toEqual(repeat)
    },
  )

  test('[PLAN-SCREEN-4] a rule that this form cannot say is kept as it is', () => {
    const rule = 'FREQ=MONTHLY;BYDAY=2TU'
    expect(repeatOf(rule, helsinki)).toEqual({ type: 'other', rule })
    expect(ruleOf({ type: 'other', rule }, helsinki)).toBe(rule)
    expect(ruleOf({ type: 'none' }, helsinki)).toBeNull()
  })
})
