import fc from 'fast-check'
import { generateIcsCalendar, type IcsCalendar, type IcsEvent } from 'ts-ics'
import { expect, test } from 'vitest'
import { isZone } from '../../src/core/plan/recurrence.ts'
import { findInIcs } from '../../src/server/plan/ics-found.ts'
import { idOf, importIcs, previewIcs } from '../../src/server/plan/ics-import.ts'
import { readIcs } from '../../src/server/plan/ics-read.ts'
import { windowsZones } from '../../src/server/plan/windows-zones.ts'
import {
  appointment,
  dayMs,
  type FakePlan,
  fakeMemory,
  fakePlan,
  hourMs,
  minuteMs,
  nowMs,
} from './plan-fake.ts'

const horizonMs = nowMs + 60 * dayMs
const zone = 'Europe/Madrid'

function event(...lines: readonly string[]): string {
  return ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n')
}

function file(...events: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', ...events, 'END:VCALENDAR', ''].join('\r\n')
}

function found(...events: readonly string[]) {
  const answer = findInIcs({ text: file(...events), zone, nowMs, horizonMs })
  if (answer.type === 'refused') throw new Error(answer.why)
  return answer.found
}

function startsOf(...lines: readonly string[]): string[] {
  return found(event('UID:1', ...lines)).map(({ startMs, why }) =>
    why === null ? Temporal.Instant.fromEpochMilliseconds(startMs ?? 0).toString() : why,
  )
}

const tomorrow = ['DTSTART;TZID=Europe/Madrid:20270115T100000', 'DTEND;TZID=Europe/Madrid:20270115T103000']

test.each([
  ['an IANA zone', tomorrow, ['2027-01-15T09:00:00Z']],
  ['UTC', ['DTSTART:20270115T100000Z', 'DURATION:PT30M'], ['2027-01-15T10:00:00Z']],
  ['no zone: the ward’s clock', ['DTSTART:20270115T100000', 'DURATION:PT30M'], ['2027-01-15T09:00:00Z']],
  [
    'a zone behind a path',
    ['DTSTART;TZID=/citadel.org/20210210_1/America/New_York:20270115T100000', 'DURATION:PT30M'],
    ['2027-01-15T15:00:00Z'],
  ],
  [
    'a zone by Windows’ name',
    ['DTSTART;TZID="W. Europe Standard Time":20270115T100000', 'DURATION:PT30M'],
    ['2027-01-15T09:00:00Z'],
  ],
  [
    'a zone that nobody knows',
    ['DTSTART;TZID=Mars/Olympus:20270115T100000', 'DURATION:PT1H'],
    ['unknown-zone'],
  ],
  ['a whole day', ['DTSTART;VALUE=DATE:20270115'], ['all-day']],
  ['no length', ['DTSTART:20270115T100000Z'], ['senseless']],
  ['an end before its start', ['DTSTART:20270115T100000Z', 'DTEND:20270115T090000Z'], ['senseless']],
  ['a year’s length', ['DTSTART:20270115T100000Z', 'DTEND:20280115T090000Z'], ['senseless']],
  ['yesterday', ['DTSTART:20270113T100000Z', 'DURATION:PT30M'], ['past']],
  ['next year', ['DTSTART:20280113T100000Z', 'DURATION:PT30M'], ['beyond-horizon']],
  ['cancelled', [...tomorrow, 'STATUS:CANCELLED'], ['cancelled']],
  ['free time', [...tomorrow, 'TRANSP:TRANSPARENT'], ['free-time']],
  ['no start', ['DURATION:PT30M'], ['unreadable']],
  ['a day that there is not', ['DTSTART:20270230T100000Z', 'DURATION:PT30M'], ['unreadable']],
  ['every second', [...tomorrow, 'RRULE:FREQ=SECONDLY'], ['unsupported-rule']],
  ['every hour', [...tomorrow, 'RRULE:FREQ=DAILY;BYHOUR=1,2,3'], ['unsupported-rule']],
  ['two rules', [...tomorrow, 'RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY'], ['unsupported-rule']],
  [
    'three days, one of them taken out and one put in',
    [
      ...tomorrow,
      'RRULE:FREQ=DAILY;COUNT=3',
      'EXDATE:20270116T090000Z',
      'RDATE;TZID=Europe/Madrid:20270120T100000',
    ],
    ['2027-01-15T09:00:00Z', '2027-01-17T09:00:00Z', '2027-01-20T09:00:00Z'],
  ],
  [
    'a day taken out by its date',
    [...tomorrow, 'RRULE:FREQ=DAILY;COUNT=2', 'EXDATE;VALUE=DATE:20270115'],
    ['2027-01-16T09:00:00Z'],
  ],
])('[IMP-1] %s', (_title, lines, expected) => {
  expect(startsOf(...lines)).toEqual(expected)
})

test('[IMP-2] a rule without end is followed up to the plan’s horizon, and no further', () => {
  const all = found(event('UID:1', ...tomorrow, 'RRULE:FREQ=DAILY'))
  expect(all).toHaveLength(59)
  for (const { startMs } of all) expect(startMs).toBeLessThan(horizonMs)
})

test('[IMP-3] an occasion that was changed by itself stands where it was moved to, and only there', () => {
  const all = found(
    event('UID:1', ...tomorrow, 'RRULE:FREQ=DAILY;COUNT=2'),
    event('UID:1', 'RECURRENCE-ID:20270116T090000Z', 'DTSTART:20270116T150000Z', 'DURATION:PT15M'),
  )
  const starts = ['2027-01-15T09:00:00Z', '2027-01-16T15:00:00Z'].map((one) => Date.parse(one))
  expect(all.map(({ startMs }) => startMs)).toEqual(starts)
  expect(new Set(all.map(({ key }) => key)).size).toBe(2)
})

test('[IMP-4] one broken event harms no other', () => {
  const all = found(event('UID:1', ...tomorrow), event('UID:2', 'DTSTART:soon'), event('UID:3', ...tomorrow))
  expect(all.map(({ line, why }) => [line, why])).toEqual([
    [4, null],
    [9, 'unreadable'],
    [13, null],
  ])
})

test.each([
  ['over 1 MB', file(event(`DESCRIPTION:${'x\r\n '.repeat(300_000)}`)), 'too-large', null],
  ['over 10,000 lines', file(...Array(5_001).fill('X-A:1\r\nX-B:2')), 'too-many-lines', 10_001],
  ['a gigantic value', file(event(`SUMMARY:${'x'.repeat(200_000)}`)), 'line-too-long', 5],
  [
    'a gigantic value in folds',
    file(event(`SUMMARY:${`${'x'.repeat(99)}\r\n `.repeat(2_000)}x`)),
    'line-too-long',
    1_004,
  ],
  ['zero bytes', file(event('UID:1', 'SUMMARY:a\0b')), 'not-text', 6],
  ['a picture', '\x89PNG\r\n\x1a\n', 'not-a-calendar', 1],
  ['a web page', '<!doctype html>', 'not-a-calendar', 1],
  ['nothing', '', 'not-a-calendar', 1],
  ['deep nesting', `BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\n'.repeat(4_000)}`, 'badly-nested', 5],
  ['an event that never ends', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n', 'badly-nested', 1],
  ['an end without a beginning', 'BEGIN:VCALENDAR\r\nEND:VEVENT\r\n', 'badly-nested', 2],
  [
    'an event in an event',
    file('BEGIN:VEVENT', 'BEGIN:VEVENT', 'END:VEVENT', 'END:VEVENT'),
    'badly-nested',
    6,
  ],
  ['too many events', file(...Array(2_001).fill('BEGIN:VEVENT\r\nEND:VEVENT')), 'too-many-events', 4_004],
])('[IMP-5] a file with $0 is refused as $2, with its line', (_title, text, why, line) => {
  expect(findInIcs({ text, zone, nowMs, horizonMs })).toEqual({ type: 'refused', why, line })
})

test('[IMP-6] whatever a file holds, it is read or refused, and never throws', () => {
  const part = fc.constantFrom(
    'BEGIN:VEVENT',
    'END:VEVENT',
    'BEGIN:VALARM',
    'END:VALARM',
    'UID:1',
    'DTSTART:20270115T100000Z',
    'DTSTART;TZID=:20270115T100000',
    'DTSTART;VALUE=PERIOD:19970101T180000Z/PT5H',
    'DTEND:99999999T999999Z',
    'DURATION:-P99999999999W',
    'DURATION:PT',
    'RRULE:FREQ=DAILY;UNTIL=',
    'RRULE:FREQ=YEARLY;BYDAY=-54MO',
    'RRULE:',
    'EXDATE:20270115T100000Z,,',
    'RDATE;VALUE=PERIOD:20270116T100000Z/PT1H',
    'RECURRENCE-ID;RANGE=THISANDFUTURE:20270116T100000Z',
    ';;;:::',
    'X;A="B:C',
    ' folded',
    'SUMMARY:😀\\n\\,\\;\\',
  )
  const text = fc.array(fc.oneof(part, fc.string({ maxLength: 30 })), { maxLength: 40 })
  fc.assert(
    fc.property(text, (parts) => {
      const answer = findInIcs({ text: file(...parts), zone, nowMs, horizonMs })
      expect(['read', 'refused']).toContain(answer.type)
      const one = findInIcs({ text: file(event(...parts)), zone, nowMs, horizonMs })
      expect(['read', 'refused']).toContain(one.type)
    }),
    { seed: 3, numRuns: 1_500 },
  )
})

const minute = fc.integer({ min: 1, max: 50 * 24 * 60 }).map((minutes) => nowMs + minutes * minuteMs)
const theirs = fc.record({
  uid: fc.uuid(),
  summary: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .filter((one) => !/[\p{Cc}\\]/u.test(one)),
  location: fc.option(fc.constantFrom('Room 1', 'Säle; Räume, 漢字'), { nil: undefined }),
  startMs: minute,
  minutes: fc.integer({ min: 5, max: 600 }),
})

test('[IMP-7] a calendar that another library wrote is found as it was meant', () => {
  fc.assert(
    fc.property(fc.uniqueArray(theirs, { maxLength: 8, selector: ({ uid }) => uid }), (some) => {
      const events = some.map(
        ({ uid, summary, location, startMs, minutes }): IcsEvent => ({
          uid,
          summary,
          ...(location === undefined ? {} : { location }),
          stamp: { date: new Date(nowMs) },
          start: { date: new Date(startMs) },
          end: { date: new Date(startMs + minutes * minuteMs) },
        }),
      )
      const calendar: IcsCalendar = { version: '2.0', prodId: '-//theirs//EN', events }
      const answer = findInIcs({ text: generateIcsCalendar(calendar), zone, nowMs, horizonMs })
      if (answer.type === 'refused') throw new Error(`${answer.why} ${answer.line}`)
      expect(
        answer.found.map(({ key, title, place, startMs, endMs }) => [key, title, place, startMs, endMs]),
      ).toEqual(
        some.map(({ uid, summary, location, startMs, minutes }) => [
          uid,
          summary.replaceAll(/\s+/g, ' ').trim() || 'Imported',
          location ?? null,
          startMs,
          startMs + minutes * minuteMs,
        ]),
      )
    }),
    { seed: 7, numRuns: 300 },
  )
})

test('[IMP-8] a file on its thread: 10,000 lines, and the worst rules there are, leave the server free', async () => {
  const hostile = Array.from({ length: 1_600 }, (_, index) =>
    event(
      `UID:${index}`,
      'DTSTART:19500101T100000Z',
      'DURATION:PT1M',
      'RRULE:FREQ=DAILY;COUNT=10000;BYMONTHDAY=31;BYMONTH=2',
    ),
  )
  for (const text of [file(...hostile), file(...Array(1_999).fill(event('UID:1', ...tomorrow)))]) {
    const before = process.threadCpuUsage()
    const answer = await readIcs({ text, zone, nowMs, horizonMs })
    const { user, system } = process.threadCpuUsage(before)
    expect((user + system) / 1_000, 'milliseconds of this thread').toBeLessThan(400)
    expect(['read', 'refused']).toContain(answer.type)
  }
})

test('[IMP-9] a file that takes too long is given up, and its thread ended', async () => {
  const text = file(...Array(1_900).fill(event('UID:1', ...tomorrow, 'RRULE:FREQ=DAILY')))
  expect(await readIcs({ text, zone, nowMs, horizonMs }, 1)).toEqual({
    type: 'refused',
    why: 'too-slow',
    line: null,
  })
})

function askOf(plan: FakePlan, text: string, memory = fakeMemory()) {
  return { plan, memory, staffId: 'anna', text, reason: 'Cancelled there', nowMs }
}

const two = file(
  event('UID:a', 'SUMMARY:Staff meeting', 'LOCATION:Room 9', 'DESCRIPTION:secret', ...tomorrow),
  event('UID:b', 'SUMMARY:Teaching', 'DTSTART:20270118T100000Z', 'DURATION:PT1H'),
)

test('[IMP-10] a preview books nothing and says what an import then does', async () => {
  const plan = fakePlan()
  const ask = askOf(plan, two)
  const preview = await previewIcs(ask)
  expect(plan.asked).toEqual([])
  expect(preview).toMatchObject({ type: 'read', booked: 0, items: [{ why: null }, { why: null }] })
  const done = await importIcs(ask)
  expect(done).toEqual({ ...preview, booked: 2 })
  const row = plan.book.get('appointment', idOf('anna', 'a'))
  expect(row).toMatchObject({
    title: 'Staff meeting',
    place: 'Room 9',
    note: '',
    staff: ['anna'],
    status: 'booked',
  })
})

test('[IMP-11] importing twice changes nothing', async () => {
  const plan = fakePlan()
  const ask = askOf(plan, two)
  await importIcs(ask)
  const before = JSON.stringify([...plan.book.all('appointment')])
  expect(await importIcs(ask)).toMatchObject({ booked: 0, items: [{ why: 'known' }, { why: 'known' }] })
  expect(JSON.stringify([...plan.book.all('appointment')])).toBe(before)
})

test('[IMP-12] HZ-8: what would be in two places at once is not booked, within the file either, and is said', async () => {
  const plan = fakePlan([
    appointment({
      when: { type: 'at', startMs: Date.UTC(2027, 0, 15, 9), endMs: Date.UTC(2027, 0, 15, 10) },
    }),
  ])
  const text = file(
    event('UID:a', ...tomorrow),
    event('UID:b', 'DTSTART:20270118T100000Z', 'DURATION:PT1H'),
    event('UID:c', 'DTSTART:20270118T103000Z', 'DURATION:PT1H'),
  )
  const ask = askOf(plan, text)
  const whys = [{ why: 'taken' }, { why: null }, { why: 'taken' }]
  expect(await previewIcs(ask)).toMatchObject({ items: whys })
  expect(await importIcs(ask)).toMatchObject({ items: whys, booked: 1 })
})

test('[IMP-13] one file makes 400 appointments at most', async () => {
  const plan = fakePlan()
  const events = Array.from({ length: 450 }, (_, index) =>
    event(
      `UID:${index}`,
      `DTSTART:${new Date(nowMs + (index + 1) * 2 * hourMs).toISOString().replaceAll(/[-:]|\.000/g, '')}`,
      'DURATION:PT1H',
    ),
  )
  const answer = await importIcs(askOf(plan, file(...events)))
  expect(answer).toMatchObject({ booked: 400 })
  expect(plan.asked).toHaveLength(400)
})

test('[IMP-14] every zone that a Windows name stands for is one', () => {
  expect(windowsZones.size).toBeGreaterThan(80)
  for (const [name, zone] of windowsZones) expect([name, isZone(zone)]).toEqual([name, true])
})

const moved = 'DTSTART:20270115T140000Z'

async function afterTwo() {
  const [plan, memory] = [fakePlan(), fakeMemory()]
  await importIcs(askOf(plan, two, memory))
  return { plan, memory, a: () => plan.book.get('appointment', idOf('anna', 'a')) }
}

test('[IMP-15] HZ-8: what was moved there is offered as a move, done when it is confirmed, and known after that', async () => {
  const { plan, memory, a } = await afterTwo()
  const text = file(
    event('UID:a', 'SEQUENCE:1', 'SUMMARY:Staff meeting', 'LOCATION:Room 9', moved, 'DURATION:PT30M'),
  )
  const fromMs = Date.UTC(2027, 0, 15, 9)
  const items = [{ does: 'move', fromMs, startMs: fromMs + 5 * hourMs, why: null }]
  const before = a()
  expect(await previewIcs(askOf(plan, text, memory))).toMatchObject({ items, booked: 0, changed: 0 })
  expect(a()).toEqual(before)
  expect(await importIcs(askOf(plan, text, memory))).toMatchObject({ items, booked: 0, changed: 1 })
  expect(a()).toMatchObject({ when: { startMs: fromMs + 5 * hourMs } })
  expect(await importIcs(askOf(plan, text, memory))).toMatchObject({ items: [{ why: 'known' }], changed: 0 })
})

test('[IMP-16] HZ-8: what is cancelled there is offered as a cancellation, and comes back only with a newer file', async () => {
  const { plan, memory, a } = await afterTwo()
  const text = (...lines: readonly string[]) =>
    file(event('UID:a', 'SUMMARY:Staff meeting', 'LOCATION:Room 9', ...tomorrow, ...lines))
  const gone = text('SEQUENCE:1', 'STATUS:CANCELLED')
  expect(await previewIcs(askOf(plan, gone, memory))).toMatchObject({
    items: [{ does: 'cancel', why: null }],
  })
  expect(a()?.status).toBe('booked')
  await importIcs(askOf(plan, gone, memory))
  expect(a()).toMatchObject({ status: 'cancelled', cancelReason: 'Cancelled there' })
  expect(await importIcs(askOf(plan, text(), memory))).toMatchObject({
    items: [{ why: 'known' }],
    changed: 0,
  })
  expect(await importIcs(askOf(plan, text('SEQUENCE:2'), memory))).toMatchObject({ changed: 1 })
  expect(a()).toMatchObject({ status: 'booked', cancelReason: null })
})

test('[IMP-17] an older file, by SEQUENCE or by LAST-MODIFIED, moves nothing', async () => {
  const [plan, memory] = [fakePlan(), fakeMemory()]
  const of = (sequence: number, modified: string, ...lines: readonly string[]) =>
    file(event('UID:a', `SEQUENCE:${sequence}`, `LAST-MODIFIED:${modified}`, ...lines))
  await importIcs(askOf(plan, of(3, '20270110T100000Z', ...tomorrow), memory))
  for (const text of [
    of(2, '20270112T100000Z', moved, 'DURATION:PT30M'),
    of(3, '20270109T100000Z', moved, 'DURATION:PT30M'),
  ])
    expect(await importIcs(askOf(plan, text, memory))).toMatchObject({
      items: [{ why: 'known' }],
      changed: 0,
    })
  const newer = of(3, '20270111T100000Z', moved, 'DURATION:PT30M')
  expect(await importIcs(askOf(plan, newer, memory))).toMatchObject({ items: [{ does: 'move' }], changed: 1 })
})

test('[IMP-18] what a person moved here stays where it is while the file says what it said', async () => {
  const { plan, memory, a } = await afterTwo()
  const row = a()
  if (row?.when.type !== 'at') throw new Error('not booked')
  const startMs = row.when.startMs + 3 * hourMs
  plan.book.put({ ...row, rev: 2, when: { type: 'at', startMs, endMs: startMs + 30 * minuteMs } })
  expect(await importIcs(askOf(plan, two, memory))).toMatchObject({ changed: 0, booked: 0 })
  expect(a()).toMatchObject({ when: { startMs } })
})

test('[IMP-19] HZ-8: a series that is at another time there leaves no occasion standing at the old one', async () => {
  const [plan, memory] = [fakePlan(), fakeMemory()]
  const at = (clock: string, sequence: number, ...lines: readonly string[]) =>
    file(
      event(
        'UID:s',
        `SEQUENCE:${sequence}`,
        `DTSTART:20270115T${clock}00Z`,
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY;COUNT=3',
        ...lines,
      ),
    )
  await importIcs(askOf(plan, at('1000', 0), memory))
  const answer = await importIcs(askOf(plan, at('1030', 1), memory))
  expect(answer).toMatchObject({ booked: 3, changed: 3 })
  const standing = () =>
    [...plan.book.all('appointment')].flatMap(({ status, when }) =>
      status === 'booked' && when.type === 'at' ? [new Date(when.startMs).toISOString().slice(8, 16)] : [],
    )
  expect(standing()).toEqual(['15T10:30', '16T10:30', '17T10:30'])
  await importIcs(askOf(plan, at('1030', 2, 'EXDATE:20270116T103000Z'), memory))
  expect(standing()).toEqual(['15T10:30', '17T10:30'])
  await importIcs(askOf(plan, at('1030', 3, 'STATUS:CANCELLED'), memory))
  expect(standing()).toEqual([])
})
