/** What visits ask of the mail: which letters, when, and whom a link is taken from when it went to another address. */
import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import type { PlanAct } from '../../src/protocol/plan.ts'
import type { Letter, Post, Withdrawn } from '../../src/server/visits/post.ts'
import { openMailServer } from '../fakes/mail-server.ts'
import { refusalOf } from './client.ts'
import { bookAt, dayMs, hourMs, minuteMs } from './plan.ts'
import { admit, cancelled, openClinic, timo } from './visit.ts'

/** A post that sends nothing and says what it was given. */
function fakePost() {
  const queued: Letter[] = []
  const withdrawn: Withdrawn[] = []
  const dropped: string[] = []
  const post: Post = {
    isOn: true,
    isTexting: false,
    async queue(_db, letter) {
      queued.push(letter)
    },
    async withdraw(_db, letter) {
      withdrawn.push(letter)
    },
    async drop(_db, visitId) {
      dropped.push(visitId)
    },
    deal: async () => false,
    async stateOf(_db, visitIds) {
      const sent = { state: 'sent', to: timo.email, atMs: 1, problem: null, isDealt: false } as const
      return new Map(visitIds.map((visitId) => [visitId, sent]))
    },
  }
  const kinds = () => queued.splice(0).map(({ kind }) => kind)
  return { post, queued, withdrawn, dropped, kinds }
}

/** Timo is invited by mail to a visit in two days. */
async function openInvited(startsInMs = 2 * dayMs) {
  const mail = fakePost()
  const clinic = await openClinic({ startsInMs, post: mail.post })
  const { id: appointmentId } = await clinic.book(clinic.startMs)
  const asked = { appointmentId, by: 'mail', zone: 'Asia/Tokyo' }
  const answer = await (await clinic.asStaff('invite', asked)).json()
  /** The link that the letter has, as whoever may print it is told. */
  const link = async () => await clinic.inviteTo(appointmentId)
  return { clinic, mail, appointmentId, asked, answer, link }
}

test('an invitation is mailed now, and reminders a day and ten minutes before; no link is answered', async () => {
  const { clinic, mail, answer, appointmentId } = await openInvited()
  expect(answer).toEqual({ visitId: expect.any(String), link: null })
  const { visitId } = answer
  expect(mail.queued).toEqual([
    { visitId, kind: 'invitation', dueMs: expect.any(Number) },
    { visitId, kind: 'reminder-day', dueMs: clinic.startMs - dayMs },
    { visitId, kind: 'reminder-soon', dueMs: clinic.startMs - 10 * minuteMs },
  ])
  expect((await clinic.list()).mail).toBe('on')
  expect(await clinic.viewOf({ visitId })).toMatchObject({
    appointmentId,
    mail: { state: 'sent', to: timo.email },
  })
})

test('[VISIT-1] staff are told in which language and by whose clock the patient is written to, for a letter on paper as well', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs, { language: 'fi-FI' })
  expect(await clinic.viewOf(visit)).toMatchObject({ language: 'fi-FI', zone: null })
  await clinic.asStaff('invite', { appointmentId: visit.appointmentId, by: 'letter', zone: 'Asia/Tokyo' })
  expect(await clinic.viewOf(visit)).toMatchObject({ zone: 'Asia/Tokyo' })
})

test('what is past is no reminder any more', async () => {
  expect((await openInvited(hourMs)).mail.kinds()).toEqual(['invitation', 'reminder-soon'])
  expect((await openInvited(5 * minuteMs)).mail.kinds()).toEqual(['invitation'])
})

test('without an address nothing is mailed', async () => {
  const { clinic } = await openInvited()
  const { id } = await clinic.book(clinic.startMs, { outpatient: { ...timo, email: null } })
  const answer = await clinic.asStaff('invite', { appointmentId: id, by: 'mail', zone: null })
  expect(await refusalOf(answer)).toEqual({ status: 409, body: { refusal: 'conflict' } })
})

test('moved, it is mailed with its reminders anew; cancelled, it is mailed and reminded of no more', async () => {
  const { clinic, mail, appointmentId, answer } = await openInvited()
  mail.kinds()
  const startMs = clinic.startMs + hourMs
  await clinic.edit(appointmentId, { when: { type: 'at', startMs, endMs: startMs + hourMs } })
  expect(mail.dropped.at(-1)).toBe(answer.visitId)
  expect(mail.kinds()).toEqual(['update', 'reminder-day', 'reminder-soon'])
  mail.dropped.length = 0
  await clinic.edit(appointmentId, cancelled)
  expect([mail.dropped, mail.kinds()]).toEqual([[answer.visitId], ['cancellation']])
  await clinic.edit(appointmentId, { title: 'Another title', status: 'booked', cancelReason: null })
  expect(mail.kinds()).toEqual(['update', 'reminder-day', 'reminder-soon'])
})

test('another address: what went to the old one leads nowhere, and whoever came by it is sent away (HZ-1)', async () => {
  const { clinic, mail, appointmentId, link } = await openInvited(5 * minuteMs)
  const old = await link()
  const page = await clinic.come(old)
  mail.kinds()
  await clinic.edit(appointmentId, { outpatient: { ...timo, email: 'timo@elsewhere.example' } })
  expect(await page.hear('visit.over')).toMatchObject({ why: 'replaced' })
  expect((await page.closed).code).toBe(4401)
  expect(mail.kinds()).toEqual(['invitation'])
  const { rev } = clinic.ward.plan.book.get('appointment', appointmentId) ?? {}
  const whose = { entryId: appointmentId, visitId: page.browser.visitId, language: 'en' }
  expect(mail.withdrawn).toEqual([{ ...whose, to: timo.email, sequence: rev }])
  expect(await clinic.look(old)).toMatchObject({ state: 'replaced', mayRenew: true })
  const fresh = await link()
  expect(fresh.token).not.toBe(old.token)
  expect(await clinic.enter(fresh, page.browser)).toMatchObject({ type: 'in' })
})

test('a time that is given to another patient: the link and the browser of the first lead nowhere, letter or mail (HZ-1)', async () => {
  const bert = { ...timo, name: 'Bert Virtanen', born: '1944-02-02' }
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  const page = await clinic.come(visit)
  await clinic.edit(visit.appointmentId, { outpatient: bert })
  expect(await page.hear('visit.over')).toMatchObject({ why: 'replaced' })
  expect((await page.closed).code).toBe(4401)
  expect(await clinic.enter(visit, page.browser)).toEqual({ type: 'not-open', state: 'replaced' })
  expect(await clinic.viewOf(visit)).toMatchObject({ name: bert.name, device: 'none', isVouched: false })
  const fresh = await clinic.inviteTo(visit.appointmentId)
  expect(await clinic.enter(fresh, page.browser, timo.born)).toMatchObject({ type: 'wrong' })
  expect(await clinic.enter(fresh, page.browser, bert.born)).toMatchObject({ type: 'in' })
})

test('a date of birth that becomes another is another patient, and a name alone is not (HZ-1)', async () => {
  const { clinic, mail, appointmentId, link } = await openInvited(5 * minuteMs)
  const old = await link()
  await clinic.comeBy(old)
  mail.kinds()
  await clinic.edit(appointmentId, { outpatient: { ...timo, name: 'Timo Korhola' } })
  expect(await clinic.look(old)).toMatchObject({ state: 'open' })
  await clinic.edit(appointmentId, { outpatient: { ...timo, name: 'Timo Korhola', born: '1961-04-03' } })
  expect(await clinic.look(old)).toMatchObject({ state: 'replaced' })
  expect(mail.kinds()).toEqual(['invitation'])
  expect(mail.withdrawn, 'their address is the same').toEqual([])
  expect((await clinic.acts()).at(-1)).toEqual(['visit-invited', 'done', 'server', 'another-patient'])
})

test('an address that is put right in the middle of a call ends nothing', async () => {
  const { clinic, appointmentId, link } = await openInvited(5 * minuteMs)
  const page = await clinic.come(await link())
  const nurse = await clinic.station()
  await admit(clinic, nurse, page)
  await clinic.edit(appointmentId, { outpatient: { ...timo, email: 'timo@elsewhere.example' } })
  await page.settled()
  expect(page.heard().map(({ type }) => type)).not.toContain('visit.over')
})

test('an old link has the new one sent to the address that is known, and not again and again', async () => {
  const { clinic, mail, appointmentId, link } = await openInvited(5 * minuteMs)
  const { token } = await link()
  await clinic.edit(appointmentId, { outpatient: { ...timo, email: 'timo@elsewhere.example' } })
  mail.kinds()
  for (const _ of ['once', 'and again'])
    expect(await (await clinic.withLink('renew', { token })).json()).toEqual({ done: 'sent' })
  expect(mail.kinds()).toEqual(['new-link'])
  for (let many = 0; many < 3; many += 1) {
    clinic.clock.aheadMs += 11 * minuteMs
    await clinic.withLink('renew', { token })
  }
  expect(mail.kinds(), 'three in all').toEqual(['new-link', 'new-link'])
  expect(await clinic.look({ token })).toMatchObject({ mayRenew: false })
})

test('an address that is put right in the middle of a call counts from its end (HZ-1)', async () => {
  const { clinic, appointmentId, link } = await openInvited(5 * minuteMs)
  const page = await clinic.come(await link())
  const nurse = await clinic.station()
  const callId = await admit(clinic, nurse, page)
  await clinic.edit(appointmentId, { outpatient: { ...timo, email: 'timo@elsewhere.example' } })
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  expect(await page.hear('visit.over')).toMatchObject({ why: 'replaced' })
})

test('another telephone: the link that was sent to the old one leads nowhere (HZ-1)', async () => {
  const mail = fakePost()
  const clinic = await openClinic({ startsInMs: 2 * dayMs, post: { ...mail.post, isTexting: true } })
  const { id: appointmentId } = await clinic.book(clinic.startMs)
  await clinic.asStaff('invite', { appointmentId, by: 'mail' })
  const old = await clinic.inviteTo(appointmentId)
  mail.kinds()
  await clinic.edit(appointmentId, { outpatient: { ...timo, phone: '+358 40 2' } })
  expect(await clinic.look(old)).toMatchObject({ state: 'replaced' })
  expect(mail.kinds()).toEqual(['invitation', 'reminder-day', 'reminder-soon'])
})

/** Weekly visits of Timo's at nine, the second of which he is invited to by a real mail server. */
async function openSeries() {
  const server = await openMailServer()
  onTestFinished(() => server.close())
  const environment = { BEDSIDE_SMTP_URL: server.url, BEDSIDE_MAIL_FROM: 'visits@hospital.example' }
  const clinic = await openClinic({ environment, startsInMs: 2 * dayMs })
  const { plan } = clinic.ward
  const id = randomUUID()
  const does = async (act: PlanAct) => {
    const [outcome] = await plan.perform({ type: 'server' }, [{ actId: randomUUID(), act }])
    expect(outcome).toMatchObject({ type: 'applied' })
  }
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
  const [first, second] = [clinic.startMs, clinic.startMs + 7 * dayMs].map((ms) => `${day(ms)}T09:00`)
  const { when: _, status: _s, cancelReason: _c, ...fields } = bookAt(0, { outpatient: timo }).fields
  const pattern = { ...fields, kind: 'visit', minutes: 30 } as const
  const series = { id, rule: 'FREQ=WEEKLY', start: first ?? '', zone: 'Europe/Helsinki', pattern }
  await does({ type: 'series.make', ...series })
  const [row] = [...plan.book.all('appointment')].filter(({ occasion }) => occasion?.at === second)
  const appointmentId = row?.id ?? ''
  await clinic.asStaff('invite', { appointmentId, by: 'mail' })
  await expect.poll(() => server.delivered.length).toBe(1)
  const visit = await clinic.inviteTo(appointmentId)
  const entryIn = (index: number) =>
    server.delivered[index]?.calendar?.text.replaceAll(/\r\n[ \t]/g, '') ?? ''
  return {
    ...{ clinic, server, visit, second: second ?? '' },
    edit: async (change: Partial<Extract<PlanAct, { type: 'series.edit' }>>) =>
      await does({
        ...{
          type: 'series.edit',
          id,
          from: null,
          nextId: randomUUID(),
          rule: null,
          time: null,
          pattern: null,
        },
        ...change,
      }),
    /** What the calendar gets of a letter. */
    entry: (index: number) => ({
      method: entryIn(index).match(/^METHOD:(.*)\r$/m)?.[1],
      uid: entryIn(index).match(/^UID:(.*)\r$/m)?.[1],
      sequence: Number(entryIn(index).match(/^SEQUENCE:(.*)\r$/m)?.[1]),
    }),
  }
}

test('an occasion that leaves its series is cancelled in so many words, by mail and by its link', async () => {
  const { clinic, server, visit, edit, entry } = await openSeries()
  await edit({ rule: 'FREQ=MONTHLY' })
  expect(await clinic.look(visit)).toMatchObject({ state: 'cancelled' })
  await expect.poll(() => server.delivered.length, { timeout: 5_000 }).toBe(2)
  expect(server.delivered[1]).toMatchObject({ to: [timo.email] })
  expect(entry(1)).toMatchObject({ method: 'CANCEL', uid: entry(0).uid })
  expect(await clinic.viewOf(visit)).toBeUndefined()
})

test.each([
  ['to another time', { time: '10:00' }],
  ['from one of its occasions on', { time: '10:00', isFromSecond: true }],
  ['to another day', { isNextDay: true }],
])(
  '[VISIT-6] a series that is moved %s takes its visits along: the same link, a change of the same entry',
  async (_how, how) => {
    const { clinic, server, visit, second, edit, entry } = await openSeries()
    const days = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU', 'MO']
    const at = new Date(`${second.slice(0, 10)}T00:00Z`).getUTCDay()
    // From Sunday it goes back a day, and stays in its week.
    const rule = `FREQ=WEEKLY;BYDAY=${days[at === 0 ? 6 : at + 1]}`
    const { isFromSecond, isNextDay, ...change } = { isFromSecond: false, isNextDay: false, ...how }
    await edit({ ...change, ...(isFromSecond ? { from: second } : {}), ...(isNextDay ? { rule } : {}) })
    const { appointment_id } = await clinic.ward.store.db
      .selectFrom('visits')
      .select('appointment_id')
      .where('visit_id', '=', visit.visitId)
      .executeTakeFirstOrThrow()
    const { visits } = await clinic.list(undefined, `?of=${encodeURIComponent(appointment_id)}`)
    const moved = visits.find(({ visitId }) => visitId === visit.visitId)
    expect(moved?.startMs).not.toBe(Date.parse(`${second}:00+02:00`))
    expect(moved?.appointmentId).not.toBe(visit.appointmentId)
    expect(await clinic.look(visit)).toMatchObject({ state: 'ahead', startMs: moved?.startMs })
    await expect.poll(() => server.delivered.length, { timeout: 5_000 }).toBe(2)
    expect(entry(1)).toMatchObject({ method: 'REQUEST', uid: entry(0).uid })
    expect(entry(1).sequence).toBeGreaterThan(entry(0).sequence)
    expect(server.delivered[1]?.mail.subject).toMatch(/^New time/)
  },
)

test('[VISIT-4] a letter that failed is dealt with by a person, once and on record; the next that fails is asked about', async () => {
  const server = await openMailServer()
  onTestFinished(() => server.close())
  const environment = { BEDSIDE_SMTP_URL: server.url, BEDSIDE_MAIL_FROM: 'visits@hospital.example' }
  const clinic = await openClinic({ environment, startsInMs: hourMs })
  const { id: appointmentId } = await clinic.book(clinic.startMs)
  async function fail() {
    server.answers.push({ at: 'rcpt', code: 550, words: 'no such person' })
    const { visitId } = await (await clinic.asStaff('invite', { appointmentId, by: 'mail' })).json()
    const mail = async () => (await clinic.viewOf({ visitId }))?.mail
    await expect.poll(mail).toMatchObject({ state: 'failed', isDealt: false })
    return { visitId, atMs: (await mail())?.atMs ?? null }
  }
  const shown = await fail()
  expect((await clinic.asStaff('mail-dealt', { ...shown, atMs: 1 })).status, 'another than was shown').toBe(
    409,
  )
  expect((await clinic.asStaff('mail-dealt', shown)).ok).toBe(true)
  expect((await clinic.viewOf(shown))?.mail).toMatchObject({ state: 'failed', isDealt: true })
  expect((await clinic.acts()).filter((act) => String(act).startsWith('visit-mail'))).toEqual([
    ['visit-mail-dealt', 'done', 'staff', 'dealt'],
  ])
  clinic.clock.aheadMs += minuteMs
  await fail()
})

test('a visit that is over reminds nobody', async () => {
  const { clinic, mail, answer } = await openInvited()
  mail.dropped.length = 0
  await clinic.asStaff('outcome', { visitId: answer.visitId, outcome: 'no-show' })
  expect(mail.dropped).toEqual([answer.visitId])
})
