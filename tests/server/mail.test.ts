/** Letters to outpatients, as a real mail server got them and a reader of mail reads them. */
import { convertIcsCalendar } from 'ts-ics'
import { expect, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import { letterKinds } from '../../src/server/mail/kinds.ts'
import { uidOf } from '../../src/server/plan/ics-parts.ts'
import type { LetterFacts } from '../../src/server/visits/post.ts'
import { facts, hourMs, link, minuteMs, nowMs, openPost, startMs } from './mail.ts'

const helsinki = {
  en: 'Thursday 21 January 2027, 10:00 EET',
  fi: 'torstaina 21. tammikuuta 2027 klo 10.00 UTC+2',
  sv: 'torsdag 21 januari 2027 kl. 10:00 EET',
  nl: 'donderdag 21 januari 2027 om 10:00 EET',
  it: 'giovedì 21 gennaio 2027, ore 10:00 EET',
} as const

test.each(languages)(
  '[MAIL-1] every kind of letter in %s is read by a mail program, says when, and what to do',
  async (language) => {
    const { queue, world, server } = await openPost()
    for (const kind of letterKinds) {
      const status = kind === 'cancellation' ? 'cancelled' : 'booked'
      world.facts.set('visit-1', facts({ language }, { status }))
      await queue(kind)
    }
    expect(server.delivered).toHaveLength(letterKinds.length)
    for (const [index, { mail, to, from }] of server.delivered.entries()) {
      const kind = letterKinds[index]
      expect({ from, to }).toEqual({ from: 'visits@hospital.example', to: ['juan@example.org'] })
      expect(mail.subject, kind).toContain('Ward 4')
      for (const body of [mail.text, String(mail.html)]) {
        expect(body, kind).toContain('Juan García')
        expect(body, kind).toContain(helsinki[language])
        expect(body, kind).toContain('+358 9 123 456')
        expect(body?.includes(link), kind).toBe(kind !== 'cancellation')
      }
    }
    expect(new Set(server.delivered.map(({ mail }) => mail.subject)).size, 'each says what it is').toBe(6)
  },
)

test('[MAIL-2] its head says that a program wrote it, in which language, and the same id for ever', async () => {
  const { queue, server, rows } = await openPost()
  await queue('invitation')
  const [row] = await rows()
  const { mail } = server.delivered[0] ?? {}
  expect(mail?.messageId).toBe(`<${row?.letter_id}@hospital.example>`)
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
  expect(mail?.headers.get('content-language')).toBe('en')
  expect(mail?.from?.text).toBe('"Ward 4" <visits@hospital.example>')
  expect(mail?.date).toEqual(new Date(nowMs))
  expect(server.names).toEqual(['bedside.example'])
})

test('[MAIL-3] why somebody comes never leaves: no title, note, room or staff, and no name in the head or the calendar', async () => {
  const { queue, server } = await openPost()
  for (const kind of letterKinds) await queue(kind)
  for (const { raw, mail, calendar } of server.delivered) {
    const whole = [raw, mail.text, mail.html, calendar?.text, mail.subject].join('\n')
    for (const secret of ['Diabetes', 'insulin', 'HbA1c', 'needles', 'Room 4', 'anna', 'DEMO'])
      expect(whole).not.toContain(secret)
    const head = [...mail.headers].map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join('\n')
    expect(head).not.toContain('Juan')
    expect(calendar?.text ?? '').not.toMatch(/Juan|García/)
  }
})

test('[MAIL-4] nothing in it comes from elsewhere: no picture, style sheet, script or address but the link', async () => {
  const { queue, server } = await openPost()
  await queue('invitation')
  const html = String(server.delivered[0]?.mail.html)
  expect(html).not.toMatch(/<(?:img|script|link|iframe|style|base)\b|url\(|src=/i)
  expect([...html.matchAll(/https?:[^"<\s]+/g)].map(([found]) => found)).toEqual([link, link])
})

test('[MAIL-5] what goes into a calendar is a REQUEST, and the same entry is taken away by a CANCEL', async () => {
  const { queue, world, server } = await openPost()
  await queue('invitation')
  world.facts.set('visit-1', facts({}, { rev: 7, status: 'cancelled' }))
  await queue('cancellation')
  const [asked, taken] = server.delivered.map(({ calendar, mail }) => {
    const attached = mail.attachments.find(({ filename }) => filename === 'visit.ics')
    expect(attached?.content.toString()).toBe(calendar?.text)
    return { method: calendar?.method, ...convertIcsCalendar(undefined, calendar?.text ?? '') }
  })
  expect(asked).toMatchObject({ method: 'REQUEST', version: '2.0', prodId: '-//Bedside//Visit//EN' })
  expect(taken).toMatchObject({ method: 'CANCEL' })
  const [event, gone] = [asked?.events?.[0], taken?.events?.[0]]
  expect(event).toMatchObject({
    uid: uidOf('visit-1'),
    sequence: 1,
    summary: 'Video visit: Ward 4',
    status: 'CONFIRMED',
    url: link,
    organizer: { name: 'Ward 4', email: 'visits@hospital.example' },
    attendees: [{ email: 'juan@example.org', partstat: 'NEEDS-ACTION', rsvp: false }],
  })
  expect(event?.start.date).toEqual(new Date(startMs))
  expect(event?.end?.date).toEqual(new Date(startMs + 30 * minuteMs))
  expect(event?.alarms).toMatchObject([
    { action: 'DISPLAY', trigger: { value: { before: true, minutes: 10 } } },
  ])
  expect(gone).toMatchObject({ uid: uidOf('visit-1'), sequence: 7, status: 'CANCELLED' })
})

test('[MAIL-6] reminders bring no entry: nothing has changed', async () => {
  const { queue, server } = await openPost()
  await queue('reminder-day')
  await queue('reminder-soon')
  expect(server.delivered.map(({ calendar, mail }) => [calendar, mail.attachments])).toEqual([
    [null, []],
    [null, []],
  ])
})

test.each([
  ['Europe/Helsinki', Date.UTC(2027, 2, 28, 0, 30), 'Sunday 28 March 2027, 02:30 EET'],
  ['Europe/Helsinki', Date.UTC(2027, 2, 28, 1, 30), 'Sunday 28 March 2027, 04:30 EEST'],
  ['Europe/Helsinki', Date.UTC(2027, 9, 31, 0, 30), 'Sunday 31 October 2027, 03:30 EEST'],
  ['Europe/Helsinki', Date.UTC(2027, 9, 31, 1, 30), 'Sunday 31 October 2027, 03:30 EET'],
  ['America/New_York', Date.UTC(2027, 2, 28, 1, 30), 'Saturday 27 March 2027, 21:30 GMT-4'],
])(
  '[MAIL-7] the time is by the clock in %s, whatever day the clocks are moved on',
  async (zone, atMs, said) => {
    const { queue, world, server } = await openPost()
    const when = { type: 'at', startMs: atMs, endMs: atMs + hourMs } as const
    world.facts.set('visit-1', facts({ zone }, { when }))
    await queue('invitation')
    expect(server.delivered[0]?.mail.text).toContain(said)
    expect(server.delivered[0]?.calendar?.text).toContain(`DTSTART:${stamp(atMs)}`)
  },
)

test.each(languages)(
  '[MAIL-7] in %s whoever lives by another clock reads both times, each with its zone, and others one',
  async (language) => {
    const { queue, world, server } = await openPost()
    world.facts.set('visit-1', facts({ language, zone: 'Asia/Tokyo' }))
    await queue('invitation')
    world.facts.set('visit-1', facts({ language, zone: 'Europe/Athens' }))
    await queue('reminder-soon')
    const [abroad, alike] = server.delivered.map(({ mail }) => mail.text ?? '')
    expect(abroad).toContain(helsinki[language])
    expect(abroad).toMatch(/17[:.]00 (GMT|UTC)\+9/)
    expect(alike?.match(/10[:.]00/g)).toHaveLength(1)
  },
)

const stamp = (ms: number) => new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '')

test.each<[string, Partial<LetterFacts>]>([
  ['a name that begins a head', { name: 'Eve\r\nBcc: evil@example.org' }],
  ['a ward that begins a head', { ward: 'Ward\r\nBcc: evil@example.org\r\n\r\nHello' }],
  ['a ward that begins a property', { ward: 'W"\r\nATTENDEE:mailto:evil@example.org' }],
  ['a name with markup', { name: '<img src=x onerror=alert(1)>"&' }],
  ['names beyond ASCII, and quotes', { name: 'Łucja "Lu" Nguyễn 漢字', ward: 'Osasto "Ä" — 漢字'.repeat(6) }],
  ['a telephone that begins a head', { wardPhone: '1\r\nBcc: evil@example.org' }],
])('[MAIL-8] %s stays text', async (_what, changes) => {
  const { queue, world, server } = await openPost()
  world.facts.set('visit-1', facts(changes))
  await queue('invitation')
  const [{ mail, to, calendar, raw } = never()] = server.delivered
  expect(to).toEqual(['juan@example.org'])
  expect(mail.headers.has('bcc')).toBe(false)
  expect(String(mail.html)).not.toContain('<img')
  const said = (changes.name ?? 'Juan García').replaceAll(/\p{Cc}+/gu, ' ')
  expect(mail.text).toContain(said)
  expect(mail.subject).toContain((changes.ward ?? 'Ward 4').replaceAll(/\p{Cc}+/gu, ' ').slice(0, 20))
  const { events = [] } = convertIcsCalendar(undefined, calendar?.text ?? '')
  expect(events[0]?.attendees).toHaveLength(1)
  expect(events[0]?.summary).toContain((changes.ward ?? 'Ward 4').replaceAll(/\p{Cc}+/gu, ' '))
  for (const line of calendar?.text.split('\r\n') ?? [])
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  expect(
    raw.split('\r\n').every((line) => line.length <= 998),
    'RFC 5322 §2.1.1',
  ).toBe(true)
})

test.each([
  'juan@example.org, evil@example.org',
  'juan@example.org\r\nRCPT TO:<evil@example.org>',
  'Juan <juan@example.org>',
  'juan',
  '',
])('[MAIL-9] %j is no address: nothing goes, and staff see that it failed', async (to) => {
  const { queue, world, server, state } = await openPost()
  world.facts.set('visit-1', facts({ to }))
  await queue('invitation')
  expect(server.delivered).toEqual([])
  expect(await state()).toMatchObject({ state: 'failed', problem: 'not an address' })
})

function never(): never {
  throw new Error('nothing was delivered')
}
