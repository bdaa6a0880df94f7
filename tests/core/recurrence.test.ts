import { expect, test } from 'vitest'
import { isZone, localToMs, occasions } from '../../src/core/plan/recurrence.ts'

const newYork = 'America/New_York'

function ms(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds
}

type Case = {
  readonly rule: string
  readonly start?: string
  readonly zone?: string
  readonly except?: readonly string[]
  readonly until?: string | null
}

/** The wall clock's dates (or minutes) of the occasions in a window. */
function dates(
  { rule, start = '1997-09-02T09:00', zone = newYork, except = [], until = null }: Case,
  to: string,
) {
  const series = { rule, start, zone, except: [...except], until }
  return occasions(series, 0, ms(`${to}T00:00:00Z`)).map(({ at }) => at.slice(0, 10))
}

/** `1997-09: 2 3 4` → `1997-09-02` … */
function days(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [month = '', list = ''] = line.split(':')
      return list
        .trim()
        .split(/\s+/)
        .map((day) => `${month.trim()}-${day.padStart(2, '0')}`)
    })
}

/** RFC 5545 §3.8.5.3, in its order: title, rule, start, days, and up to where the RFC lists them. */
const examples: readonly (readonly [string, Case, string, string])[] = [
  [
    'daily for 10 occurrences',
    { rule: 'FREQ=DAILY;COUNT=10' },
    '1999-01-01',
    '1997-09: 2 3 4 5 6 7 8 9 10 11',
  ],
  [
    'daily until December 24, 1997',
    { rule: 'FREQ=DAILY;UNTIL=19971224T000000Z' },
    '1999-01-01',
    `1997-09: 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30
     1997-10: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31
     1997-11: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30
     1997-12: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23`,
  ],
  [
    'every other day, forever',
    { rule: 'FREQ=DAILY;INTERVAL=2' },
    '1997-10-06',
    `1997-09: 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30
     1997-10: 2 4`,
  ],
  [
    'every 10 days, 5 occurrences',
    { rule: 'FREQ=DAILY;INTERVAL=10;COUNT=5' },
    '1999-01-01',
    `1997-09: 2 12 22
     1997-10: 2 12`,
  ],
  [
    'every day in January, for 3 years (by day)',
    { rule: 'FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1', start: '1998-01-01T09:00' },
    '2002-01-01',
    ['1998-01', '1999-01', '2000-01']
      .map((month) => `${month}: ${Array.from({ length: 31 }, (_, day) => day + 1).join(' ')}`)
      .join('\n'),
  ],
  [
    'every day in January, for 3 years (by year)',
    {
      rule: 'FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA',
      start: '1998-01-01T09:00',
    },
    '2002-01-01',
    ['1998-01', '1999-01', '2000-01']
      .map((month) => `${month}: ${Array.from({ length: 31 }, (_, day) => day + 1).join(' ')}`)
      .join('\n'),
  ],
  [
    'weekly for 10 occurrences',
    { rule: 'FREQ=WEEKLY;COUNT=10' },
    '1999-01-01',
    `1997-09: 2 9 16 23 30
     1997-10: 7 14 21 28
     1997-11: 4`,
  ],
  [
    'weekly until December 24, 1997',
    { rule: 'FREQ=WEEKLY;UNTIL=19971224T000000Z' },
    '1999-01-01',
    `1997-09: 2 9 16 23 30
     1997-10: 7 14 21 28
     1997-11: 4 11 18 25
     1997-12: 2 9 16 23`,
  ],
  [
    'every other week, forever',
    { rule: 'FREQ=WEEKLY;INTERVAL=2;WKST=SU' },
    '1998-02-18',
    `1997-09: 2 16 30
     1997-10: 14 28
     1997-11: 11 25
     1997-12: 9 23
     1998-01: 6 20
     1998-02: 3 17`,
  ],
  [
    'weekly on Tuesday and Thursday for five weeks',
    { rule: 'FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH' },
    '1999-01-01',
    `1997-09: 2 4 9 11 16 18 23 25 30
     1997-10: 2`,
  ],
  [
    'the same by count',
    { rule: 'FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH' },
    '1999-01-01',
    `1997-09: 2 4 9 11 16 18 23 25 30
     1997-10: 2`,
  ],
  [
    'every other week on Monday, Wednesday, and Friday until December 24, 1997, from Monday, September 1',
    {
      rule: 'FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR',
      start: '1997-09-01T09:00',
    },
    '1999-01-01',
    `1997-09: 1 3 5 15 17 19 29
     1997-10: 1 3 13 15 17 27 29 31
     1997-11: 10 12 14 24 26 28
     1997-12: 8 10 12 22`,
  ],
  [
    'every other week on Tuesday and Thursday, for 8 occurrences',
    { rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH' },
    '1999-01-01',
    `1997-09: 2 4 16 18 30
     1997-10: 2 14 16`,
  ],
  [
    'monthly on the first Friday for 10 occurrences',
    { rule: 'FREQ=MONTHLY;COUNT=10;BYDAY=1FR', start: '1997-09-05T09:00' },
    '1999-01-01',
    `1997-09: 5
     1997-10: 3
     1997-11: 7
     1997-12: 5
     1998-01: 2
     1998-02: 6
     1998-03: 6
     1998-04: 3
     1998-05: 1
     1998-06: 5`,
  ],
  [
    'monthly on the first Friday until December 24, 1997',
    { rule: 'FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR', start: '1997-09-05T09:00' },
    '1999-01-01',
    `1997-09: 5
     1997-10: 3
     1997-11: 7
     1997-12: 5`,
  ],
  [
    'every other month on the first and last Sunday for 10 occurrences',
    { rule: 'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU', start: '1997-09-07T09:00' },
    '1999-01-01',
    `1997-09: 7 28
     1997-11: 2 30
     1998-01: 4 25
     1998-03: 1 29
     1998-05: 3 31`,
  ],
  [
    'monthly on the second-to-last Monday for 6 months',
    { rule: 'FREQ=MONTHLY;COUNT=6;BYDAY=-2MO', start: '1997-09-22T09:00' },
    '1999-01-01',
    `1997-09: 22
     1997-10: 20
     1997-11: 17
     1997-12: 22
     1998-01: 19
     1998-02: 16`,
  ],
  [
    'monthly on the third-to-the-last day, forever',
    { rule: 'FREQ=MONTHLY;BYMONTHDAY=-3', start: '1997-09-28T09:00' },
    '1998-03-01',
    `1997-09: 28
     1997-10: 29
     1997-11: 28
     1997-12: 29
     1998-01: 29
     1998-02: 26`,
  ],
  [
    'monthly on the 2nd and 15th for 10 occurrences',
    { rule: 'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15' },
    '1999-01-01',
    `1997-09: 2 15
     1997-10: 2 15
     1997-11: 2 15
     1997-12: 2 15
     1998-01: 2 15`,
  ],
  [
    'monthly on the first and last day for 10 occurrences',
    { rule: 'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1', start: '1997-09-30T09:00' },
    '1999-01-01',
    `1997-09: 30
     1997-10: 1 31
     1997-11: 1 30
     1997-12: 1 31
     1998-01: 1 31
     1998-02: 1`,
  ],
  [
    'every 18 months on the 10th thru 15th for 10 occurrences',
    {
      rule: 'FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15',
      start: '1997-09-10T09:00',
    },
    '2000-01-01',
    `1997-09: 10 11 12 13 14 15
     1999-03: 10 11 12 13`,
  ],
  [
    'every Tuesday, every other month',
    { rule: 'FREQ=MONTHLY;INTERVAL=2;BYDAY=TU' },
    '1998-04-01',
    `1997-09: 2 9 16 23 30
     1997-11: 4 11 18 25
     1998-01: 6 13 20 27
     1998-03: 3 10 17 24 31`,
  ],
  [
    'yearly in June and July for 10 occurrences',
    { rule: 'FREQ=YEARLY;COUNT=10;BYMONTH=6,7', start: '1997-06-10T09:00' },
    '2005-01-01',
    `1997-06: 10
     1997-07: 10
     1998-06: 10
     1998-07: 10
     1999-06: 10
     1999-07: 10
     2000-06: 10
     2000-07: 10
     2001-06: 10
     2001-07: 10`,
  ],
  [
    'every other year in January, February, and March for 10 occurrences',
    { rule: 'FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3', start: '1997-03-10T09:00' },
    '2010-01-01',
    `1997-03: 10
     1999-01: 10
     1999-02: 10
     1999-03: 10
     2001-01: 10
     2001-02: 10
     2001-03: 10
     2003-01: 10
     2003-02: 10
     2003-03: 10`,
  ],
  [
    'every 20th Monday of the year, forever',
    { rule: 'FREQ=YEARLY;BYDAY=20MO', start: '1997-05-19T09:00' },
    '2000-01-01',
    `1997-05: 19
     1998-05: 18
     1999-05: 17`,
  ],
  [
    'every Thursday in March, forever',
    { rule: 'FREQ=YEARLY;BYMONTH=3;BYDAY=TH', start: '1997-03-13T09:00' },
    '2000-01-01',
    `1997-03: 13 20 27
     1998-03: 5 12 19 26
     1999-03: 4 11 18 25`,
  ],
  [
    'every Friday the 13th, forever; the first instance is not one and is taken out',
    { rule: 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', except: ['1997-09-02T09:00'] },
    '2000-12-31',
    `1998-02: 13
     1998-03: 13
     1998-11: 13
     1999-08: 13
     2000-10: 13`,
  ],
  [
    'the first Saturday that follows the first Sunday of the month, forever',
    { rule: 'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13', start: '1997-09-13T09:00' },
    '1998-07-01',
    `1997-09: 13
     1997-10: 11
     1997-11: 8
     1997-12: 13
     1998-01: 10
     1998-02: 7
     1998-03: 7
     1998-04: 11
     1998-05: 9
     1998-06: 13`,
  ],
  [
    'every 4 years, the first Tuesday after a Monday in November (U.S. Presidential Election day)',
    {
      rule: 'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
      start: '1996-11-05T09:00',
    },
    '2005-01-01',
    `1996-11: 5
     2000-11: 7
     2004-11: 2`,
  ],
  [
    'the third instance into the month of one of Tuesday, Wednesday, or Thursday, for 3 months',
    { rule: 'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', start: '1997-09-04T09:00' },
    '1999-01-01',
    `1997-09: 4
     1997-10: 7
     1997-11: 6`,
  ],
  [
    'the second-to-last weekday of the month',
    { rule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2', start: '1997-09-29T09:00' },
    '1998-04-01',
    `1997-09: 29
     1997-10: 30
     1997-11: 27
     1997-12: 30
     1998-01: 29
     1998-02: 26
     1998-03: 30`,
  ],
  [
    'the days of a week that begins on Monday',
    { rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', start: '1997-08-05T09:00' },
    '1999-01-01',
    '1997-08: 5 10 19 24',
  ],
  [
    'and of one that begins on Sunday',
    { rule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', start: '1997-08-05T09:00' },
    '1999-01-01',
    '1997-08: 5 17 19 31',
  ],
  [
    'an invalid date (February 30) is ignored',
    { rule: 'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5', start: '2007-01-15T09:00' },
    '2009-01-01',
    `2007-01: 15 30
     2007-02: 15
     2007-03: 15 30`,
  ],
]

test.each(examples)('[REC-1] RFC 5545 §3.8.5.3: %s', (_title, one, to, expected) => {
  expect(dates(one, to)).toEqual(days(expected))
})

/** What the RFC leaves undefined or says elsewhere, and what calendars are known for. */
const further: readonly (readonly [string, Case, string, string])[] = [
  [
    'a start that its rule does not mean is the first occasion, and counts',
    { rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=3', start: '2026-11-24T09:00' },
    '2027-12-01',
    `2026-11: 24 30
     2026-12: 7`,
  ],
  [
    'what is taken out still counts',
    { rule: 'FREQ=DAILY;COUNT=3', start: '2026-11-24T09:00', except: ['2026-11-25T09:00'] },
    '2027-12-01',
    '2026-11: 24 26',
  ],
  [
    'the 29th of February comes in leap years only',
    { rule: 'FREQ=YEARLY', start: '2096-02-29T09:00' },
    '2109-01-01',
    `2096-02: 29
     2104-02: 29
     2108-02: 29`,
  ],
  [
    'the 31st leaves out the months that lack it',
    { rule: 'FREQ=MONTHLY', start: '2026-10-31T09:00' },
    '2027-06-15',
    `2026-10: 31
     2026-12: 31
     2027-01: 31
     2027-03: 31
     2027-05: 31`,
  ],
  [
    'a fifth Friday comes where there is one',
    { rule: 'FREQ=MONTHLY;BYDAY=5FR', start: '2027-01-29T09:00' },
    '2027-11-01',
    `2027-01: 29
     2027-04: 30
     2027-07: 30
     2027-10: 29`,
  ],
  [
    'UNTIL as a date includes that day',
    { rule: 'FREQ=DAILY;UNTIL=20261126', start: '2026-11-24T09:00' },
    '2027-12-01',
    '2026-11: 24 25 26',
  ],
  [
    'UNTIL without a zone is the series’ own clock, and inclusive',
    { rule: 'FREQ=DAILY;UNTIL=20261126T090000', start: '2026-11-24T09:00' },
    '2027-12-01',
    '2026-11: 24 25 26',
  ],
  [
    'UNTIL a minute earlier leaves it out',
    { rule: 'FREQ=DAILY;UNTIL=20261126T085959', start: '2026-11-24T09:00' },
    '2027-12-01',
    '2026-11: 24 25',
  ],
  [
    'UNTIL in UTC is a moment: 14:00Z is 09:00 in New York',
    { rule: 'FREQ=DAILY;UNTIL=20261126T140000Z', start: '2026-11-24T09:00' },
    '2027-12-01',
    '2026-11: 24 25 26',
  ],
  [
    'a second before that moment leaves it out',
    { rule: 'FREQ=DAILY;UNTIL=20261126T135959Z', start: '2026-11-24T09:00' },
    '2027-12-01',
    '2026-11: 24 25',
  ],
  [
    'the series’ own end is exclusive',
    { rule: 'FREQ=DAILY', start: '2026-11-24T09:00', until: '2026-11-26T09:00' },
    '2027-12-01',
    '2026-11: 24 25',
  ],
]

test.each(further)('[REC-2] %s', (_title, one, to, expected) => {
  expect(dates(one, to)).toEqual(days(expected))
})

/** Each: zone, rule's wall clock, the day, the instant that it is, whether it was shifted. */
const clocks: readonly (readonly [string, string, string, string, boolean])[] = [
  ['Madrid’s clock skips 02:30', 'Europe/Madrid', '2027-03-28T02:30', '2027-03-28T01:30:00Z', true],
  ['the day before it does not', 'Europe/Madrid', '2027-03-27T02:30', '2027-03-27T01:30:00Z', false],
  ['03:30 that day is 03:30', 'Europe/Madrid', '2027-03-28T03:30', '2027-03-28T01:30:00Z', false],
  [
    'Helsinki’s day of 23 hours skips 03:15',
    'Europe/Helsinki',
    '2026-03-29T03:15',
    '2026-03-29T01:15:00Z',
    true,
  ],
  [
    'Helsinki’s day of 25 hours: the first 03:30',
    'Europe/Helsinki',
    '2026-10-25T03:30',
    '2026-10-25T00:30:00Z',
    false,
  ],
  ['and 04:00 is after both', 'Europe/Helsinki', '2026-10-25T04:00', '2026-10-25T02:00:00Z', false],
  ['Lord Howe skips half an hour', 'Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00Z', true],
  ['and has half an hour twice', 'Australia/Lord_Howe', '2027-04-04T01:45', '2027-04-03T14:45:00Z', false],
  ['Tokyo has no such days', 'Asia/Tokyo', '2027-03-28T02:30', '2027-03-27T17:30:00Z', false],
  ['RFC 5545 §3.3.5: New York, 2007-03-11 02:30', newYork, '2007-03-11T02:30', '2007-03-11T07:30:00Z', true],
  ['RFC 5545 §3.3.5: New York, 2007-11-04 01:30', newYork, '2007-11-04T01:30', '2007-11-04T05:30:00Z', false],
]

test.each(clocks)('[REC-3] %s', (_title, zone, at, instant, shifted) => {
  expect(localToMs(at, zone)).toEqual({ startMs: ms(instant), shifted })
})

test('[REC-4] a daily round at 02:30 in Madrid takes place on the night that skips 02:30, shifted and flagged', () => {
  const series = {
    rule: 'FREQ=DAILY',
    start: '2027-03-26T02:30',
    zone: 'Europe/Madrid',
    except: [],
    until: null,
  }
  expect(occasions(series, ms('2027-03-26T00:00:00Z'), ms('2027-03-30T00:00:00Z'))).toEqual([
    { at: '2027-03-26T02:30', startMs: ms('2027-03-26T01:30:00Z'), shifted: false },
    { at: '2027-03-27T02:30', startMs: ms('2027-03-27T01:30:00Z'), shifted: false },
    { at: '2027-03-28T02:30', startMs: ms('2027-03-28T01:30:00Z'), shifted: true },
    { at: '2027-03-29T02:30', startMs: ms('2027-03-29T00:30:00Z'), shifted: false },
  ])
})

test('[REC-4] a daily round in Helsinki keeps its wall clock over the day of 25 hours and the one of 23', () => {
  const gaps = (start: string) => {
    const series = { rule: 'FREQ=DAILY;COUNT=3', start, zone: 'Europe/Helsinki', except: [], until: null }
    const starts = occasions(series, 0, ms('2030-01-01T00:00:00Z')).map(({ startMs }) => startMs)
    return starts.slice(1).map((startMs, index) => (startMs - (starts[index] ?? 0)) / 3_600_000)
  }
  expect(gaps('2026-10-24T08:00')).toEqual([25, 24])
  expect(gaps('2026-03-28T08:00')).toEqual([23, 24])
})

test('[REC-5] a zone that skips a whole day puts no two occasions on one moment', () => {
  const series = {
    rule: 'FREQ=DAILY;COUNT=3',
    start: '2011-12-29T09:00',
    zone: 'Pacific/Apia',
    except: [],
    until: null,
  }
  expect(occasions(series, 0, ms('2013-01-01T00:00:00Z'))).toEqual([
    { at: '2011-12-29T09:00', startMs: ms('2011-12-29T19:00:00Z'), shifted: false },
    { at: '2011-12-31T09:00', startMs: ms('2011-12-30T19:00:00Z'), shifted: false },
  ])
})

test('[REC-6] zones are those of the IANA database; offsets and inventions are none', () => {
  expect(['Europe/Madrid', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'].map(isZone)).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(
    ['', 'Mars/Olympus', '+02:00', '+02', 'Europe', '../etc/passwd', 'x'.repeat(10_000)].map(isZone),
  ).toEqual(Array(7).fill(false))
})
