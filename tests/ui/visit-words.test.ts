import { expect, test } from 'vitest'
import { bornFrom } from '../../src/core/born.ts'
import type { VisitYours } from '../../src/state/visit.ts'
import { speak } from '../../src/ui/texts/catalogue.ts'
import { visit } from '../../src/ui/texts/visit.ts'
import { againUntil, beforeWord, bornOrder, lateMinutes, timeIn } from '../../src/ui/words-visit.ts'
import { allFound, triedTrouble } from '../../src/ui/words-visit-test.ts'

test.each([
  ['en-GB', ['day', 'month', 'year']],
  ['fi-FI', ['day', 'month', 'year']],
  ['nl-NL', ['day', 'month', 'year']],
  ['it-IT', ['day', 'month', 'year']],
  ['sv-SE', ['year', 'month', 'day']],
] as const)('in %s a date of birth is asked for as %s', (locale, order) => {
  expect(bornOrder(locale)).toEqual(order)
})

test.each([
  ['4', '11', '1948', '1948-11-04'],
  ['04', '1', ' 2001 ', '2001-01-04'],
  ['29', '2', '2000', '2000-02-29'],
  ['29', '2', '1900', null],
  ['31', '4', '1960', null],
  ['0', '4', '1960', null],
  ['4', '13', '1960', null],
  ['4', '11', '48', null],
  ['4', '', '1948', null],
  ['4', 'Nov', '1948', null],
  ['4', '11', '0948', null],
])('[VISIT-2] %s, %s and %s are %s', (day, month, year, born) => {
  expect(bornFrom({ day, month, year })).toBe(born)
})

const startMs = Date.UTC(2026, 10, 22, 8, 0)
const yours: VisitYours = {
  ...{ state: 'waiting', startMs, endMs: startMs + 1_200_000, zone: 'Europe/Helsinki' },
  ...{ before: 0, notes: [], phone: null },
}

test.each([
  [-20, 0],
  [4, 0],
  [5, 5],
  [9.9, 5],
  [23, 20],
])('lateness of %d minutes is told as %d', (minutes, told) => {
  expect(lateMinutes(startMs, startMs + minutes * 60_000)).toBe(told)
})

test('[VISIT-3] whoever is next is told so, and others how many are before', async () => {
  await speak('en')
  expect(visit('room').checkedIn).toBe('You are checked in')
  expect(beforeWord(yours)).toBe('You are next.')
  expect(beforeWord({ ...yours, before: 1 })).toBe('1 person is before you.')
  expect(beforeWord({ ...yours, before: 3 })).toBe('3 people are before you.')
})

test('times are those of the hospital, with one’s own beside them where it is another', async () => {
  await speak('en')
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  expect(timeIn(startMs, own)).toMatch(/^\d\d:\d\d$/)
  expect(timeIn(startMs, 'Pacific/Kiritimati')).toMatch(
    /^22:00, Kiritimati time \(.*\d\d:\d\d where you are\)$/,
  )
})

test('until when the link leads back is said as long as that is to come', async () => {
  await speak('en')
  const own = { ...yours, zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
  expect(againUntil(own, startMs)).toMatch(/^Your link leads back until \d\d:\d\d\.$/)
  expect(againUntil(own, startMs + 3_600_000)).toBeNull()
})

test('a camera that is not allowed is told with the steps of this very browser', async () => {
  await speak('en')
  const { said, steps } = triedTrouble('camera', 'denied', 'safari-ios')
  expect(said).toBe('The camera is not allowed')
  expect(steps).toContain('Touch the three dots, then Website Settings.')
  expect(steps.at(-1)).toBe('Come back here and press “Try again”.')
})

test('what a test found is told thing by thing, with a slow or shut way', () => {
  const test = {
    ...({ camera: 'works', microphone: 'silent', speaker: 'skipped' } as const),
    ...{ ways: {}, downKbps: 4_000, upKbps: 120, browser: 'Safari 18 on iPhone' },
  }
  expect(allFound(test).map(({ tone, word }) => [tone, word])).toEqual([
    ['well', 'works'],
    ['waits', 'was not heard'],
    ['waits', 'not tried'],
    ['waits', 'slow: sound will work, the picture may stand still'],
  ])
  const shut = { ...test, ways: { udp: 'closed', tls: 'closed' } as const }
  expect(allFound(shut).at(-1)?.word).toContain('blocked')
  expect(allFound({ ...test, upKbps: 900 }).at(-1)?.word).toBe('good')
  expect(allFound({ ...test, downKbps: null, upKbps: null }).at(-1)?.word).toBe('not measured')
})
