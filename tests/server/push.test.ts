/** Telephones: told of requests by a push service of one's own, which opens what it gets, and by nobody else. */
import { randomUUID } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { minuteAt } from '../../src/core/minutes.ts'
import { standardTimings } from '../../src/core/timings.ts'
import { pushNote } from '../../src/protocol/push.ts'
import type { RequestReason } from '../../src/protocol/request.ts'
import { readConfig } from '../../src/server/config.ts'
import { signInMs } from '../../src/server/people.ts'
import { openPushKeys } from '../../src/server/push/keys.ts'
import { isPublic, isService, publicLookup } from '../../src/server/push/services.ts'
import { changeStaff } from '../../src/server/sign-in/staff.ts'
import { openPushService } from '../fakes/push-service.ts'
import { type Client, openStation, post, refusalOf } from './client.ts'
import { bedIdOf, openWard, staffIdOf, temporaryFolder, type Ward } from './ward.ts'

const { askMs, unseenMs } = standardTimings

/** A ward that tells telephones, by a push service on this machine; its clock can be set ahead. */
async function openPhoning(answers?: ReadonlyMap<string, number>) {
  const service = await openPushService(answers)
  onTestFinished(async () => void (await service.close()))
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const zone = 'Pacific/Auckland'
  const environment = {
    BEDSIDE_ZONE: zone,
    BEDSIDE_PUSH_CONTACT: 'mailto:it@hospital.example',
    BEDSIDE_PUSH_SERVICES: `fcm.googleapis.com,${service.host}`,
  }
  const ward = await openWard({ environment, now })
  /** An hour before now, and an hour after, by the ward's clock. */
  function aroundNow() {
    const minute = minuteAt(now(), zone)
    return { fromMinute: (minute + 1_380) % 1_440, untilMinute: (minute + 60) % 1_440 }
  }
  return {
    ...ward,
    service,
    aroundNow,
    now,
    phones: async () => await ward.store.db.selectFrom('phones').selectAll().execute(),
    async pass(ms: number, witness: Client): Promise<void> {
      aheadMs += ms
      witness.say({ type: 'request.silent' })
      await witness.settled()
    },
    /** Another browser in which this person is signed in, and is told. */
    async phone(name = 'Anna Laine', path = 'phone', language = 'en') {
      const token = `token-${path}`
      await signedIn(ward, name, token, now())
      const cookie = `bedside=${token}`
      const subscription = service.subscribe(path)
      const answer = await post(ward.origin, '/api/phone/on', { subscription, language }, { cookie })
      expect(await answer.json()).toMatchObject({ on: true })
      return { cookie, subscription }
    },
  }
}

async function signedIn({ store }: Ward, name: string, token: string, nowMs: number): Promise<void> {
  const { db } = store
  const person = db.selectFrom('staff').select('staff_id').where('name', '=', name)
  const { staff_id } = await person.executeTakeFirstOrThrow()
  const row = { staff_id, created_ms: nowMs, expires_ms: nowMs + signInMs, locked_ms: null, seen_ms: nowMs }
  await db
    .insertInto('sign_ins')
    .values({ token_hash: store.digest(token), ...row, provider_sid: null, tokens: null, checked_ms: null })
    .execute()
}

type Phoning = Awaited<ReturnType<typeof openPhoning>>

async function asked({ origin }: Phoning, cookie: string): Promise<unknown> {
  const answer = await fetch(`${origin}/api/phone`, { headers: { cookie, 'x-bedside': '1' } })
  return await answer.json()
}

/** A request that a station has sounded for. */
async function sent(ward: Phoning, bed: Client, station: Client, reason: RequestReason = 'pain') {
  const requestId = randomUUID()
  const stay = bed.welcome.stay?.epoch ?? 0
  bed.say({ type: 'request.make', requestId, reason, stay, expiresAtMs: ward.now() + askMs })
  await station.hear('request.changed', ({ request }) => request.requestId === requestId)
  station.say({ type: 'request.sounds', requestId })
  await bed.hear('request.changed', ({ request }) => request.state.type === 'sent')
  return requestId
}

test('[PUSH-1] nothing is told to telephones, and nothing leaves the hospital, unless it was configured', async () => {
  const ward = await openWard()
  const cookie = await ward.signIn('Anna Laine')
  const answer = await fetch(`${ward.origin}/api/phone`, { headers: { cookie, 'x-bedside': '1' } })
  expect(await answer.json()).toEqual({ key: null, on: false, quiet: null })
  const subscription = { endpoint: 'https://fcm.googleapis.com/fcm/send/1', p256dh: 'p', auth: 'a' }
  const refused = await post(ward.origin, '/api/phone/on', { subscription, language: 'en' }, { cookie })
  expect(await refusalOf(refused)).toMatchObject({ body: { refusal: 'conflict' } })
})

test('[PUSH-2] a request that is sent is told to telephones, sealed, short-lived, with nothing of the patient in it (HZ-6)', async () => {
  const ward = await openPhoning()
  await ward.phone('Anna Laine', 'phone', 'fi')
  const [bed, station] = [await ward.bed('3'), await ward.station('Ben Okafor')]
  await sent(ward, bed, station)
  const [told] = await ward.service.until(1)
  const note = v.parse(pushNote, JSON.parse(told?.text ?? ''))
  expect(note).toMatchObject({ title: 'Potilas pyytää hoitajaa', body: expect.stringContaining('Bedside') })
  expect(told?.headers).toMatchObject({
    ttl: '60',
    urgency: 'high',
    topic: note.tag,
    'content-encoding': 'aes128gcm',
  })
  expect(told?.subject).toBe('mailto:it@hospital.example')
  const { patient } = await ward.store.db
    .selectFrom('admissions')
    .innerJoin('beds', 'beds.bed_id', 'admissions.bed_id')
    .select(['admissions.name as patient'])
    .where('label', '=', '3')
    .executeTakeFirstOrThrow()
  for (const secret of [patient, ...patient.split(' '), 'Kipu', 'pain', 'Ward', 'Anna', '3', bedIdOf(bed)])
    expect(note.title + note.body, secret).not.toContain(secret)
  expect(Object.keys(note).sort()).toEqual(['body', 'tag', 'title'])
})

test('[PUSH-2] all notes are of one size, whatever they say', async () => {
  const ward = await openPhoning()
  await ward.phone('Anna Laine', 'one', 'en')
  await ward.phone('Ben Okafor', 'two', 'sv')
  const [bed, station] = [await ward.bed('3'), await ward.station('Ben Okafor')]
  await sent(ward, bed, station)
  const told = await ward.service.until(2)
  expect(new Set(told.map(({ sealed }) => sealed.length)).size).toBe(1)
})

test('[PUSH-3] HZ-4: a telephone makes nothing sent: without a station that sounds the request has ended, untold', async () => {
  const service = await openPushService()
  onTestFinished(async () => void (await service.close()))
  const environment = {
    BEDSIDE_PUSH_CONTACT: 'mailto:it@hospital.example',
    BEDSIDE_PUSH_SERVICES: service.host,
  }
  const ward = await openWard({ environment, timeScale: 0.05 })
  const cookie = await ward.signIn('Anna Laine')
  await post(ward.origin, '/api/phone/on', { subscription: service.subscribe(), language: 'en' }, { cookie })
  const bed = await ward.bed('1')
  const stay = bed.welcome.stay?.epoch ?? 0
  bed.say({
    type: 'request.make',
    requestId: randomUUID(),
    reason: 'pain',
    stay,
    expiresAtMs: Date.now() + askMs,
  })
  const { request } = await bed.hear('request.changed', (said) => said.request.state.type === 'ended')
  expect(request.state).toMatchObject({ how: 'unheard' })
  expect(service.delivered).toEqual([])
})

test('[PUSH-4] unseen for 2 minutes it is told again, under the same topic; what was seen is not', async () => {
  const ward = await openPhoning()
  await ward.phone()
  const [bed, station] = [await ward.bed('1'), await ward.station('Ben Okafor')]
  const seen = await sent(ward, bed, station, 'water')
  await sent(ward, bed, station, 'pain')
  await ward.service.until(2)
  station.say({ type: 'request.see', requestId: seen })
  await ward.pass(unseenMs + 1, station)
  const told = await ward.service.until(3)
  expect(JSON.parse(told[2]?.text ?? '')).toMatchObject({ title: 'A patient is still waiting for a nurse' })
  expect(told[2]?.headers.topic).toBe(told[1]?.headers.topic)
  expect(told[0]?.headers.topic).not.toBe(told[1]?.headers.topic)
  await ward.close()
  expect(told).toHaveLength(3)
})

test('[PUSH-4] at first who cares for the bed is told, and later everybody', async () => {
  const ward = await openPhoning()
  const { cookie } = await ward.phone('Anna Laine', 'anna')
  await ward.phone('Ben Okafor', 'ben')
  const bed = await ward.bed('1')
  const anna = await openStation(ward.origin, cookie)
  anna.say({ type: 'care.take', bedIds: [bedIdOf(bed)] })
  await bed.hear('care.changed')
  await sent(ward, bed, anna)
  await ward.service.until(1)
  await ward.pass(unseenMs + 1, anna)
  const told = await ward.service.until(3)
  expect(told[0]?.path).toBe('/anna')
  expect(told.map(({ path }) => path).sort()).toEqual(['/anna', '/anna', '/ben'])
})

test('[PUSH-10] HZ-4: in its person’s quiet hours a telephone is not told, the station sounds all the same, and nobody counts as told', async () => {
  const ward = await openPhoning()
  const { cookie } = await ward.phone('Anna Laine', 'anna')
  await ward.phone('Ben Okafor', 'ben')
  const quiet = ward.aroundNow()
  expect(await (await post(ward.origin, '/api/phone/quiet', { quiet }, { cookie })).json()).toMatchObject({
    quiet,
  })
  const [bed, anna] = [await ward.bed('1'), await openStation(ward.origin, cookie)]
  anna.say({ type: 'care.take', bedIds: [bedIdOf(bed)] })
  await bed.hear('care.changed')
  await sent(ward, bed, anna)
  expect(await ward.service.until(1), 'the bed is Anna’s, whose telephone is quiet').toMatchObject([
    { path: '/ben' },
  ])
  await ward.pass(unseenMs + 1, anna)
  await ward.service.until(2)
  await post(ward.origin, '/api/phone/quiet', { quiet: null }, { cookie })
  await sent(ward, bed, anna, 'water')
  const told = await ward.service.until(3)
  expect(told.map(({ path }) => path)).toEqual(['/ben', '/ben', '/anna'])
})

test('[PUSH-10] quiet hours are a person’s own, outlive their sign-in, and are written down once', async () => {
  const ward = await openPhoning()
  const { cookie } = await ward.phone()
  const quiet = { fromMinute: 22 * 60, untilMinute: 7 * 60 }
  for (const _twice of [1, 2]) await post(ward.origin, '/api/phone/quiet', { quiet }, { cookie })
  const same = { quiet: { fromMinute: 60, untilMinute: 60 } }
  expect((await post(ward.origin, '/api/phone/quiet', same, { cookie })).status).toBe(400)
  await post(ward.origin, '/api/sign-out', {}, { cookie })
  expect(await asked(ward, await ward.signIn('Anna Laine'))).toMatchObject({ quiet, on: false })
  expect(await asked(ward, await ward.signIn('Ben Okafor'))).toMatchObject({ quiet: null })
  const acts = await ward.store.db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', 'phone-changed')
    .execute()
  expect(acts.map(({ text }) => JSON.parse(text).act.detail)).toEqual(['on', 'quiet-hours'])
})

test('[PUSH-5] it ends with its sign-in: signed out, disabled, or over', async () => {
  const ward = await openPhoning()
  const { cookie } = await ward.phone('Anna Laine', 'out')
  await ward.phone('Ben Okafor', 'disabled')
  await ward.phone('Anna Laine', 'over')
  await post(ward.origin, '/api/sign-out', {}, { cookie })
  expect(await ward.phones()).toHaveLength(2)
  const [bed, station] = [await ward.bed('1'), await ward.station()]
  const { db } = ward.store
  const ben = db.selectFrom('staff').select('staff_id').where('name', '=', 'Ben Okafor')
  const { staff_id: staffId } = await ben.executeTakeFirstOrThrow()
  const agent = { type: 'operator' } as const
  expect(await changeStaff(ward.store, staffId, { disabled: true }, agent, ward.now())).toBe('changed')
  expect(await ward.phones()).toHaveLength(1)
  const over = ward.store.digest('token-over')
  await db.updateTable('sign_ins').set({ expires_ms: 1 }).where('token_hash', '=', over).execute()
  await sent(ward, bed, station)
  await ward.close()
  expect(ward.service.delivered).toEqual([])
})

test('[PUSH-5] a locked telephone is told: it lies in a pocket', async () => {
  const ward = await openPhoning()
  await ward.phone()
  const [bed, station] = [await ward.bed('1'), await ward.station('Ben Okafor')]
  await ward.store.db
    .updateTable('sign_ins')
    .set({ locked_ms: 1 })
    .where('staff_id', '!=', staffIdOf(station))
    .execute()
  await sent(ward, bed, station)
  expect(await ward.service.until(1)).toHaveLength(1)
})

test('[PUSH-5] a person turns it off, and another one who signs in there takes it over', async () => {
  const ward = await openPhoning()
  const { cookie, subscription } = await ward.phone()
  expect(await asked(ward, cookie)).toMatchObject({ on: true })
  const other = await ward.signIn('Ben Okafor')
  expect(await asked(ward, other)).toMatchObject({ on: false })
  await post(ward.origin, '/api/phone/on', { subscription, language: 'en' }, { cookie: other })
  expect(await asked(ward, cookie)).toMatchObject({ on: false })
  await post(ward.origin, '/api/phone/off', {}, { cookie: other })
  expect(await ward.phones()).toEqual([])
  const acts = await ward.store.db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', 'phone-changed')
    .execute()
  expect(acts.map(({ text }) => JSON.parse(text).act.detail)).toEqual(['on', 'on', 'off'])
})

test('[PUSH-6] a subscription that the browser has ended is forgotten; a service that fails is only not told', async () => {
  const ward = await openPhoning(
    new Map([
      ['/gone', 410],
      ['/lost', 404],
      ['/busy', 503],
      ['/moved', 307],
    ]),
  )
  const paths = ['gone', 'lost', 'busy', 'moved']
  for (const path of paths) await ward.phone('Anna Laine', path)
  const [bed, station] = [await ward.bed('1'), await ward.station('Ben Okafor')]
  await sent(ward, bed, station)
  await ward.service.until(4)
  await expect.poll(async () => (await ward.phones()).length).toBe(2)
  expect(ward.service.delivered.map(({ path }) => path).sort(), 'no redirect is followed').toEqual(
    paths.map((path) => `/${path}`).sort(),
  )
})

test.each([
  'https://fcm.googleapis.com.evil.example/1',
  'https://evil.example/fcm.googleapis.com',
  'https://user@fcm.googleapis.com/1',
  'https://fcm.googleapis.com:8443/1',
  'http://fcm.googleapis.com/1',
  'http://127.0.0.1:1/1',
  'http://169.254.169.254/latest/meta-data',
  'https://127.0.0.1/1',
  'https://[::1]/1',
  'https://push.apple.com/1',
  'file:///etc/passwd',
])('[PUSH-7] it posts to no address but those of push services: %s is refused', async (endpoint) => {
  expect(isService(endpoint, ['fcm.googleapis.com', '*.push.apple.com'])).toBe(false)
  const ward = await openPhoning()
  const { subscription } = await ward.phone()
  const cookie = await ward.signIn('Ben Okafor')
  const said = { subscription: { ...subscription, endpoint }, language: 'en' }
  expect((await post(ward.origin, '/api/phone/on', said, { cookie })).status).toBe(400)
})

test('[PUSH-7] the services of the browsers are allowed, with every name below a star', () => {
  const services = ['fcm.googleapis.com', '*.push.apple.com', '127.0.0.1:99']
  for (const endpoint of [
    'https://fcm.googleapis.com/wp/1',
    'https://web.push.apple.com/1',
    'http://127.0.0.1:99/1',
  ])
    expect(isService(endpoint, services)).toBe(true)
})

test('[PUSH-7] a name that leads into the hospital is not followed there', async () => {
  for (const address of [
    '10.1.2.3',
    '127.0.0.1',
    '169.254.169.254',
    '192.168.1.1',
    '172.20.0.1',
    '100.64.0.1',
    '0.0.0.0',
  ])
    expect(isPublic(address, 4), address).toBe(false)
  for (const address of ['::1', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '2002:a00:1::', '64:ff9b::a00:1'])
    expect(isPublic(address, 6), address).toBe(false)
  expect(isPublic('142.250.74.10', 4)).toBe(true)
  expect(isPublic('2a00:1450:4026::1', 6)).toBe(true)
  const outcome = await new Promise((done) => publicLookup('localhost', {}, (error) => done(error?.message)))
  expect(outcome).toBe('localhost is at no public address')
})

test('[PUSH-8] a bad contact or service is named; services without a contact are, too', () => {
  for (const contact of ['it@hospital.example', 'http://hospital.example', 'mailto:'])
    expect(() => readConfig({ BEDSIDE_PUSH_CONTACT: contact }, [])).toThrow(/BEDSIDE_PUSH_CONTACT must be/)
  for (const services of ['*', 'https://fcm.googleapis.com', '10.0.0.1', '*.com', '169.254.169.254:80'])
    expect(() =>
      readConfig({ BEDSIDE_PUSH_CONTACT: 'mailto:it@a.example', BEDSIDE_PUSH_SERVICES: services }, []),
    ).toThrow(/BEDSIDE_PUSH_SERVICES must be/)
  expect(() => readConfig({ BEDSIDE_PUSH_SERVICES: 'fcm.googleapis.com' }, [])).toThrow(/CONTACT is not/)
  expect(readConfig({}, []).push).toBeNull()
})

test('[PUSH-9] its key is made once, for the operator alone, and a damaged one is said to be', () => {
  const data = temporaryFolder()
  const file = join(data, 'push.key')
  const keys = openPushKeys(data)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(openPushKeys(data)).toEqual(keys)
  expect(readFileSync(file, 'utf8')).toContain(keys.privateKey)
  writeFileSync(file, '{}')
  expect(() => openPushKeys(data)).toThrow(/is damaged/)
})
