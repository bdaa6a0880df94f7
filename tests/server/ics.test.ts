import fc from 'fast-check'
import { convertIcsCalendar } from 'ts-ics'
import { expect, test } from 'vitest'
import { type Language, languages } from '../../src/core/languages.ts'
import { createBook } from '../../src/core/plan/book.ts'
import { type Appointment, appointmentKinds, appointmentStatuses } from '../../src/protocol/plan.ts'
import { calendarOf } from '../../src/server/plan/ics.ts'
import { uidOf } from '../../src/server/plan/ics-parts.ts'
import { appointment, dayMs, hourMs, nowMs, rows } from './plan-fake.ts'

const plan = createBook(rows)

function written(
  changes: Partial<Appointment> = {},
  conference: string | null = null,
  language: Language = 'en',
): string {
  return calendarOf('Ward 4', plan, [{ appointment: appointment(changes), conference }], language)
}

/** The content lines, unfolded. */
function lines(text: string): string[] {
  return text.replaceAll(/\r\n[ \t]/g, '').split('\r\n')
}

test('[ICS-1] a calendar says kind, place and time, and never title, note, patient or outpatient', () => {
  const stops = [{ bedId: 'bed-2', admissionId: 'stay-2', minutes: 10, state: 'open' as const }]
  const text = written({ kind: 'bed-call', place: null, stops })
  for (const secret of ['Diabetes', 'HbA1c', 'García', 'juan@', 'Virtanen', 'DEMO-2', 'stay-2', '1950'])
    expect(text).not.toContain(secret)
  expect(lines(text)).toEqual(
    expect.arrayContaining([
      `UID:${uidOf('one')}`,
      'SEQUENCE:1',
      'DTSTART:20270114T090000Z',
      'DTEND:20270114T100000Z',
      'SUMMARY:Bedside call',
      'LOCATION:Bed 2',
      'STATUS:CONFIRMED',
      'CLASS:PRIVATE',
      'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
      'X-PUBLISHED-TTL:PT15M',
    ]),
  )
})

test('[ICS-2] what was cancelled or entered in error is cancelled under the same UID with a higher sequence', () => {
  for (const status of ['cancelled', 'entered-in-error'] as const)
    expect(lines(written({ status, rev: 7, cancelReason: 'Patient unwell' }))).toEqual(
      expect.arrayContaining([`UID:${uidOf('one')}`, 'SEQUENCE:7', 'STATUS:CANCELLED']),
    )
  expect(written({ status: 'cancelled', cancelReason: 'Patient unwell' })).not.toContain('unwell')
})

test('[ICS-3] where to join by video is a CONFERENCE of RFC 7986', () => {
  expect(lines(written({}, 'https://bedside.example/v/1?a=b;c,d'))).toContain(
    'CONFERENCE;FEATURE=VIDEO;LABEL=Join by video;VALUE=URI:https://bedside.example/v/1?a=b;c,d',
  )
})

test('[ICS-4] who waits has no time, so no calendar has it', () => {
  const when = { type: 'waiting', minutes: 20, notBeforeMs: nowMs, notAfterMs: nowMs + dayMs } as const
  expect(written({ when, status: 'waitlist' })).not.toContain('VEVENT')
})

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }).filter((one) => one.trim() !== '')
const appointments = fc.record({
  id: fc.stringMatching(/^[0-9A-Za-z_-]{1,64}$/),
  rev: fc.integer({ min: 1, max: 3_000_000_000 }),
  kind: fc.constantFrom(...appointmentKinds),
  status: fc.constantFrom(...appointmentStatuses),
  place: fc.option(fc.oneof(text, fc.constantFrom('a\r\nBEGIN:VALARM', ';,\\"', '漢字'.repeat(30)))),
  when: fc
    .tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1_000, max: dayMs }))
    .map(([startMs, length]) => ({ type: 'at' as const, startMs, endMs: startMs + length })),
})

test('[ICS-5] lines are folded at 75 octets, whole characters each, and end with CRLF (RFC 5545 §3.1)', () => {
  fc.assert(
    fc.property(appointments, (one) => {
      const all = written(one, `https://x.example/${'ä'.repeat(60)}`).split('\r\n')
      expect(all.pop()).toBe('')
      for (const line of all) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(line).not.toMatch(/[\r\n]/)
        expect(line.isWellFormed()).toBe(true)
      }
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('[ICS-6] another library reads back what was written', () => {
  fc.assert(
    fc.property(fc.uniqueArray(appointments, { maxLength: 8, selector: ({ id }) => id }), (some) => {
      const listed = some.map((one) => ({ appointment: appointment(one), conference: null }))
      const { events = [] } = convertIcsCalendar(undefined, calendarOf('Ward 4', plan, listed, 'en'))
      expect(events).toHaveLength(some.length)
      for (const [index, { id, when, rev, place }] of some.entries()) {
        const event = events[index]
        expect(event?.uid).toBe(uidOf(id))
        expect(event?.start.date.getTime()).toBe(Math.floor(when.startMs / 1_000) * 1_000)
        expect(event?.end?.date.getTime()).toBe(Math.floor(when.endMs / 1_000) * 1_000)
        expect(event?.sequence).toBe(Math.min(rev, 2_147_483_647))
        expect(event?.location?.trim()).toBe(place?.replaceAll(/\p{Cc}+/gu, ' ').trim())
      }
    }),
    { seed: 2, numRuns: 300 },
  )
})

test('[ICS-7] the same appointments are the same text, whenever it is asked for', () => {
  expect(written()).toBe(written())
  expect(written({ when: { type: 'at', startMs: nowMs, endMs: nowMs + hourMs } })).not.toBe(written())
})

test('[ICS-8] kind and bed are said in each of the five languages, and the same row in two of them', () => {
  const stops = [{ bedId: 'bed-2', admissionId: 'stay-2', minutes: 10, state: 'open' as const }]
  const row = appointment({ kind: 'round', place: null, stops })
  const said = languages.map((language) =>
    lines(calendarOf('Ward 4', plan, [{ appointment: row, conference: null }], language)).filter((line) =>
      /^(SUMMARY|LOCATION)/.test(line),
    ),
  )
  expect(said).toEqual([
    ['SUMMARY:Round', 'LOCATION:Bed 2'],
    ['SUMMARY:Kierto', 'LOCATION:Vuode 2'],
    ['SUMMARY:Rond', 'LOCATION:Säng 2'],
    ['SUMMARY:Visite', 'LOCATION:Bed 2'],
    ['SUMMARY:Giro visite', 'LOCATION:Letto 2'],
  ])
})
