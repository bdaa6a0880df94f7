/** Staff and those who wait: the queue, what is said to it, who is rung, known, and through with it. */
import { expect, onTestFinished, test } from 'vitest'
import { pushWords } from '../../src/core/push-words.ts'
import { missingMs, unheardMs } from '../../src/core/visit.ts'
import type { DeviceTest, VisitYours } from '../../src/protocol/visit-messages.ts'
import { closeCode } from '../../src/protocol/wire.ts'
import { openPushService } from '../fakes/push-service.ts'
import { type Client, makeKeys, post, refusalOf } from './client.ts'
import { hourMs, minuteMs } from './plan.ts'
import {
  admit,
  type Browser,
  callTo,
  cancelled,
  certificateFor,
  openClinic,
  restarted,
  timo,
} from './visit.ts'
import { staffIdOf } from './ward.ts'

type Page = Client & { browser: Browser }

/** Timo waits, and a nurse's station is open. */
async function openWaiting() {
  const clinic = await openClinic()
  const nurse = await clinic.station()
  const visit = await clinic.invite(clinic.startMs)
  const page = await clinic.come(visit)
  await page.hear('visit.yours')
  return { clinic, nurse, visit, page }
}

const placeOf = async (page: Page) => (await page.hear('visit.yours')).visit.before

test('[VISIT-3] the queue is by the agreed time, and whoever moves up is told, nobody else', async () => {
  const clinic = await openClinic()
  const aino = { ...timo, name: 'Aino Mäki' }
  const [early, late] = [
    await clinic.invite(clinic.startMs),
    await clinic.invite(clinic.startMs + 4 * minuteMs, { outpatient: aino }),
  ]
  const second = await clinic.come(late)
  expect(await placeOf(second)).toBe(0)
  const first = await clinic.come(early)
  expect([await placeOf(first), await placeOf(second)]).toEqual([0, 1])
  const nurse = await clinic.station()
  await admit(clinic, nurse, first)
  expect((await first.hear('visit.yours')).visit).toMatchObject({ state: 'called' })
  expect(await placeOf(second)).toBe(0)
  await second.settled()
  expect(second.heard()).toEqual([])
})

test('[VISIT-3] those who wait for different people are not before each other', async () => {
  const clinic = await openClinic()
  const staff = clinic.ward.store.db.selectFrom('staff').select('staff_id').orderBy('name')
  const [anna, ben] = await staff.execute()
  const withStaff = async (staffId = '') => clinic.invite(clinic.startMs, { staff: [staffId] })
  await clinic.come(await withStaff(anna?.staff_id))
  expect(await placeOf(await clinic.come(await withStaff(ben?.staff_id)))).toBe(0)
})

test('[VISIT-4] a station rings whose key it has signed, they answer, and the link leads back when it is over', async () => {
  const { clinic, nurse, visit, page } = await openWaiting()
  const callId = await admit(clinic, nurse, page)
  expect(await clinic.viewOf(visit)).toMatchObject({ state: 'called', with: 'Anna Laine', isVouched: true })
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  await page.hear('call.ended')
  expect((await page.hear('visit.yours', ({ visit }) => visit.state === 'again')).visit.before).toBe(0)
  expect(await clinic.viewOf(visit)).toMatchObject({ state: 'again', with: null })
  await page.cut()
  const back = await clinic.page(page.browser)
  await back.hear('visit.vouched')
  expect((await back.hear('visit.yours')).visit).toMatchObject({ state: 'again' })
  const again = callTo(visit.visitId, clinic.now())
  nurse.say(again)
  await back.hear('call.changed', ({ call }) => call.callId === again.callId)
})

test('[VISIT-4] nobody is rung whose key this very station has not signed (HZ-1)', async () => {
  const { clinic, nurse, visit, page } = await openWaiting()
  const refused = async (station: Client) => {
    const message = callTo(visit.visitId, clinic.now())
    station.say(message)
    return (await station.hear('call.ended', ({ callId }) => callId === message.callId)).reason
  }
  expect(await refused(nurse)).toBe('device-unready')
  const ben = await clinic.ward.station('Ben Okafor')
  await admit(clinic, nurse, page)
  expect(await refused(ben)).toBe('device-unready')
  expect(page.heard().filter(({ type }) => type === 'call.changed')).toHaveLength(1)
})

test('[VISIT-5] a photo in a call is a row of the audit, by whoever sent it, and told by nobody who is not in it', async () => {
  const { clinic, nurse, visit, page } = await openWaiting()
  const callId = await admit(clinic, nurse, page)
  const said = { visitId: visit.visitId, callId, photoId: 'photo-1' }
  const ben = await clinic.ward.signIn('Ben Okafor')
  expect((await clinic.asStaff('photo', said, ben)).status).toBe(404)
  expect((await clinic.asStaff('photo', { ...said, callId: 'other' })).status).toBe(404)
  expect((await clinic.acts()).at(-1)).not.toContain('visit-photo')
  expect((await clinic.asStaff('photo', said)).status).toBe(200)
  expect((await clinic.acts()).at(-1)).toEqual(['visit-photo', 'done', 'guest', 'photo-1'])
  await clinic.asStaff('photo', said)
  await clinic.asStaff('photo', { ...said, photoId: 'photo-2' })
  const photos = (await clinic.acts()).filter((act) => String(act).startsWith('visit-photo'))
  expect(photos, 'each once, however often it is said').toHaveLength(2)
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  await page.hear('call.ended')
  expect((await clinic.asStaff('photo', said)).status, 'after it').toBe(404)
})

test('[VISIT-4] another key, and what was signed for the first is worth nothing', async () => {
  const { clinic, nurse, visit, page } = await openWaiting()
  await admit(clinic, nurse, page)
  const other = await makeKeys()
  await clinic.enter(visit, other)
  await clinic.asStaff('device', {
    visitId: visit.visitId,
    otherKey: other.publicKey,
    answer: 'let-in',
  })
  expect(await page.hear('visit.over')).toMatchObject({ why: 'other-device' })
  await nurse.hear('call.ended')
  const second = await clinic.page({ ...other, visitId: visit.visitId })
  await second.hear('visit.yours')
  expect(await clinic.viewOf(visit)).toMatchObject({ isVouched: false, isIdentified: false })
  const message = callTo(visit.visitId, clinic.now())
  nurse.say(message)
  expect(await nurse.hear('call.ended')).toMatchObject({ callId: message.callId, reason: 'device-unready' })
})

test.each([
  ['key', async () => ({ publicKey: (await makeKeys()).publicKey })],
  ['name', async () => ({ label: 'Somebody Else' })],
  ['table', async () => ({ tableId: 'another' })],
  ['visit', async () => ({ guestId: 'another' })],
  ['day', async () => ({ notAfterMs: Date.now() + 24 * hourMs })],
])('[VISIT-4] a certificate of another %s is refused, and it is on record', async (_what, change) => {
  const { clinic, visit, page } = await openWaiting()
  const station = await clinic.stationKey()
  const certificate = await certificateFor(station, page.browser, clinic.now(), await change())
  const answer = await clinic.asStaff('vouch', { visitId: visit.visitId, certificate })
  expect(await refusalOf(answer)).toMatchObject({ status: 400 })
  expect((await clinic.acts()).at(-1)).toEqual(['visit-vouched', 'refused', 'staff', 'wrong-certificate'])
  expect(await clinic.viewOf(visit)).toMatchObject({ isVouched: false })
})

test('[VISIT-4] whom staff do not recognise is sent away, and the link with them, until they are invited anew (HZ-1)', async () => {
  const { clinic, nurse, visit, page } = await openWaiting()
  await admit(clinic, nurse, page)
  expect((await clinic.asStaff('identify', { visitId: visit.visitId, isThem: false })).status).toBe(200)
  expect(await page.hear('visit.over')).toMatchObject({ why: 'not-you', by: { name: 'Anna Laine' } })
  await nurse.hear('call.ended')
  expect((await page.closed).code).toBe(4401)
  expect(await clinic.look(visit)).toMatchObject({ state: 'over' })
  expect(await clinic.enter(visit, page.browser)).toEqual({ type: 'not-open', state: 'over' })
  expect((await clinic.acts()).at(-1)).toEqual(['visit-identified', 'refused', 'staff', 'not-you'])
  const anew = await clinic.inviteTo(visit.appointmentId)
  expect(anew.token).not.toBe(visit.token)
  expect(await clinic.enter(anew, await makeKeys())).toMatchObject({ type: 'in' })
})

test('[VISIT-4] whom staff recognise is so for this device', async () => {
  const { clinic, visit } = await openWaiting()
  await clinic.asStaff('identify', { visitId: visit.visitId, isThem: true })
  expect(await clinic.viewOf(visit)).toMatchObject({ isIdentified: true })
})

test('[VISIT-4] fifteen minutes after the time nobody has come: it is shown, and a person decides', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  expect(await clinic.viewOf(visit)).toMatchObject({ isMissing: false })
  clinic.clock.aheadMs = 5 * minuteMs + missingMs
  expect(await clinic.viewOf(visit)).toMatchObject({ isMissing: true, state: 'invited' })
  expect((await clinic.asStaff('outcome', { visitId: visit.visitId, outcome: 'no-show' })).status).toBe(200)
  expect(clinic.ward.plan.book.get('appointment', visit.appointmentId)).toMatchObject({ status: 'noshow' })
  expect(await clinic.viewOf(visit)).toBeUndefined()
  expect(await clinic.look(visit)).toMatchObject({ state: 'over' })
})

test('[VISIT-4] nobody came and its time is over: it is shown until a person decides, also after a restart, and not for ever', async () => {
  const clinic = await openClinic()
  const [visit, other] = [await clinic.invite(clinic.startMs), await clinic.invite(clinic.startMs)]
  clinic.clock.aheadMs = 3 * hourMs
  await expect.poll(clinic.acts).toContainEqual(['visit-ended', 'done', 'server', 'expired'])
  const again = await restarted(clinic)
  expect(await again.viewOf(visit)).toMatchObject({ state: 'invited', isMissing: true })
  await again.asStaff('outcome', { visitId: visit.visitId, outcome: 'no-show' })
  expect(await again.viewOf(visit)).toBeUndefined()
  expect(await again.viewOf(other)).toMatchObject({ isMissing: true })
  clinic.clock.aheadMs += 25 * hourMs
  const cookie = await again.ward.signIn('Ben Okafor')
  await expect.poll(async () => (await again.list(cookie)).visits).toEqual([])
})

test('an outcome ends the visit and says so in the plan, and what was pressed by mistake is undone there', async () => {
  const { clinic, nurse, visit, page } = await openWaiting()
  await admit(clinic, nurse, page)
  await clinic.asStaff('outcome', { visitId: visit.visitId, outcome: 'done' })
  expect(await page.hear('visit.over')).toEqual({ type: 'visit.over', why: 'ended', by: nurse.welcome.me })
  const row = clinic.ward.plan.book.get('appointment', visit.appointmentId)
  expect(row).toMatchObject({ status: 'fulfilled', changedBy: staffIdOf(nurse) })
  expect((await clinic.acts()).at(-1)).toEqual(['visit-ended', 'done', 'staff', 'ended'])
  expect((await clinic.asStaff('outcome', { visitId: visit.visitId, outcome: 'done' })).status).toBe(200)
  await clinic.edit(visit.appointmentId, { status: 'booked' })
  expect(await clinic.enter(visit, await makeKeys())).toMatchObject({ type: 'in' })
})

test('nothing of a device stays when a visit is over', async () => {
  const { clinic, visit, page } = await openWaiting()
  page.say({ type: 'visit.tested', test: works })
  await page.settled()
  expect(await clinic.viewOf(visit)).toMatchObject({ test: works })
  await clinic.asStaff('outcome', { visitId: visit.visitId, outcome: 'done' })
  const row = await clinic.ward.store.db.selectFrom('visits').selectAll().executeTakeFirstOrThrow()
  expect([row.public_key, row.test, row.chain, row.notes]).toEqual([null, null, null, '[]'])
})

test('what a page says of its device is written down once in ten seconds, the last of it at last', async () => {
  const { clinic, visit, page } = await openWaiting()
  const tested = async () => (await clinic.viewOf(visit))?.test?.downKbps
  for (const downKbps of [1, 2, 3]) page.say({ type: 'visit.tested', test: { ...works, downKbps } })
  await page.settled()
  expect(await tested()).toBe(1)
  clinic.clock.aheadMs += 10_000
  await expect.poll(tested).toBe(3)
})

test('a visit that is cancelled while somebody waits: they are told, and nothing lets in', async () => {
  const { clinic, visit, page } = await openWaiting()
  await clinic.edit(visit.appointmentId, cancelled)
  expect(await page.hear('visit.over')).toEqual({ type: 'visit.over', why: 'cancelled', by: null })
  expect((await page.closed).code).toBe(4401)
  expect(await clinic.look(visit)).toMatchObject({ state: 'cancelled' })
  expect(await clinic.enter(visit, page.browser)).toEqual({ type: 'not-open', state: 'cancelled' })
  expect(await clinic.viewOf(visit)).toBeUndefined()
  await clinic.edit(visit.appointmentId, { status: 'booked', cancelReason: null })
  expect(await clinic.enter(visit, await makeKeys()), 'whose page forgot its key').toMatchObject({
    type: 'in',
  })
})

test('whoever leaves while it rings waits no more, and nobody is called for them', async () => {
  const { clinic, nurse, visit, page } = await openWaiting()
  const { browser } = page
  const certificate = await certificateFor(await clinic.stationKey(), browser, clinic.now())
  await clinic.asStaff('vouch', { visitId: visit.visitId, certificate })
  nurse.say(callTo(visit.visitId, clinic.now()))
  await page.hear('call.changed')
  page.say({ type: 'visit.leave' })
  await page.closed
  const rows = clinic.ward.store.db.selectFrom('visits').select('came_ms')
  expect(await rows.execute()).toEqual([{ came_ms: null }])
  expect(await clinic.list()).toMatchObject({ alarm: 'none', visits: [{ state: 'away' }] })
})

test('a visit that is moved while somebody waits: the same link, and they are told when', async () => {
  const { clinic, visit, page } = await openWaiting()
  const startMs = clinic.startMs + 2 * hourMs
  await clinic.edit(visit.appointmentId, { when: { type: 'at', startMs, endMs: startMs + hourMs } })
  expect((await page.hear('visit.yours')).visit).toMatchObject({
    state: 'ahead',
    startMs,
    endMs: startMs + hourMs,
  })
  clinic.clock.aheadMs = 2 * hourMs
  expect((await page.hear('visit.yours')).visit).toMatchObject({ state: 'waiting' })
  expect(await clinic.look(visit)).toMatchObject({ state: 'open', startMs })
})

test('a link that was over by its time is good again when the visit is moved to another', async () => {
  const clinic = await openClinic()
  const visit = await clinic.invite(clinic.startMs)
  clinic.clock.aheadMs = 3 * hourMs
  await expect.poll(clinic.acts).toContainEqual(['visit-ended', 'done', 'server', 'expired'])
  const startMs = clinic.now() + 5 * minuteMs
  await clinic.edit(visit.appointmentId, { when: { type: 'at', startMs, endMs: startMs + hourMs } })
  expect(await clinic.look(visit)).toMatchObject({ state: 'open' })
  expect(await clinic.enter(visit, await makeKeys())).toMatchObject({ type: 'in' })
})

test('[VISIT-1] on the day the clocks change a visit is at its moment, whatever clocks show', async () => {
  const sundayMs = Date.UTC(2027, 2, 28, 0, 50)
  const startMs = Date.UTC(2027, 2, 28, 1, 5)
  let nowMs = sundayMs
  const clinic = await openClinic({
    now: () => nowMs,
    environment: { BEDSIDE_ZONE: 'Europe/Helsinki' },
  })
  const visit = await clinic.invite(startMs)
  expect(await clinic.look(visit)).toMatchObject({ state: 'ahead', startMs, zone: 'Europe/Helsinki' })
  nowMs = startMs - 10 * minuteMs
  expect(await clinic.look(visit)).toMatchObject({ state: 'open', startMs })
})

test('a name that is put right while somebody waits: they come anew by it, and are signed for anew (HZ-1)', async () => {
  const { clinic, nurse, visit, page } = await openWaiting()
  const callId = await admit(clinic, nurse, page)
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  await page.hear('call.ended')
  await clinic.edit(visit.appointmentId, { outpatient: { ...timo, name: 'Timo Korhola' } })
  expect((await page.closed).code).toBe(closeCode.goingAway)
  expect(await clinic.viewOf(visit)).toMatchObject({ name: 'Timo Korhola', isVouched: false })
  const back = await clinic.page(page.browser)
  expect(back.welcome.me).toMatchObject({ name: 'Timo Korhola' })
})

test('what staff say is told to one or to all who wait for them, five at most, also after a reload', async () => {
  const { clinic, visit, page } = await openWaiting()
  const late = { visitId: null, said: { type: 'late', minutes: 15 } }
  expect((await clinic.asStaff('say', late)).status).toBe(200)
  const [note] = (await page.hear('visit.yours')).visit.notes
  expect(note).toMatchObject({ by: 'Anna Laine', said: { type: 'late', minutes: 15 } })
  for (const text of ['one', 'two', 'three', 'four', 'five'])
    await clinic.asStaff('say', { visitId: visit.visitId, said: { type: 'text', text } })
  const { visit: yours } = await page.hear(
    'visit.yours',
    ({ visit }) => visit.notes.length === 5 && said(visit) === 'five',
  )
  expect(yours.notes).toHaveLength(5)
  expect(await refusalOf(await clinic.asStaff('say', { ...late, visitId: 'none' }))).toMatchObject({
    status: 404,
  })
  expect(JSON.stringify(await clinic.acts())).not.toContain('five')
})

test('a station alarms for who waits until its person knows, and again for the next', async () => {
  const { clinic } = await openWaiting()
  expect((await clinic.list()).alarm).toBe('request')
  await clinic.asStaff('seen', {})
  expect((await clinic.list()).alarm).toBe('none')
  const ben = await clinic.ward.signIn('Ben Okafor')
  expect((await clinic.list(ben)).alarm).toBe('request')
  await clinic.come(await clinic.invite(clinic.startMs, { outpatient: { ...timo, name: 'Aino Mäki' } }))
  await expect.poll(async () => (await clinic.list()).alarm).toBe('request')
})

test('[VISIT-4] whoever comes back after they were away calls anew, and so does a call that was cut off', async () => {
  const { clinic, nurse, visit, page } = await openWaiting()
  await clinic.asStaff('seen', {})
  await page.cut()
  await clinic.isGone(visit)
  const back = Object.assign(await clinic.page(page.browser), { browser: page.browser })
  await back.hear('visit.yours')
  expect((await clinic.list()).alarm).toBe('request')
  await clinic.asStaff('seen', {})
  const callId = await admit(clinic, nurse, back)
  nurse.say({ type: 'call.end', callId, reason: 'verification-failed' })
  await back.hear('call.ended')
  await expect.poll(async () => (await clinic.viewOf(visit))?.state).toBe('waiting')
  expect((await clinic.list()).alarm).toBe('request')
})

test('[VISIT-4] where none of those who are to see them is there, or hears it for three minutes, everybody is called', async () => {
  const clinic = await openClinic()
  const ben = await clinic.ward.signIn('Ben Okafor')
  const staff = await clinic.ward.store.db.selectFrom('staff').select(['staff_id', 'name']).execute()
  const anna = staff.find(({ name }) => name === 'Anna Laine')?.staff_id ?? ''
  const visit = await clinic.invite(clinic.startMs, { staff: [anna] })
  await clinic.come(visit)
  expect((await clinic.list(ben)).alarm, 'she has no screen open').toBe('request')
  const nurse = await clinic.station()
  expect((await clinic.list(ben)).alarm).toBe('none')
  expect((await clinic.list()).visits[0]?.staff).toEqual([anna])
  clinic.clock.aheadMs += unheardMs
  await nurse.settled()
  expect(await clinic.list(ben)).toMatchObject({ alarm: 'request', visits: [{ staff: [] }] })
  await clinic.asStaff('seen', {})
  expect((await clinic.list(ben)).alarm, 'she knows it').toBe('none')
})

test('[VISIT-4] whoever only tried their device days before is missing like anybody', async () => {
  const clinic = await openClinic({ startsInMs: 48 * hourMs })
  const visit = await clinic.invite(clinic.startMs)
  const page = await clinic.come(visit)
  await page.cut()
  await clinic.isGone(visit)
  const rows = clinic.ward.store.db.selectFrom('visits').select(['came_ms', 'waited_ms'])
  await expect.poll(() => rows.execute()).toEqual([{ came_ms: null, waited_ms: null }])
  clinic.clock.aheadMs = 48 * hourMs + missingMs
  const cookie = await clinic.ward.signIn('Ben Okafor')
  expect((await clinic.list(cookie)).visits).toMatchObject([{ state: 'away', isMissing: true }])
})

test('a locked station is told that somebody waits, and not who (HZ-6)', async () => {
  const { clinic } = await openWaiting()
  await clinic.ward.store.db.updateTable('sign_ins').set({ locked_ms: clinic.now() }).execute()
  expect(await clinic.list()).toMatchObject({ visits: [], alarm: 'request' })
})

test('whoever leaves is gone at once, and may come again to the end of the queue', async () => {
  const { clinic, visit, page } = await openWaiting()
  const aino = await clinic.come(
    await clinic.invite(clinic.startMs, { outpatient: { ...timo, name: 'Aino Mäki' } }),
  )
  expect(await placeOf(aino)).toBe(1)
  page.say({ type: 'visit.leave' })
  expect((await page.closed).code).toBe(4401)
  expect(await placeOf(aino)).toBe(0)
  expect(await clinic.viewOf(visit)).toMatchObject({ state: 'away' })
  const back = await clinic.page(page.browser)
  expect((await back.hear('visit.yours')).visit).toMatchObject({ state: 'waiting', before: 1 })
})

test('a page that was away for long keeps its place', async () => {
  const clinic = await openClinic()
  const aino = { ...timo, name: 'Aino Mäki' }
  const second = await clinic.invite(clinic.startMs, { outpatient: aino })
  const visit = await clinic.invite(clinic.startMs)
  const page = await clinic.come(visit)
  expect(await placeOf(page)).toBe(0)
  clinic.clock.aheadMs = minuteMs
  const other = await clinic.come(second)
  expect(await placeOf(other)).toBe(1)
  await page.cut()
  await clinic.isGone(visit)
  expect(await placeOf(other)).toBe(0)
  clinic.clock.aheadMs += 15 * minuteMs
  const back = await clinic.page(page.browser)
  expect((await back.hear('visit.yours')).visit).toMatchObject({ state: 'waiting', before: 0 })
  expect(await placeOf(other)).toBe(1)
})

test('a page that lost its network for a moment is no news to anybody', async () => {
  const { clinic, visit, page } = await openWaiting()
  const other = await clinic.come(await clinic.invite(clinic.startMs))
  expect(await placeOf(other)).toBe(1)
  await page.cut()
  const back = await clinic.page(page.browser)
  await back.hear('visit.yours')
  await other.settled()
  expect(other.heard()).toEqual([])
  expect(await clinic.viewOf(visit)).toMatchObject({ state: 'waiting' })
})

test('[VISIT-1] a call that goes on for longer than planned is not ended by the clock', async () => {
  const { clinic, nurse, visit, page } = await openWaiting()
  const other = await clinic.come(await clinic.invite(clinic.startMs))
  const callId = await admit(clinic, nurse, page)
  clinic.clock.aheadMs = 3 * hourMs
  await other.hear('visit.over')
  await page.settled()
  expect(page.heard().map(({ type }) => type)).not.toContain('visit.over')
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  await page.hear('visit.yours', ({ visit }) => visit.state === 'again')
  expect(await clinic.look(visit)).toMatchObject({ state: 'open' })
})

test('a call goes on over a restart of the server, and the visit knows it', async () => {
  const { clinic, nurse, visit, page } = await openWaiting()
  const callId = await admit(clinic, nurse, page)
  const again = await restarted(clinic)
  const back = await again.page(page.browser)
  expect(back.welcome.snapshot?.calls).toMatchObject([{ callId, phase: 'accepted' }])
  expect((await back.hear('visit.yours')).visit).toMatchObject({ state: 'called' })
  expect(await again.viewOf(visit)).toMatchObject({ state: 'called', isVouched: true })
})

test('telephones of those who are to see them are told that a patient waits, and nothing else (HZ-6)', async () => {
  const service = await openPushService()
  onTestFinished(async () => void (await service.close()))
  const clinic = await openClinic({
    environment: { BEDSIDE_PUSH_CONTACT: 'mailto:it@hospital.example', BEDSIDE_PUSH_SERVICES: service.host },
  })
  const ben = await clinic.ward.signIn('Ben Okafor')
  for (const [cookie, path] of [
    [clinic.cookie, 'anna'],
    [ben, 'ben'],
  ] as const) {
    const told = { subscription: service.subscribe(path), language: 'fi' }
    expect((await post(clinic.ward.origin, '/api/phone/on', told, { cookie })).status).toBe(200)
  }
  const anna = staffIdOf(await clinic.station())
  await clinic.come(await clinic.invite(clinic.startMs, { staff: [anna] }))
  const [note] = await service.until(1)
  expect(note?.path).toBe('/anna')
  expect(JSON.parse(note?.text ?? '')).toMatchObject({ title: pushWords.fi.visitor, body: pushWords.fi.open })
  await clinic.ward.close()
  expect(service.delivered).toHaveLength(1)
})

const works: DeviceTest = {
  camera: 'works',
  microphone: 'heard',
  speaker: 'heard',
  ways: { udp: 'open' },
  downKbps: 4_000,
  upKbps: null,
  browser: 'Safari 18 on iPhone',
}

function said({ notes }: VisitYours): string | null {
  const last = notes.at(-1)?.said
  return last?.type === 'text' ? last.text : null
}

test('[VISIT-3] waiting counts from when it was time, and anew after they were away; their place does not', async () => {
  const clinic = await openClinic({ startsInMs: 30 * minuteMs })
  const visit = await clinic.invite(clinic.startMs)
  const page = await clinic.come(visit)
  const view = async () => await clinic.viewOf(visit)
  await expect.poll(async () => (await view())?.state).toBe('ahead')
  const cameMs = (await view())?.sinceMs ?? 0
  clinic.clock.aheadMs += 25 * minuteMs
  await page.hear('visit.yours', ({ visit }) => visit.state === 'waiting')
  const waited = await view()
  expect((waited?.waitsSinceMs ?? 0) - cameMs, 'early is not waiting').toBeGreaterThanOrEqual(25 * minuteMs)
  expect(waited?.sinceMs).toBe(cameMs)
  await page.cut()
  await clinic.isGone(visit)
  clinic.clock.aheadMs += 10 * minuteMs
  await clinic.page(page.browser)
  const longer = async () => ((await view())?.waitsSinceMs ?? 0) - (waited?.waitsSinceMs ?? 0)
  await expect.poll(longer).toBeGreaterThanOrEqual(10 * minuteMs)
  expect((await view())?.sinceMs, 'their place').toBe(cameMs)
})
