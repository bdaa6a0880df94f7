/** Video visits: what a link does, whom a date of birth lets in, and how long it leads back. */
import { expect, test } from 'vitest'
import { checkInMs, missingMs, rejoinMs } from '../../src/core/visit.ts'
import { mostBirthTries } from '../../src/protocol/visit.ts'
import { makeKeys, openStation, refusalOf } from './client.ts'
import { guestHello } from './guest.ts'
import { dayMs, hourMs, minuteMs } from './plan.ts'
import { type Browser, type Clinic, cancelled, openClinic, restarted, secretOf, timo } from './visit.ts'
import { openWire } from './wire.ts'

const unknown = { status: 404, body: { refusal: 'unknown-code' } }

async function closedWith({ ward }: Pick<Clinic, 'ward'>, { visitId, keys }: Browser): Promise<number> {
  const wire = openWire(ward.origin)
  wire.send(JSON.stringify(await guestHello(ward.origin, { guestId: visitId, keys }, await wire.nonce())))
  return (await wire.closed).code
}

test('[VISIT-1] a link says when and where, opened however often and by whatever scanner, and never whom it is for', async () => {
  const clinic = await openClinic({
    environment: { BEDSIDE_PHONE: '+358 9 471 1', BEDSIDE_ZONE: 'Europe/Helsinki' },
  })
  const visit = await clinic.invite(clinic.startMs, { language: 'fi-FI' })
  for (let looks = 0; looks < 30; looks += 1)
    expect(await clinic.look(visit)).toEqual({
      state: 'open',
      ward: 'Ward 4B',
      startMs: clinic.startMs,
      endMs: clinic.startMs + 30 * minuteMs,
      zone: 'Europe/Helsinki',
      language: 'fi',
      phone: '+358 9 471 1',
      mayRenew: false,
    })
  expect(await clinic.viewOf(visit)).toMatchObject({ state: 'invited', device: 'none' })
  expect(await clinic.enter(visit, await makeKeys())).toMatchObject({ type: 'in' })
  expect(await clinic.acts()).toEqual([
    ['visit-invited', 'done', 'staff', 'letter'],
    ['visit-came', 'done', 'guest', null],
  ])
})

test('[VISIT-1] an unknown link is none, and too many of them must wait', async () => {
  const clinic = await openClinic()
  const token = 'A'.repeat(27)
  for (const path of ['look', 'renew'])
    expect(await refusalOf(await clinic.withLink(path, { token }))).toEqual(unknown)
  expect(await refusalOf(await clinic.withLink('rate', { token, stars: 5 }))).toEqual(unknown)
  const { publicKey } = await makeKeys()
  for (let tries = 0; tries < 7; tries += 1)
    await clinic.withLink('enter', { token, born: timo.born, publicKey })
  expect(await refusalOf(await clinic.withLink('look', { token }))).toMatchObject({ status: 429 })
})

test('[VISIT-1] it is over thirty minutes after its end, though staff never came: until then they wait', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs, { when: at(clinic.startMs, 4 * hourMs) })
  const page = await clinic.come(visit)
  await page.hear('visit.yours', ({ visit }) => visit.state === 'waiting')
  clinic.clock.aheadMs = 4 * hourMs
  expect(await clinic.viewOf(visit)).toMatchObject({ state: 'waiting', isMissing: false })
  expect(page.heard()).toEqual([])
  clinic.clock.aheadMs = 5 * hourMs + rejoinMs
  expect(await page.hear('visit.over')).toMatchObject({ why: 'expired', by: null })
  expect((await page.closed).code).toBe(4401)
  expect(await closedWith(clinic, page.browser)).toBe(4401)
  expect(await clinic.look(visit)).toMatchObject({ state: 'over' })
  expect(await clinic.enter(visit, page.browser)).toEqual({ type: 'not-open', state: 'over' })
  expect(await clinic.viewOf(visit)).toMatchObject({ state: 'away', isMissing: false })
})

test('[VISIT-1] who asks for a new link where none can be sent is told to staff, once', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  clinic.clock.aheadMs = 3 * hourMs
  for (const _ of ['once', 'and again'])
    expect(await (await clinic.withLink('renew', { token: visit.token })).json()).toEqual({ done: 'told' })
  expect(await clinic.viewOf(visit)).toMatchObject({ wishesNew: true, isMissing: true })
  expect((await clinic.acts()).filter((act) => String(act).includes('wished'))).toHaveLength(1)
  await clinic.asStaff('outcome', { visitId: visit.visitId, outcome: 'no-show' })
  expect(await clinic.viewOf(visit)).toBeUndefined()
})

test('[VISIT-1] a wish for another time than the one that was cancelled is shown until somebody has seen to it', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  await clinic.edit(visit.appointmentId, cancelled)
  await clinic.withLink('renew', { token: visit.token })
  expect(await clinic.viewOf(visit)).toMatchObject({ wishesNew: true })
  await clinic.asStaff('outcome', { visitId: visit.visitId, outcome: 'no-show' })
  expect(await clinic.viewOf(visit)).toBeUndefined()
  expect(clinic.ward.plan.book.get('appointment', visit.appointmentId)).toMatchObject(cancelled)
})

test('[VISIT-1] whoever has seen to a wish ends it, and neither the plan nor the visit with it', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  clinic.clock.aheadMs = 3 * hourMs
  await clinic.withLink('renew', { token: visit.token })
  const { visitId, appointmentId } = visit
  const before = clinic.ward.plan.book.get('appointment', appointmentId)
  await clinic.asStaff('outcome', { visitId, outcome: 'seen-to' })
  expect(await clinic.viewOf(visit)).toMatchObject({ wishesNew: false, isMissing: true })
  expect(clinic.ward.plan.book.get('appointment', appointmentId)).toEqual(before)
  expect((await clinic.acts()).filter((act) => String(act).includes('seen-to'))).toHaveLength(1)
})

test('[VISIT-2] five wrong dates of birth, also after a restart, and only staff help on: by a new link', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  const keys = await makeKeys()
  for (const left of [4, 3, 2])
    expect(await clinic.enter(visit, keys, '1961-04-03')).toEqual({ type: 'wrong', left })
  const again = await restarted(clinic)
  expect(await again.enter(visit, keys, '1961-03-04')).toEqual({ type: 'wrong', left: 1 })
  expect(await again.enter(visit, keys, '1961-03-04')).toEqual({ type: 'blocked' })
  expect(await again.enter(visit, keys)).toEqual({ type: 'blocked' })
  expect(await again.viewOf(visit)).toMatchObject({ isBlocked: true, state: 'invited' })
  const refused = (detail: string) => ['visit-refused', 'refused', 'unknown', detail]
  expect((await again.acts()).slice(1)).toEqual([
    ...Array.from({ length: mostBirthTries - 1 }, () => refused('wrong-birth')),
    refused('blocked'),
  ])
  const fresh = await again.inviteTo(visit.appointmentId)
  expect(fresh).toMatchObject({ visitId: visit.visitId })
  expect(await again.look(visit)).toMatchObject({ state: 'replaced' })
  expect(await again.enter(visit, keys)).toEqual({ type: 'not-open', state: 'replaced' })
  expect(await again.enter(fresh, keys)).toMatchObject({ type: 'in' })
})

test('[VISIT-2] where nobody wrote the date of birth a link lets nobody in', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs, { outpatient: { ...timo, born: null } })
  expect(await clinic.enter(visit, await makeKeys())).toEqual({ type: 'blocked' })
  expect(await clinic.viewOf(visit)).toMatchObject({ born: null, isBlocked: false })
})

test('[VISIT-2] a forwarded link: another device waits until staff let it in, and then the first is sent away (HZ-1)', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  const first = await clinic.come(visit)
  const other = await makeKeys()
  expect(await clinic.enter(visit, other)).toEqual({ type: 'other-device' })
  expect(await closedWith(clinic, { ...other, visitId: visit.visitId })).toBe(4401)
  expect(await clinic.viewOf(visit)).toMatchObject({ device: 'asks', publicKey: first.browser.publicKey })
  const device = { visitId: visit.visitId, otherKey: other.publicKey, answer: 'let-in' }
  expect((await clinic.asStaff('device', device)).status).toBe(200)
  expect(await first.hear('visit.over')).toEqual({ type: 'visit.over', why: 'other-device', by: null })
  expect((await first.closed).code).toBe(4401)
  expect(await clinic.enter(visit, other)).toMatchObject({ type: 'in' })
  expect(await clinic.enter(visit, first.browser)).toEqual({ type: 'other-device' })
  const second = await clinic.page({ ...other, visitId: visit.visitId })
  await second.hear('visit.yours')
  await second.settled()
  expect(await clinic.viewOf(visit)).toMatchObject({ state: 'waiting', publicKey: other.publicKey })
})

test('[VISIT-2] the first device’s socket may end long after the second has come: nobody is gone by it', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  const first = await clinic.come(visit)
  const other = await makeKeys()
  await clinic.enter(visit, other)
  first.wire.socket.pause()
  await clinic.asStaff('device', {
    visitId: visit.visitId,
    otherKey: other.publicKey,
    answer: 'let-in',
  })
  const second = await clinic.page({ ...other, visitId: visit.visitId })
  await second.hear('visit.yours')
  first.wire.socket.resume()
  await first.closed
  await second.settled()
  expect(await clinic.viewOf(visit)).toMatchObject({ state: 'waiting' })
})

test('[VISIT-2] a device that staff refuse stays out, however often it asks, and the first goes on', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  const first = await clinic.come(visit)
  const other = await makeKeys()
  await clinic.enter(visit, other)
  await clinic.asStaff('device', {
    visitId: visit.visitId,
    otherKey: other.publicKey,
    answer: 'refuse',
  })
  expect(await clinic.enter(visit, other)).toEqual({ type: 'refused' })
  expect(await clinic.viewOf(visit)).toMatchObject({ device: 'bound', publicKey: first.browser.publicKey })
  const nothing = await clinic.asStaff('device', {
    visitId: visit.visitId,
    otherKey: other.publicKey,
    answer: 'let-in',
  })
  expect(await refusalOf(nothing)).toMatchObject({ status: 409 })
  expect(await clinic.enter(visit, first.browser)).toMatchObject({ type: 'in' })
})

test('[VISIT-2] staff answer the one device that they were shown; a second waits its turn and is written down nowhere (HZ-1)', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  await clinic.comeBy(visit)
  const [other, stranger] = [await makeKeys(), await makeKeys()]
  for (const keys of [other, stranger, stranger])
    expect(await clinic.enter(visit, keys)).toEqual({ type: 'other-device' })
  expect(await clinic.viewOf(visit)).toMatchObject({ device: 'asks', otherKey: other.publicKey })
  expect((await clinic.acts()).filter((act) => String(act).includes('visit-device'))).toHaveLength(1)
  const letIn = ({ publicKey: otherKey }: typeof other) =>
    clinic.asStaff('device', { visitId: visit.visitId, otherKey, answer: 'let-in' })
  expect((await letIn(stranger)).status).toBe(409)
  expect((await letIn(other)).status).toBe(200)
  expect(await clinic.enter(visit, other)).toMatchObject({ type: 'in' })
})

test('[VISIT-2] after five devices that staff refused none is asked about any more', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  await clinic.comeBy(visit)
  for (let many = 0; many < 5; many += 1) {
    const { publicKey: otherKey } = await makeKeys()
    expect(await clinic.enter(visit, { publicKey: otherKey })).toEqual({ type: 'other-device' })
    await clinic.asStaff('device', { visitId: visit.visitId, otherKey, answer: 'refuse' })
    expect(await clinic.enter(visit, { publicKey: otherKey })).toEqual({ type: 'refused' })
  }
  expect(await clinic.enter(visit, await makeKeys())).toEqual({ type: 'blocked' })
})

test('[VISIT-2] whoever guesses by a forwarded link keeps the bound browser not out, and an invitation lets try again', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  const page = await clinic.come(visit)
  const stranger = await makeKeys()
  for (let many = 0; many < 5; many += 1) await clinic.enter(visit, stranger, '1950-01-01')
  expect(await clinic.enter(visit, stranger)).toEqual({ type: 'blocked' })
  expect(await clinic.enter(visit, page.browser)).toMatchObject({ type: 'in' })
  expect(await clinic.enter(visit, page.browser, '1950-01-01')).toEqual({ type: 'blocked' })
  expect(await clinic.inviteTo(visit.appointmentId)).toMatchObject({ token: visit.token })
  expect(await clinic.viewOf(visit)).toMatchObject({ isBlocked: false, state: 'waiting' })
})

test('[VISIT-1] a link that leads somewhere asks nobody for another', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  expect((await clinic.withLink('renew', { token: visit.token })).status).toBe(409)
  expect(await clinic.viewOf(visit)).toMatchObject({ wishesNew: false })
})

test('[VISIT-2] of two patients on one link who enter at once one is in', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  const keys = await Promise.all([makeKeys(), makeKeys(), makeKeys()])
  const answers = await Promise.all(keys.map((one) => clinic.enter(visit, one)))
  expect(answers.map(({ type }) => type).sort()).toEqual(['in', 'other-device', 'other-device'])
})

test('[VISIT-2] whoever is early is checked in by itself ten minutes before the time', async () => {
  const clinic = await openClinic({ startsInMs: hourMs })
  const visit = await clinic.invite(clinic.startMs)
  expect(await clinic.look(visit)).toMatchObject({ state: 'ahead' })
  const page = await clinic.come(visit)
  expect((await page.hear('visit.yours')).visit).toMatchObject({ state: 'ahead', startMs: clinic.startMs })
  clinic.clock.aheadMs = hourMs - checkInMs
  expect((await page.hear('visit.yours')).visit).toMatchObject({ state: 'waiting', before: 0 })
  expect(await clinic.viewOf(visit)).toMatchObject({ state: 'waiting' })
})

test('[VISIT-2] only the bound key comes in, and what is no key binds nobody', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  const bad = await clinic.withLink('enter', {
    token: visit.token,
    born: timo.born,
    publicKey: 'A'.repeat(122),
  })
  expect(await refusalOf(bad)).toMatchObject({ status: 400 })
  expect(await closedWith(clinic, { ...(await makeKeys()), visitId: visit.visitId })).toBe(4401)
  await clinic.comeBy(visit)
  expect(await closedWith(clinic, { ...(await makeKeys()), visitId: visit.visitId })).toBe(4401)
})

test('[VISIT-2] neither the link nor a date of birth stands in the database or the audit', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  await clinic.enter(visit, await makeKeys(), '1950-12-24')
  const { db } = clinic.ward.store
  const rows = await Promise.all([
    db.selectFrom('visits').selectAll().execute(),
    db.selectFrom('visit_links').selectAll().execute(),
    db.selectFrom('audit').selectAll().execute(),
  ])
  for (const secret of [visit.token, '1950-12-24', timo.born])
    expect(JSON.stringify(rows)).not.toContain(secret)
})

test('an outpatient sees nothing of the ward', async () => {
  const clinic = await openClinic()
  const page = await clinic.come(await clinic.invite(clinic.startMs))
  expect(page.welcome).toMatchObject({
    me: { type: 'guest', name: timo.name, kind: 'visitor' },
    access: { type: 'none' },
    stay: null,
    snapshot: { beds: [], calls: [] },
  })
  await page.settled()
  expect(page.heard().map(({ type }) => type)).toEqual(['visit.yours'])
})

test('an invitation needs a patient and a time to come, and mail where mail is to be sent', async () => {
  const clinic = await openClinic()
  const invite = async (appointmentId: string, by: string, zone: string | null = null) =>
    (await clinic.asStaff('invite', { appointmentId, by, zone })).status
  const booked = await clinic.book(clinic.startMs)
  expect(await invite('none', 'letter')).toBe(404)
  expect(await invite(booked.id, 'mail')).toBe(503)
  expect(await invite(booked.id, 'letter', 'Mars/Olympus')).toBe(400)
  expect(await invite((await clinic.book(clinic.startMs, { outpatient: null })).id, 'letter')).toBe(409)
  expect(await invite((await clinic.book(clinic.startMs - 5 * hourMs)).id, 'letter')).toBe(409)
  await clinic.edit(booked.id, cancelled)
  expect(await invite(booked.id, 'letter')).toBe(409)
})

test('the same invitation again is the same link, on this server’s own address, with the number to ring instead', async () => {
  const clinic = await openClinic({ environment: { BEDSIDE_PHONE: '+358 9 471 1' } })
  const visit = await clinic.invite(clinic.startMs)
  const answer = await clinic.asStaff('invite', {
    appointmentId: visit.appointmentId,
    by: 'letter',
    zone: 'Asia/Tokyo',
  })
  const { visitId, link, phone } = await answer.json()
  expect(phone).toBe('+358 9 471 1')
  expect([visitId, secretOf(link)]).toEqual([visit.visitId, visit.token])
  expect(link).toBe(`${clinic.ward.origin}/visit#${visit.token}`)
  await clinic.asStaff('invite', { appointmentId: visit.appointmentId, by: 'letter' })
  const rows = clinic.ward.store.db.selectFrom('visits').select('zone')
  expect(await rows.execute(), 'who says nothing of a zone changes none').toEqual([{ zone: 'Asia/Tokyo' }])
})

test('a rating is counted once, without whose it is, and by nobody who never came', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  const rate = async (stars: number) => (await clinic.withLink('rate', { token: visit.token, stars })).status
  expect(await rate(4)).toBe(409)
  await clinic.come(visit)
  await clinic.asStaff('outcome', { visitId: visit.visitId, outcome: 'done' })
  expect([await rate(4), await rate(1)]).toEqual([200, 409])
  expect((await clinic.list()).ratings).toEqual([0, 0, 0, 1, 0])
  const rows = await clinic.ward.store.db.selectFrom('visit_ratings').selectAll().execute()
  expect(rows).toEqual([{ day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), stars: 4, many: 1 }])
})

test('a restart of the server while somebody waits loses neither their place nor what was said to them', async () => {
  const clinic = await openClinic()
  const first = await clinic.invite(clinic.startMs)
  const second = await clinic.invite(clinic.startMs, { outpatient: { ...timo, name: 'Aino Mäki' } })
  const page = await clinic.come(first)
  const { browser } = await clinic.come(second)
  await clinic.asStaff('say', { visitId: second.visitId, said: { type: 'late', minutes: 10 } })
  const again = await restarted(clinic)
  const aino = await again.page(browser)
  const { visit } = await aino.hear('visit.yours')
  expect(visit).toMatchObject({
    state: 'waiting',
    before: 0,
    notes: [{ said: { type: 'late', minutes: 10 } }],
  })
  expect((await again.viewOf(first))?.state).toBe('away')
  const timoBack = await again.page(page.browser)
  expect((await timoBack.hear('visit.yours')).visit).toMatchObject({ state: 'waiting', before: 0 })
  expect((await aino.hear('visit.yours')).visit).toMatchObject({ before: 1 })
})

test('a station hears that there is news when somebody comes or is gone, and one that was away hears it once', async () => {
  const clinic = await openClinic()
  const tabId = 'tab'
  const nurse = await openStation(clinic.ward.origin, clinic.cookie, { tabId })
  const visit = await clinic.invite(clinic.startMs)
  await nurse.hear('visits.news')
  const page = await clinic.come(visit)
  await nurse.hear('visits.news')
  await nurse.settled()
  const history = nurse.history()
  await nurse.cut()
  await page.cut()
  await clinic.isGone(visit)
  for (const text of ['one', 'two', 'three', 'four'])
    await clinic.asStaff('say', { visitId: visit.visitId, said: { type: 'text', text } })
  await (await clinic.page(page.browser)).hear('visit.yours')
  const { sessionId } = nurse.welcome
  const resume = { sessionId, received: history.received }
  const back = await openStation(clinic.ward.origin, clinic.cookie, { tabId, resume, history })
  expect(back.welcome.resumed).toBe(true)
  await back.hear('visits.news')
  await back.settled()
  const more = back.heard().filter(({ type }) => type === 'visits.news')
  expect(more.length, 'one before its end was noticed, at most').toBeLessThan(2)
})

test('a station is told of the days that come next, of whoever waits for a decision, and of the appointment it asks about', async () => {
  const clinic = await openClinic()
  const near = await clinic.invite(clinic.startMs + 47 * hourMs)
  const far = await clinic.invite(clinic.startMs + 21 * dayMs)
  const ids = async (of = '') => (await clinic.list(undefined, of)).visits.map(({ visitId }) => visitId)
  expect(await ids()).toEqual([near.visitId])
  expect(await ids(`?of=${far.appointmentId}`)).toEqual([near.visitId, far.visitId])
  const keys = await makeKeys()
  for (let tries = 0; tries < 5; tries += 1) await clinic.enter(far, keys, '1900-01-01')
  expect(await ids(), 'their link lets nobody in').toEqual([near.visitId, far.visitId])
})

test('[VISIT-4] that somebody is missing is news by itself', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  const nurse = await clinic.station()
  await nurse.settled()
  const before = nurse.heard().length
  clinic.clock.aheadMs = 5 * minuteMs + missingMs
  await nurse.hear('visits.news', () => nurse.heard().length > before)
  expect(await clinic.viewOf(visit)).toMatchObject({ isMissing: true })
})

test('what happens within a second is one piece of news, and none of it is missed', async () => {
  const clinic = await openClinic()
  const nurse = await openStation(clinic.ward.origin, clinic.cookie)
  const visit = await clinic.invite(clinic.startMs)
  await nurse.hear('visits.news')
  const sentMs = performance.now()
  for (const text of ['one', 'two', 'three', 'four', 'five', 'six'])
    await clinic.asStaff('say', { visitId: visit.visitId, said: { type: 'text', text } })
  const seconds = Math.ceil((performance.now() - sentMs) / 1_000)
  await nurse.hear('visits.news')
  await nurse.settled()
  expect(nurse.heard().filter(({ type }) => type === 'visits.news').length).toBeLessThanOrEqual(seconds)
})

/** From then on, for so long. */
function at(startMs: number, longMs: number) {
  return { type: 'at', startMs, endMs: startMs + longMs } as const
}
