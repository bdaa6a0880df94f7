/** Local accounts: invited, signed in by passkey or password, changed, and kept out. */
import { expect, test } from 'vitest'
import { newPasskey } from '../fakes/passkey.ts'
import {
  acceptByPasskey,
  acceptByPassword,
  challengeOf,
  cookieOf,
  inviteNew,
  signInByPasskey,
} from './accounts.ts'
import { openStation, post, refusalOf } from './client.ts'
import { openWard } from './ward.ts'

const long = ' correct horse battery '

test('[ACCOUNT-1] an invitation says whom it is for, and is used once', async () => {
  const ward = await openWard()
  const { origin } = ward
  const { code } = await inviteNew(ward, 'Iris Virta')
  for (let look = 0; look < 2; look += 1)
    expect(await (await post(origin, '/api/invitation', { code })).json()).toMatchObject({
      name: 'Iris Virta',
      role: 'nurse',
    })
  expect((await acceptByPassword(origin, code, long)).status).toBe(200)
  expect(await refusalOf(await acceptByPassword(origin, code, long))).toMatchObject({ status: 410 })
  expect(await refusalOf(await post(origin, '/api/invitation', { code: 'made-up' }))).toMatchObject({
    status: 404,
  })
})

test('[ACCOUNT-2] an invitation that nobody used for 48 hours is no way in', async () => {
  let hours = 0
  const ward = await openWard({ now: () => Date.now() + hours * 3_600_000 })
  const { code } = await inviteNew(ward, 'Iris Virta')
  hours = 47.9
  expect((await post(ward.origin, '/api/invitation', { code })).status).toBe(200)
  hours = 48
  expect((await post(ward.origin, '/api/invitation', { code })).status).toBe(410)
  expect((await acceptByPassword(ward.origin, code, long)).status).toBe(410)
})

test('[ACCOUNT-3] of two who use an invitation at once only one gets in', async () => {
  const ward = await openWard()
  const { code } = await inviteNew(ward, 'Iris Virta')
  const answers = await Promise.all([1, 2, 3].map(() => acceptByPassword(ward.origin, code, long)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410, 410])
})

test('[ACCOUNT-4] name and password sign in; capitals and spaces of the name do not matter, any of the password do', async () => {
  const ward = await openWard()
  const { origin } = ward
  const { code } = await inviteNew(ward, 'Iris Virta')
  await acceptByPassword(origin, code, long)
  const signIn = (name: string, password: string) => post(origin, '/api/sign-in/password', { name, password })
  const good = await signIn('  iris  VIRTA ', long)
  expect(good.status).toBe(200)
  const station = await openStation(origin, cookieOf(good))
  expect(station.welcome.me).toMatchObject({ name: 'Iris Virta', role: 'nurse' })
  for (const password of [long.trim(), long.toUpperCase(), `${long} `])
    expect(await refusalOf(await signIn('Iris Virta', password))).toEqual({
      status: 401,
      body: { refusal: 'wrong-credentials' },
    })
  expect(await refusalOf(await signIn('Nobody', long))).toMatchObject({
    body: { refusal: 'wrong-credentials' },
  })
})

test('[ACCOUNT-5] a password has at least 12 characters, and one name may be tried ten times a minute', async () => {
  const ward = await openWard({ limits: { failedTriesPerMinute: 3 } })
  const { code } = await inviteNew(ward, 'Iris Virta')
  expect((await acceptByPassword(ward.origin, code, 'elevenchars')).status).toBe(400)
  expect((await acceptByPassword(ward.origin, code, 'twelve chars')).status).toBe(200)
  const tryFrom = (address: string, password: string) =>
    post(
      ward.origin,
      '/api/sign-in/password',
      { name: 'Iris Virta', password },
      { 'x-forwarded-for': address },
    )
  for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.3']) await tryFrom(address, 'wrong password')
  expect((await tryFrom('10.0.0.4', 'twelve chars')).status).toBe(429)
})

test('[ACCOUNT-6] a passkey made at the invitation signs in without a name', async () => {
  const ward = await openWard()
  const { code } = await inviteNew(ward, 'Iris Virta', 'doctor')
  const passkey = newPasskey(ward.origin)
  expect((await acceptByPasskey(ward.origin, code, passkey)).status).toBe(200)
  const answer = await signInByPasskey(ward.origin, passkey)
  expect(await answer.json()).toMatchObject({ me: { name: 'Iris Virta', role: 'doctor' } })
})

test('[ACCOUNT-7] a passkey proves nothing unverified, from another page, a second time, as a copy, or for another purpose', async () => {
  const ward = await openWard({ limits: { failedTriesPerMinute: 100 } })
  const { origin } = ward
  const { code } = await inviteNew(ward, 'Iris Virta')
  const unverified = newPasskey(origin, 0x01)
  expect((await acceptByPasskey(origin, code, unverified)).status).toBe(401)
  const passkey = newPasskey(origin)
  const cookie = cookieOf(await acceptByPasskey(origin, code, passkey))
  const challenge = () => challengeOf(origin, '/api/sign-in/passkey-options', {})
  const prove = async (proof: unknown) =>
    (await post(origin, '/api/sign-in/passkey', { passkey: proof })).status
  expect(await prove(passkey.use(await challenge(), 'https://evil.example'))).toBe(401)
  expect(await prove(passkey.use('made-up'))).toBe(401)
  expect(await prove(newPasskey(origin).use(await challenge()))).toBe(401)
  const forUnlock = await challengeOf(origin, '/api/unlock/passkey-options', {}, cookie)
  expect(await prove(passkey.use(forUnlock))).toBe(401)
  const proof = passkey.use(await challenge())
  expect(await prove(proof)).toBe(200)
  expect(await prove(proof)).toBe(401)
  passkey.copied()
  expect(await prove(passkey.use(await challenge()))).toBe(401)
})

test('[ACCOUNT-8] a role changed here reaches the open screen; whoever is disabled is out at once, call and all', async () => {
  const ward = await openWard({ limits: { recheckMs: 3_600_000 } })
  const { origin } = ward
  const { code, staffId, admin } = await inviteNew(ward, 'Iris Virta')
  const cookie = cookieOf(await acceptByPassword(origin, code, long))
  const change = (what: object) => post(origin, '/api/staff/change', { staffId, ...what }, { cookie: admin })
  const nurse = await openStation(origin, cookie)
  expect((await change({ role: 'doctor' })).status).toBe(200)
  expect((await nurse.closed).code).toBe(1012)
  const doctor = await openStation(origin, cookie)
  expect(doctor.welcome.me).toMatchObject({ role: 'doctor' })
  expect((await change({ disabled: true })).status).toBe(200)
  expect((await doctor.closed).code).toBe(4401)
  expect((await post(origin, '/api/sign-in/password', { name: 'Iris Virta', password: long })).status).toBe(
    401,
  )
  expect((await change({ disabled: false })).status).toBe(200)
  expect((await fetch(`${origin}/api/me`, { headers: { cookie } })).status).toBe(401)
  expect((await post(origin, '/api/sign-in/password', { name: 'Iris Virta', password: long })).status).toBe(
    200,
  )
})

test('[ACCOUNT-9] two people of one name, and an administrator who would lock themselves out, are refused', async () => {
  const ward = await openWard()
  const cookie = await ward.signIn('Oskar Berg')
  const twin = await post(ward.origin, '/api/staff/add', { name: 'anna  laine', role: 'nurse' }, { cookie })
  expect(twin.status).toBe(409)
  const me: { me: { staffId: string } } = JSON.parse(
    await (await fetch(`${ward.origin}/api/me`, { headers: { cookie } })).text(),
  )
  for (const what of [{ disabled: true }, { role: 'nurse' }]) {
    const change = { staffId: me.me.staffId, ...what }
    expect((await post(ward.origin, '/api/staff/change', change, { cookie })).status).toBe(409)
  }
})

test('[ACCOUNT-10] a new invitation ends the old passkey and whoever is signed in with it', async () => {
  const ward = await openWard()
  const { origin } = ward
  const { code, staffId, admin } = await inviteNew(ward, 'Iris Virta')
  const lost = newPasskey(origin)
  const station = await openStation(origin, cookieOf(await acceptByPasskey(origin, code, lost)))
  const again = await post(origin, '/api/staff/invite', { staffId }, { cookie: admin })
  const { url }: { url: string } = JSON.parse(await again.text())
  expect((await acceptByPassword(origin, url.split('invite=')[1] ?? '', long)).status).toBe(200)
  expect((await station.closed).code).toBe(4401)
  expect((await signInByPasskey(origin, lost)).status).toBe(401)
})

test('[ACCOUNT-11] a nurse manages nobody', async () => {
  const ward = await openWard()
  const cookie = await ward.signIn('Anna Laine')
  expect((await fetch(`${ward.origin}/api/staff`, { headers: { cookie } })).status).toBe(403)
  for (const [path, body] of [
    ['add', { name: 'X', role: 'nurse' }],
    ['invite', { staffId: 'x' }],
    ['change', { staffId: 'x', role: 'admin' }],
  ] as const)
    expect((await post(ward.origin, `/api/staff/${path}`, body, { cookie })).status).toBe(403)
})

test('[ACCOUNT-12] whoever is not let in by link, password or passkey is on record, without a name', async () => {
  const ward = await openWard()
  await post(ward.origin, '/api/sign-in', { code: 'wrong' })
  await post(ward.origin, '/api/sign-in/password', { name: 'Anna Laine', password: 'wrong password' })
  expect((await signInByPasskey(ward.origin, newPasskey(ward.origin))).status).toBe(401)
  const rows = await ward.store.db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', 'sign-in')
    .execute()
  const acts = rows.map(({ text }) => JSON.parse(text).act)
  expect(acts.map(({ outcome, detail }) => [outcome, detail])).toEqual([
    ['refused', 'link'],
    ['refused', 'password'],
    ['refused', 'passkey'],
  ])
  for (const act of acts)
    expect(act).toMatchObject({ agent: { type: 'unknown' }, peer: null, entity: null, reason: null })
})
