/** An invitation for a calendar, whatever a ward is called and whenever a visit is, as another library reads it. */
import fc from 'fast-check'
import { convertIcsCalendar } from 'ts-ics'
import { expect, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import { type Invite, inviteOf } from '../../src/server/mail/invite-ics.ts'
import { uidOf } from '../../src/server/plan/ics-parts.ts'
import { link, minuteMs, nowMs, startMs } from './mail.ts'

const invite: Invite = {
  ...{ method: 'REQUEST', entryId: 'visit-1', sequence: 3, stampMs: nowMs },
  ...{ startMs, endMs: startMs + 30 * minuteMs, ward: 'Ward 4', language: 'en', link },
  ...{ from: 'visits@hospital.example', to: 'juan@example.org' },
}

const lines = (text: string) => text.replaceAll(/\r\n[ \t]/g, '').split('\r\n')

test('[INVITE-1] a request has all that a calendar needs, and the link in both places where programs look', () => {
  expect(lines(inviteOf(invite))).toEqual(
    expect.arrayContaining([
      'METHOD:REQUEST',
      `UID:${uidOf('visit-1')}`,
      'SEQUENCE:3',
      'DTSTAMP:20270114T080000Z',
      'DTSTART:20270121T080000Z',
      'DTEND:20270121T083000Z',
      'SUMMARY:Video visit: Ward 4',
      'CLASS:PRIVATE',
      'ORGANIZER;CN=Ward 4:mailto:visits@hospital.example',
      'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:juan@example.org',
      `CONFERENCE;FEATURE=VIDEO;LABEL=Join by video;VALUE=URI:${link}`,
      `URL:${link}`,
      'TRIGGER:-PT10M',
    ]),
  )
})

test('[INVITE-2] what is cancelled has no link and no alarm any more', () => {
  const text = inviteOf({ ...invite, method: 'CANCEL' })
  expect(lines(text)).toEqual(expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:3']))
  expect(text).not.toMatch(/VALARM|CONFERENCE|URL|visit#/)
})

const ward = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }),
  fc.constantFrom(
    'a\r\nATTENDEE:mailto:evil@example.org',
    '";CN="x":mailto:evil@example.org',
    "^n^'^^",
    '漢字'.repeat(40),
    '\u2028\u0085',
  ),
)
const arbitrary = fc.record({
  ward,
  method: fc.constantFrom('REQUEST' as const, 'CANCEL' as const),
  language: fc.constantFrom(...languages),
  startMs: fc.integer({ min: 0, max: 4e12 }),
  sequence: fc.integer({ min: 0, max: 2_147_483_647 }),
})

test('[INVITE-3] lines have 75 octets, whole characters each, and another library reads back one event (RFC 5545 §3.1)', () => {
  fc.assert(
    fc.property(arbitrary, (changes) => {
      const text = inviteOf({ ...invite, ...changes, endMs: changes.startMs + 30 * minuteMs })
      const all = text.split('\r\n')
      expect(all.pop()).toBe('')
      for (const line of all) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(line).not.toMatch(/[\r\n]/)
        expect(line.isWellFormed()).toBe(true)
      }
      const begun = lines(text).filter((line) => /^(?:BEGIN|ATTENDEE|ORGANIZER)/.test(line))
      expect(begun).toHaveLength(changes.method === 'REQUEST' ? 5 : 4)
      const { events = [] } = convertIcsCalendar(undefined, text)
      expect(events).toHaveLength(1)
      expect(events[0]?.organizer?.email).toBe(invite.from)
      expect(events[0]?.sequence).toBe(changes.sequence)
      expect(events[0]?.start.date.getTime()).toBe(Math.floor(changes.startMs / 1_000) * 1_000)
    }),
    { seed: 8, numRuns: 300 },
  )
})
