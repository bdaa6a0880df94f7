/** The lock of a browser nobody touches, over real sockets: names go, the call stays, its person comes back. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { newPasskey } from '../fakes/passkey.ts'
import { acceptByPassword, challengeOf, cookieOf, inviteNew, register, unlockByPasskey } from './accounts.ts'
import { type Client, openStation, post, refusalOf } from './client.ts'
import { invitation, media, openWard, ring, staffIdOf, talk, type WardOptions } from './ward.ts'

/** A nurse with a passkey at a station. */
async function openLockable(options: WardOptions = {}) {
  const ward = await openWard(options)
  const cookie = await ward.signIn('Anna Laine')
  const passkey = newPasskey(ward.origin)
  expect((await register(ward.origin, cookie, passkey)).status).toBe(200)
  const nurse = await openStation(ward.origin, cookie)
  const lock = () => post(ward.origin, '/api/lock', {}, { cookie })
  return { ward, origin: ward.origin, cookie, passkey, nurse, lock }
}

test('[LOCK-1] a lock takes every patient from every tab of the browser, and an unlock brings them back', async () => {
  const { origin, cookie, passkey, nurse, lock } = await openLockable()
  expect(nurse.welcome.snapshot?.beds[0]?.patient).not.toBeNull()
  expect((await lock()).status).toBe(200)
  expect(await nurse.hear('lock.changed')).toMatchObject({ locked: true })
  expect((await nurse.hear('bed.changed')).bed).toMatchObject({ label: '1', patient: null })
  const tab = await openStation(origin, cookie)
  expect(tab.welcome.snapshot?.beds.map(({ patient }) => patient)).toEqual(Array(8).fill(null))
  expect(tab.welcome.snapshot?.beds.map(({ label }) => label)).toEqual([...'12345678'])
  expect(await tab.hear('lock.changed')).toMatchObject({ locked: true })
  expect((await unlockByPasskey(origin, cookie, passkey)).status).toBe(200)
  for (const screen of [nurse, tab]) {
    await screen.hear('lock.changed', ({ locked }) => !locked)
    await screen.hear('bed.changed', ({ bed }) => bed.label === '1' && bed.patient !== null)
  }
})

test('[LOCK-2] what changes on the board while it is locked comes without a name', async () => {
  const { ward, nurse, lock } = await openLockable()
  await lock()
  await nurse.hear('lock.changed')
  await ward.bed('3')
  const { bed } = await nurse.hear(
    'bed.changed',
    ({ bed }) => bed.label === '3' && bed.state.type === 'ready',
  )
  expect(bed.patient).toBeNull()
})

test('[LOCK-2] who is away is not said while it is locked', async () => {
  const { nurse, lock } = await openLockable()
  const admissionId = nurse.welcome.snapshot?.beds[0]?.stay.admissionId ?? ''
  nurse.say({ type: 'admission.away', actId: randomUUID(), admissionId, now: 'away' })
  await nurse.hear('bed.changed', ({ bed }) => bed.awaySinceMs !== undefined)
  await lock()
  await nurse.hear('lock.changed')
  const { bed } = await nurse.hear('bed.changed', ({ bed }) => bed.label === '1')
  expect(bed).toMatchObject({ patient: null })
  expect(bed).not.toHaveProperty('awaySinceMs')
})

test('[LOCK-3] a live call goes on over the lock and can be ended there; nothing new begins there', async () => {
  const { ward, origin, cookie, passkey, nurse, lock } = await openLockable()
  const [bed, other] = [await ward.bed('1'), await ward.bed('2')]
  const { callId, epoch } = await talk(nurse, bed)
  await lock()
  nurse.say(media(callId, epoch))
  await bed.hear('call.signal')
  nurse.say({ type: 'call.relink', callId, epoch })
  await bed.hear('call.changed', ({ call }) => call.epoch === epoch + 1)
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  await bed.hear('call.ended')
  const dialled = invitation(other)
  nurse.say(dialled)
  expect(await nurse.hear('call.ended', (said) => said.callId === dialled.callId)).toMatchObject({
    reason: 'cancelled',
  })
  expect(other.heard()).toEqual([])
  expect((await unlockByPasskey(origin, cookie, passkey)).status).toBe(200)
  await ring(nurse, other)
})

test('[LOCK-4] nobody answers at a locked screen', async () => {
  const { ward, nurse, lock } = await openLockable()
  await lock()
  const ben = await ward.station('Ben Okafor')
  const to = { type: 'staff', staffId: staffIdOf(nurse) } as const
  ben.say({
    type: 'call.invite',
    callId: 'c1',
    to,
    mode: 'ring',
    stay: null,
    expiresAtMs: Date.now() + 5_000,
  })
  await nurse.hear('call.changed')
  nurse.say({ type: 'call.accept', callId: 'c1' })
  await nurse.settled()
  await ben.settled()
  expect(
    ben.heard().filter((said) => said.type === 'call.changed' && said.call.phase === 'accepted'),
  ).toEqual([])
})

test('[LOCK-5] a locked browser is refused everything but the ways out', async () => {
  const { ward, origin, cookie, lock } = await openLockable()
  await lock()
  const get = (path: string) => fetch(`${origin}/api${path}`, { headers: { cookie } })
  expect(await refusalOf(await get('/me'))).toEqual({ status: 401, body: { refusal: 'locked' } })
  expect((await post(origin, '/api/passkey/options', {}, { cookie })).status).toBe(401)
  expect(await (await get('/unlock-ways')).json()).toEqual({ passkey: true, password: false, provider: null })
  expect((await post(origin, '/api/sign-out', {}, { cookie })).status).toBe(200)
  const admin = await ward.signIn('Oskar Berg')
  await register(origin, admin, newPasskey(origin))
  await post(origin, '/api/lock', {}, { cookie: admin })
  const staff = await fetch(`${origin}/api/staff`, { headers: { cookie: admin } })
  expect(await refusalOf(staff)).toEqual({ status: 401, body: { refusal: 'locked' } })
})

test('[LOCK-6] a colleague’s passkey, and one for another browser, leave it locked', async () => {
  const { ward, origin, cookie, passkey, lock } = await openLockable()
  await lock()
  const ben = await ward.signIn('Ben Okafor')
  const his = newPasskey(origin)
  await register(origin, ben, his)
  expect((await unlockByPasskey(origin, cookie, his)).status).toBe(401)
  const forBen = await challengeOf(origin, '/api/unlock/passkey-options', {}, ben)
  const proof = { passkey: passkey.use(forBen) }
  expect((await post(origin, '/api/unlock/passkey', proof, { cookie })).status).toBe(401)
  expect((await fetch(`${origin}/api/me`, { headers: { cookie } })).status).toBe(401)
  expect((await unlockByPasskey(origin, cookie, passkey)).status).toBe(200)
})

test('[LOCK-7] the lock survives a restart of the server', async () => {
  const { ward, cookie, lock } = await openLockable()
  await lock()
  await ward.close()
  const { origin } = await openWard({ dataFolder: ward.data })
  const tab = await openStation(origin, cookie)
  expect(tab.welcome.snapshot?.beds[0]?.patient).toBeNull()
})

test('[LOCK-8] whoever could not come back in is not locked out', async () => {
  const ward = await openWard()
  const cookie = await ward.signIn('Anna Laine')
  expect((await post(ward.origin, '/api/lock', {}, { cookie })).status).toBe(409)
  expect((await fetch(`${ward.origin}/api/me`, { headers: { cookie } })).status).toBe(200)
})

test('[LOCK-9] a password opens the lock, a wrong one does not, and trying is limited', async () => {
  const ward = await openWard({ limits: { failedTriesPerMinute: 2 } })
  const { code } = await inviteNew(ward, 'Iris Virta')
  const cookie = cookieOf(await acceptByPassword(ward.origin, code, 'twelve chars'))
  const unlock = (password: string, address: string) =>
    post(ward.origin, '/api/unlock/password', { password }, { cookie, 'x-forwarded-for': address })
  await post(ward.origin, '/api/lock', {}, { cookie })
  expect((await unlock('wrong', '10.0.0.1')).status).toBe(401)
  expect((await unlock('twelve chars', '10.0.0.1')).status).toBe(200)
  await post(ward.origin, '/api/lock', {}, { cookie })
  expect((await unlock('wrong', '10.0.0.2')).status).toBe(401)
  expect((await unlock('twelve chars', '10.0.0.3')).status).toBe(429)
})

test('[LOCK-10] a screen that was locked while its socket was away is told no name it had missed', async () => {
  const { ward, origin, cookie } = await openLockable()
  const tab = await openStation(origin, cookie, { tabId: 'tab' })
  const history = tab.history()
  await tab.cut()
  const bed = await ward.bed('3')
  await bed.settled()
  await ward.store.db.updateTable('sign_ins').set({ locked_ms: Date.now() }).execute()
  const resume = { sessionId: tab.welcome.sessionId, received: history.received }
  const back = await openStation(origin, cookie, { tabId: 'tab', resume, history })
  await back.hear('lock.changed', ({ locked }) => locked)
  await back.settled()
  expect(back.welcome.resumed).toBe(false)
  expect(JSON.stringify([back.welcome, back.heard()])).not.toContain('"patient":{')
})

const minute = 60_000

/** A clock that a test sets, ahead of this machine's. */
function aheadClock() {
  const clock = { aheadMs: 0, now: () => Date.now() + clock.aheadMs }
  return clock
}

test('[LOCK-11] a browser whose last page went more than five minutes ago comes back locked', async () => {
  const clock = aheadClock()
  const { ward, origin, cookie, passkey, nurse } = await openLockable({ now: clock.now })
  await leave(ward, nurse)
  const me = () => fetch(`${origin}/api/me`, { headers: { cookie } })
  const tab = await openStation(origin, cookie)
  expect(tab.welcome.snapshot?.beds[0]?.patient).not.toBeNull()
  await leave(ward, tab)
  clock.aheadMs = 5 * minute + 5_000
  const late = await openStation(origin, cookie)
  expect(late.welcome.snapshot?.beds.map(({ patient }) => patient)).toEqual(Array(8).fill(null))
  expect(await late.hear('lock.changed')).toMatchObject({ locked: true })
  expect(await refusalOf(await me())).toEqual({ status: 401, body: { refusal: 'locked' } })
  const rows = await ward.store.db.selectFrom('audit').select('text').where('action', '=', 'lock').execute()
  expect(rows.map(({ text }) => JSON.parse(text).act.detail)).toEqual(['unattended'])
  expect((await unlockByPasskey(origin, cookie, passkey)).status).toBe(200)
  expect((await me()).status).toBe(200)
})

test('[LOCK-12] an open page keeps its browser from being locked as away, however long it says nothing', async () => {
  const clock = aheadClock()
  const { ward, origin, cookie } = await openLockable({ now: clock.now, limits: { sweepMs: 10 } })
  for (let minutes = 2; minutes <= 8; minutes += 2) {
    clock.aheadMs = minutes * minute
    await seenSince(ward.store, clock.now() - 1_000)
  }
  expect((await fetch(`${origin}/api/me`, { headers: { cookie } })).status).toBe(200)
})

async function seenSince({ db }: Awaited<ReturnType<typeof openWard>>['store'], sinceMs: number) {
  const query = db.selectFrom('sign_ins').select('seen_ms').where('seen_ms', '>=', sinceMs)
  await expect.poll(() => query.executeTakeFirst(), { timeout: 10_000 }).toBeDefined()
}

/** The only one who is signed in goes; resolves when the server has noticed. */
async function leave({ store }: Awaited<ReturnType<typeof openWard>>, client: Client): Promise<void> {
  await store.db.updateTable('sign_ins').set({ seen_ms: 0 }).execute()
  await client.cut()
  await seenSince(store, 1)
}

test('[LOCK-13] whoever could not come back in is not locked out for having been away', async () => {
  const clock = aheadClock()
  const ward = await openWard({ now: clock.now })
  const cookie = await ward.signIn('Anna Laine')
  clock.aheadMs = 60 * minute
  const tab = await openStation(ward.origin, cookie)
  expect(tab.welcome.snapshot?.beds[0]?.patient).not.toBeNull()
})

test('[LOCK-14] a restart of the server locks no station that was there before and comes back within a minute', async () => {
  const clock = aheadClock()
  const { ward, cookie } = await openLockable({ now: clock.now })
  clock.aheadMs = 30 * minute
  await ward.close()
  clock.aheadMs = 31 * minute
  const { origin } = await openWard({ now: clock.now, dataFolder: ward.data })
  const tab = await openStation(origin, cookie)
  expect(tab.welcome.snapshot?.beds[0]?.patient).not.toBeNull()
})

test('[LOCK-15] a call goes on where its tab comes back too late to be open', async () => {
  const { ward, origin, cookie } = await openLockable()
  const nurse = await openStation(origin, cookie, { tabId: 'tab' })
  const bed = await ward.bed('1')
  const { callId, epoch } = await talk(nurse, bed)
  const history = nurse.history()
  await leave(ward, nurse)
  await ward.store.db.updateTable('sign_ins').set({ seen_ms: 0 }).execute()
  const resume = { sessionId: nurse.welcome.sessionId, received: history.received }
  const claims = [{ callId, epoch }]
  const back = await openStation(origin, cookie, { tabId: 'tab', resume, claims, history })
  expect(await back.hear('lock.changed')).toMatchObject({ locked: true })
  expect(back.welcome.snapshot?.calls).toMatchObject([{ callId, phase: 'accepted' }])
  back.say(media(callId, epoch))
  await bed.hear('call.signal')
})
