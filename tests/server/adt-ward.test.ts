/** What a hospital's message does beyond its bed: the dead are let go, silence is said, differences are decided, and a kill loses nothing. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { feedAnswer } from '../../src/protocol/adt.ts'
import { openStore } from '../../src/server/store/store.ts'
import { freePort } from '../e2e/server.ts'
import { framed, messageText, readAck, type Told, timeText } from '../fakes/adt.ts'
import { openMailServer } from '../fakes/mail-server.ts'
import { run } from '../lab/adt/run.ts'
import { dial, type Hospital, openHospital, wardName } from './adt.ts'
import { makeKeys, openStation, post, refusalOf } from './client.ts'
import { askGuest, joinAs } from './guest.ts'
import { dayMs, minuteMs } from './plan.ts'
import { launch } from './process.ts'
import { clinicOf, timo } from './visit.ts'
import { talk, temporaryFolder } from './ward.ts'

const bed = (label: string) => [wardName, '', label] as const
const anna = { number: 'MRN-1', name: ['Öberg', 'Anna'], born: '19500102' } satisfies Told
const eero = { number: 'DEMO-1048', name: ['Salonen', 'Eero'], born: '19480302' } satisfies Told
const timoDied = { number: 'OUT-1', name: ['Korhonen', 'Timo'], born: '19610430', death: 'Y' } satisfies Told

async function listOf(ward: Hospital, cookie: string) {
  const answer = await fetch(`${ward.origin}/api/adt`, { headers: { cookie, 'x-bedside': '1' } })
  return v.parse(feedAnswer, await answer.json())
}

async function decide(ward: Hospital, cookie: string, saysId: string, take: 'hospital' | 'ours') {
  const answer = await post(ward.origin, '/api/adt/decide', { saysId, take }, { cookie })
  return { status: answer.status, body: await answer.json() }
}

test('[ADT-7] whoever has died: visit, link and reminders end at once, and nobody is written to (HZ-6)', async () => {
  const mail = await openMailServer()
  const ward = await openHospital({
    environment: { BEDSIDE_SMTP_URL: mail.url, BEDSIDE_MAIL_FROM: 'visits@hospital.example' },
  })
  const clinic = clinicOf(ward, await ward.signIn('Anna Laine'), Date.now)
  const { id: appointmentId } = await clinic.book(Date.now() + 3 * dayMs)
  const { id: other } = await clinic.book(Date.now() + 4 * dayMs, {
    outpatient: { ...timo, name: 'Timo Virtanen', email: 'other@example.org' },
  })
  for (const id of [appointmentId, other])
    expect((await clinic.asStaff('invite', { appointmentId: id, by: 'mail', zone: null })).ok).toBe(true)
  await expect.poll(() => mail.delivered.length, { timeout: 10_000 }).toBe(2)
  const visit = await clinic.inviteTo(appointmentId)
  const letters = () =>
    ward.store.db.selectFrom('letters').select(['visit_id', 'state']).where('state', '=', 'waiting').execute()
  expect(await letters()).toHaveLength(4)
  expect(await ward.says({ trigger: 'A08', people: [timoDied] })).toMatchObject({ code: 'AA' })
  expect((await letters()).filter(({ visit_id }) => visit_id === visit.visitId)).toEqual([])
  expect(await letters(), 'another one’s stay').toHaveLength(2)
  expect(ward.plan.book.get('appointment', appointmentId)?.status).toBe('cancelled')
  expect(ward.plan.book.get('appointment', other)?.status).toBe('booked')
  expect(['cancelled', 'over']).toContain((await clinic.look(visit)).state)
  await ward.says({ trigger: 'A08', people: [timoDied] })
  await ward.close()
  expect(mail.delivered).toHaveLength(2)
  await mail.close()
})

test('[ADT-7] whoever has died in a bed: their call ends, and the code of whoever was asked to it is none', async () => {
  const ward = await openHospital()
  const cookie = await ward.signIn('Anna Laine')
  const [nurse, tablet] = [await openStation(ward.origin, cookie, { tabId: 'tab' }), await ward.bed('1')]
  const { callId } = await talk(nurse, tablet)
  const asked = await askGuest(ward, cookie, callId)
  await ward.says({ trigger: 'A08', people: [{ ...eero, death: 'Y' }] })
  expect(await nurse.hear('call.ended')).toMatchObject({ callId })
  expect(await tablet.hear('stay.changed')).toMatchObject({ stay: { admissionId: null } })
  expect(await refusalOf(await joinAs(ward, asked, await makeKeys()))).toMatchObject({
    body: { refusal: 'unknown-code' },
  })
})

test('[ADT-11] a feed that is silent marks every name as unverified at once, and no more when it is heard (HZ-1)', async () => {
  const clock = { aheadMs: 0 }
  const ward = await openHospital({
    now: () => Date.now() + clock.aheadMs,
    limits: { sweepMs: 20 },
    environment: { BEDSIDE_ADT_MINUTES: '30' },
  })
  const nurse = await ward.station()
  const shown = (label: string) => nurse.welcome.snapshot?.beds.find((one) => one.label === label)?.identity
  expect(shown('1'), 'never heard').toBe('unverified')
  await ward.says({ trigger: 'A08', people: [eero] })
  await nurse.hear('bed.changed', ({ bed }) => bed.label === '8' && bed.identity === undefined)
  clock.aheadMs = 31 * minuteMs
  await nurse.hear('bed.changed', ({ bed }) => bed.label === '1' && bed.identity === 'unverified')
  const at = timeText(Date.now() + clock.aheadMs)
  await ward.says({ trigger: 'A08', people: [eero], at })
  await nurse.hear('bed.changed', ({ bed }) => bed.label === '1' && bed.identity === undefined)
})

test('[ADT-10] what was done by hand is held against the hospital’s word, and one press takes either (HZ-1)', async () => {
  const ward = await openHospital()
  const cookie = await ward.signIn('Anna Laine')
  expect(await listOf(ward, cookie)).toMatchObject({
    state: { type: 'silent', heardMs: null },
    differences: [],
  })
  await ward.says({
    trigger: 'A11',
    people: [{ number: 'DEMO-1139', name: ['Virtanen', 'Helmi'], born: '19391119' }],
  })
  const old = timeText(Date.now() - 10 * minuteMs)
  expect(await ward.says({ trigger: 'A02', people: [{ ...eero, place: bed('2') }], at: old })).toMatchObject({
    code: 'AA',
  })
  expect(await ward.lying()).toMatchObject({ 1: 'DEMO-1048' })
  const { state, differences } = await listOf(ward, cookie)
  expect(state.type).toBe('live')
  expect(differences).toMatchObject([
    { theirs: '2', ours: '1', why: null, mayTake: true, number: 'DEMO-1048' },
  ])
  const taken = await decide(ward, cookie, differences[0]?.saysId ?? '', 'hospital')
  expect(taken).toEqual({ status: 200, body: { refusal: null } })
  expect(await ward.lying()).toMatchObject({ 2: 'DEMO-1048' })
  expect((await listOf(ward, cookie)).differences).toEqual([])
  await ward.says({ trigger: 'A01', people: [{ ...anna, place: bed('2') }] })
  const [refused] = (await listOf(ward, cookie)).differences
  expect(refused).toMatchObject({
    why: 'bed-taken',
    theirs: '2',
    takenBy: 'Eero Salonen',
    ours: null,
    mayTake: false,
  })
  expect(await decide(ward, cookie, refused?.saysId ?? '', 'ours')).toMatchObject({ status: 200 })
  expect((await listOf(ward, cookie)).differences).toEqual([])
  expect((await decide(ward, cookie, refused?.saysId ?? '', 'ours')).status).toBe(404)
  await ward.says({ trigger: 'A01', people: [{ name: ['X', 'Y'], place: ['ICU', '', '1'] }] })
  expect((await listOf(ward, cookie)).differences, 'of another ward').toEqual([])
  await ward.says({ trigger: 'A01', people: [{ name: ['X', 'Y'], place: bed('2') }] })
  expect((await listOf(ward, cookie)).differences).toMatchObject([{ why: 'missing-number', place: 'none' }])
})

test('[ADT-10] a difference that agrees by now, by whatever way, is shown no more', async () => {
  const ward = await openHospital()
  const cookie = await ward.signIn('Anna Laine')
  await ward.says({ trigger: 'A01', people: [{ ...anna, place: bed('1') }] })
  expect((await listOf(ward, cookie)).differences).toHaveLength(1)
  await ward.says({ trigger: 'A03', people: [eero] })
  const [free] = (await listOf(ward, cookie)).differences
  expect(free).toMatchObject({ theirs: '1', takenBy: null, mayTake: true })
  await ward.says({ trigger: 'A02', people: [{ ...anna, place: bed('1') }] })
  expect((await listOf(ward, cookie)).differences).toEqual([])
  expect(await ward.lying()).toMatchObject({ 1: 'MRN-1' })
})

test('[ADT-1] killed between the commit and the answer, the server does nothing twice and answers the same', async () => {
  const [port, adtPort] = [await freePort(), await freePort()]
  const data = temporaryFolder()
  const origin = `http://localhost:${port}`
  const environment = {
    ...{ BEDSIDE_PORT: String(port), BEDSIDE_DATA: data, BEDSIDE_ADT_PORT: String(adtPort) },
    BEDSIDE_LOG: 'silent',
  }
  const people = ['1048', '1139', '1271'].map((number) => ({ number: `DEMO-${number}` }))
  for (const [index, person] of people.entries()) {
    const server = launch(environment)
    await server.ready(origin)
    const sender = await dial(adtPort)
    const message = messageText({
      ...{ trigger: 'A03', people: [person], controlId: `K${index}`, at: timeText(Date.now()) },
    })
    sender.write(framed(message))
    // Zero: at the first byte of the answer, so surely after the commit. Others: wherever that many milliseconds fall.
    const answered = sender.answer()
    await (index === 0 ? answered : new Promise((resolve) => setTimeout(resolve, index * 3)))
    await server.kill()
    const again = launch(environment)
    await again.ready(origin)
    expect(readAck(await (await dial(adtPort)).say(message))).toMatchObject({
      code: 'AA',
      controlId: `K${index}`,
    })
    await again.kill()
  }
  const store = await openStore(data, null, Date.now())
  const rows = await store.db.selectFrom('audit').select('text').where('action', '=', 'discharged').execute()
  const left = await store.db
    .selectFrom('admissions')
    .select('number')
    .where('ended_ms', 'is', null)
    .execute()
  await store.close()
  expect(rows).toHaveLength(3)
  expect(left).toHaveLength(5)
}, 60_000)

test('[ADT-1] 600 messages, shuffled, doubled, spoilt and held back for a day, leave the ward as a plain model’s', async () => {
  const { messages, violations, refused } = await run(11, 600)
  expect(violations).toEqual([])
  expect(messages).toBeGreaterThanOrEqual(600)
  expect(refused.size).toBeGreaterThan(6)
}, 60_000)

test('[ADT-1] the comparison sees one stay that is not there', async () => {
  expect((await run(11, 60, true)).violations).not.toEqual([])
}, 60_000)

test('[ADT-12] a heartbeat of its own kind is refused, and says that the feed is alive', async () => {
  const ward = await openHospital()
  const cookie = await ward.signIn('Anna Laine')
  expect(await ward.says({ trigger: 'S99', people: [], controlId: randomUUID() })).toMatchObject({
    code: 'AR',
  })
  expect(await listOf(ward, cookie)).toMatchObject({ state: { type: 'live' }, differences: [] })
})

test('[ADT-10] nothing names a patient of another ward in what is kept', async () => {
  const ward = await openHospital()
  const stranger = { number: 'SECRET-7', name: ['Geheim', 'Grete'], born: '19330303' } satisfies Told
  for (const trigger of ['A01', 'A02', 'A08', 'A03'])
    await ward.says({ trigger, people: [{ ...stranger, place: ['ICU', '', '1'] }] })
  await ward.says({ trigger: 'A40', people: [{ ...stranger, former: 'SECRET-8' }] })
  await ward.close()
  const kept = readdirSync(ward.data).flatMap((file) => {
    const path = join(ward.data, file)
    return statSync(path).isFile() ? [readFileSync(path).toString('latin1')] : []
  })
  expect(kept.length).toBeGreaterThan(0)
  for (const text of kept)
    for (const word of ['SECRET-7', 'SECRET7', 'Geheim', 'Grete']) expect(text).not.toContain(word)
})
