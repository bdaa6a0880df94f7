/** Signing in through a real OpenID provider, and everything that may go wrong on the way. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { newPasskey } from '../fakes/passkey.ts'
import { type FakeProvider, startProvider } from '../fakes/provider.ts'
import { register, signInByPasskey, unlockByPasskey } from './accounts.ts'
import { type Browser, newBrowser } from './browser.ts'
import { openStation, post, refusalOf } from './client.ts'
import { openWard, talk, type WardOptions } from './ward.ts'

type Hospital = Awaited<ReturnType<typeof openHospital>>

/** A ward whose staff sign in through a provider of its own. */
async function openHospital(options: WardOptions = {}) {
  const provider = await startProvider()
  onTestFinished(() => provider.close())
  const environment = { ...provider.environment, ...options.environment }
  const limits = { recheckMs: 20, ...options.limits }
  const ward = await openWard({ ...options, environment, limits })
  provider.serve(ward.origin)
  return { provider, ward, origin: ward.origin }
}

const isBack = (url: string) => url.includes('/api/oidc/callback')

/** Goes to the provider and back as far as the address with the code. */
async function fetchCode({ origin }: Hospital, browser: Browser): Promise<string> {
  return await browser.follow(`${origin}/api/oidc/start`, isBack)
}

/** The whole way; answers where it ends: a page, perhaps with a problem. */
async function goThrough(hospital: Hospital, browser: Browser = newBrowser()): Promise<string> {
  const { location } = await browser.visit(await fetchCode(hospital, browser), 'cross-site')
  return location?.replace(hospital.origin, '') ?? ''
}

async function signInAs(hospital: Hospital, who: string): Promise<string> {
  hospital.provider.world.current = who
  const browser = newBrowser()
  expect(await goThrough(hospital, browser)).toBe('/station')
  return browser.cookie(hospital.origin)
}

test('[OIDC-1] whoever the provider knows by a role of the mapping is signed in, and no token reaches the browser', async () => {
  const hospital = await openHospital()
  const cookie = await signInAs(hospital, 'anna')
  expect(cookie).toMatch(/^bedside=[\w-]{43}$/)
  const station = await openStation(hospital.origin, cookie)
  expect(station.welcome.me).toMatchObject({ name: 'Anna Provider', role: 'nurse' })
  expect(station.welcome.snapshot?.beds).toHaveLength(8)
})

test('[OIDC-2] of several roles the first of the mapping counts; the same person is the same member of staff', async () => {
  const hospital = await openHospital()
  const first = await openStation(hospital.origin, await signInAs(hospital, 'oskar'))
  const second = await openStation(hospital.origin, await signInAs(hospital, 'oskar'))
  expect(first.welcome.me).toMatchObject({ role: 'admin' })
  expect(second.welcome.me).toEqual(first.welcome.me)
})

test('[OIDC-3] the way there carries PKCE S256, a state and a nonce, and its cookie is Lax, short and out of reach', async () => {
  const { origin } = await openHospital()
  const { location, headers } = await newBrowser().visit(`${origin}/api/oidc/start`)
  const query = new URL(location ?? '').searchParams
  expect(query.get('code_challenge_method')).toBe('S256')
  expect(query.get('code_challenge')).toMatch(/^[\w-]{43}$/)
  expect(query.get('state')).toMatch(/^[\w-]{43}$/)
  expect(query.get('nonce')).toMatch(/^[\w-]{43}$/)
  expect(headers['set-cookie']?.[0]).toMatch(
    /^bedside-way=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/,
  )
})

test('[OIDC-4] a wrong state is not taken, and the true one still is', async () => {
  const hospital = await openHospital()
  const browser = newBrowser()
  const back = new URL(await fetchCode(hospital, browser))
  const wrong = new URL(back)
  wrong.searchParams.set('state', 'x'.repeat(43))
  expect((await browser.visit(wrong.href, 'cross-site')).location).toContain('/station#problem=expired')
  expect((await browser.visit(back.href, 'cross-site')).location).toBe(`${hospital.origin}/station`)
})

test('[OIDC-5] a code brought by another browser, or by none, signs nobody in', async () => {
  const hospital = await openHospital()
  const mine = newBrowser()
  const back = await fetchCode(hospital, mine)
  const other = newBrowser()
  await other.visit(`${hospital.origin}/api/oidc/start`)
  for (const browser of [newBrowser(), other]) {
    const visit = await browser.visit(back, 'cross-site')
    expect(visit.location).toContain('#problem=foreign')
    expect(browser.jarOf(hospital.origin).has('bedside')).toBe(false)
  }
  expect((await mine.visit(back, 'cross-site')).location).toBe(`${hospital.origin}/station`)
})

test('[OIDC-6] a code works once: the same address a second time signs nobody in', async () => {
  const hospital = await openHospital()
  const browser = newBrowser()
  const back = await fetchCode(hospital, browser)
  const jar = new Map(browser.jarOf(hospital.origin))
  expect((await browser.visit(back, 'cross-site')).location).toBe(`${hospital.origin}/station`)
  const again = newBrowser()
  for (const [name, value] of jar) again.jarOf(hospital.origin).set(name, value)
  expect((await again.visit(back, 'cross-site')).location).toContain('#problem=expired')
  expect(again.jarOf(hospital.origin).has('bedside')).toBe(false)
})

test('[OIDC-7] the way back is open to a window that is led there, and to nothing else of another site', async () => {
  const hospital = await openHospital()
  const browser = newBrowser()
  const back = await fetchCode(hospital, browser)
  expect((await browser.visit(back, 'cross-site', 'no-cors')).status).toBe(403)
  expect((await browser.visit(`${hospital.origin}/api/oidc/start`, 'cross-site')).status).toBe(403)
  expect((await browser.visit(`${hospital.origin}/api/me`, 'cross-site')).status).toBe(403)
  expect((await browser.visit(back, 'cross-site')).status).toBe(302)
})

test.each([
  ['for another client', (claims) => ({ ...claims, aud: 'another' }), 'provider-refused'],
  ['with another nonce', (claims) => ({ ...claims, nonce: 'another' }), 'provider-refused'],
  ['of another issuer', (claims) => ({ ...claims, iss: 'https://other.example' }), 'provider-refused'],
  ['that is over', (claims) => ({ ...claims, exp: Number(claims.exp) - 7_200 }), 'clock'],
] as [string, NonNullable<FakeProvider['world']['forge']>, string][])(
  '[OIDC-8] an ID token %s signs nobody in',
  async (_what, forge, problem) => {
    const hospital = await openHospital()
    hospital.provider.world.forge = forge
    expect(await goThrough(hospital)).toBe(`/station#problem=${problem}`)
    hospital.provider.world.forge = null
    expect(await goThrough(hospital)).toBe('/station')
  },
)

test('[OIDC-9] no role, or none of the mapping, is no access, and nobody is made', async () => {
  const hospital = await openHospital()
  for (const who of ['kim', 'noa']) {
    hospital.provider.world.current = who
    const browser = newBrowser()
    expect(await goThrough(hospital, browser)).toBe('/station#problem=no-access')
    expect(browser.jarOf(hospital.origin).has('bedside')).toBe(false)
  }
  const admin = await signInAs(hospital, 'oskar')
  const answer = await fetch(`${hospital.origin}/api/staff`, { headers: { cookie: admin } })
  const text = await answer.text()
  expect(text).toContain('Oskar Provider')
  expect(text).not.toContain('Kim')
  expect(text).not.toContain('Noa')
})

test('[OIDC-10] a provider that is down or slow is said so, keeps nobody from starting, and is found when it is back', async () => {
  const provider = await startProvider()
  onTestFinished(() => provider.close())
  await provider.close()
  const ward = await openWard({ environment: provider.environment, limits: { providerMs: 1_500 } })
  const start = () => newBrowser().visit(`${ward.origin}/api/oidc/start`)
  expect((await start()).location).toBe(`${ward.origin}/station#problem=provider-down`)
  await provider.open()
  provider.serve(ward.origin)
  for (const mood of ['hang', 'broken'] as const) {
    provider.world.mood = mood
    expect((await start()).location).toBe(`${ward.origin}/station#problem=provider-down`)
  }
  provider.world.mood = 'well'
  const hospital = { provider, ward, origin: ward.origin }
  expect(await goThrough(hospital)).toBe('/station')
})

test('[OIDC-11] a provider that goes down in the middle is said so, and a new way is open when it is back', async () => {
  const hospital = await openHospital({ limits: { providerMs: 1_500 } })
  const browser = newBrowser()
  const back = await fetchCode(hospital, browser)
  hospital.provider.world.mood = 'hang'
  expect((await browser.visit(back, 'cross-site')).location).toContain('#problem=provider-down')
  // It was found before, and still nobody is sent to where nobody answers.
  const { location } = await browser.visit(`${hospital.origin}/api/oidc/start`)
  expect(location).toBe(`${hospital.origin}/station#problem=provider-down`)
  hospital.provider.world.mood = 'well'
  expect(await goThrough(hospital, browser)).toBe('/station')
})

test('[OIDC-12] a provider restarted with new keys is believed at once, its old keys and foreign ones are not', async () => {
  const hospital = await openHospital()
  expect(await goThrough(hospital)).toBe('/station')
  const foreign = hospital.provider.newKey()
  await hospital.provider.restartWithNewKeys()
  expect(await goThrough(hospital)).toBe('/station')
  const token = await hospital.provider.sign(logoutClaims(hospital), foreign, 'logout+jwt')
  expect((await tellLogout(hospital, token)).status).toBe(400)
  hospital.provider.world.thief = foreign
  expect(await goThrough(hospital)).toBe('/station#problem=provider-refused')
})

test.each([10, -10])(
  '[OIDC-13] a clock %d minutes off is named as what is wrong, and one 4 minutes off is not',
  async (minutes) => {
    let offMs = minutes * 60_000
    const hospital = await openHospital({ now: () => Date.now() + offMs })
    expect(await goThrough(hospital)).toBe('/station#problem=clock')
    offMs = Math.sign(minutes) * 4 * 60_000
    expect(await goThrough(hospital)).toBe('/station')
  },
)

function logoutClaims({ provider }: Hospital) {
  const { sub = '', sid } = provider.world.last.claims
  const nowS = Math.floor(Date.now() / 1000)
  return {
    iss: provider.issuer,
    aud: 'bedside',
    iat: nowS,
    exp: nowS + 120,
    jti: `jti-${Math.random()}`,
    sub,
    sid,
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  }
}

async function tellLogout({ origin }: Hospital, token: string): Promise<Response> {
  return await fetch(`${origin}/api/oidc/back-channel-logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token }),
  })
}

test('[OIDC-14] the provider ends a session: its open screen is closed at once and its call with it, another stays', async () => {
  const hospital = await openHospital({ limits: { recheckMs: 3_600_000 } })
  const other = await openStation(hospital.origin, await signInAs(hospital, 'oskar'))
  const cookie = await signInAs(hospital, 'anna')
  const nurse = await openStation(hospital.origin, cookie)
  const bed = await hospital.ward.bed('1')
  await talk(nurse, bed)
  await hospital.provider.endSession()
  expect((await nurse.closed).code).toBe(4401)
  expect(await bed.hear('call.ended')).toMatchObject({ reason: 'left', by: 'peer' })
  await other.settled()
  expect((await fetch(`${hospital.origin}/api/me`, { headers: { cookie } })).status).toBe(401)
})

test('[OIDC-15] a logout token ends nothing unless it is whole, for us, of now, and new', async () => {
  const hospital = await openHospital({ limits: { failedTriesPerMinute: 100 } })
  const station = await openStation(hospital.origin, await signInAs(hospital, 'anna'))
  const good = logoutClaims(hospital)
  const bad = [
    { ...good, aud: 'another' },
    { ...good, iss: 'https://other.example' },
    { ...good, iat: good.iat - 3_600, exp: good.exp - 3_600 },
    { ...good, iat: good.iat - 3_600 },
    { ...good, nonce: 'n' },
    { ...good, events: {} },
    { ...good, events: { other: {} } },
    { ...good, sub: undefined, sid: undefined },
    { ...good, jti: undefined },
    { ...good, iat: undefined },
    { ...good, sub: 5 },
  ]
  for (const claims of bad) {
    const token = await hospital.provider.sign(JSON.parse(JSON.stringify(claims)))
    expect((await tellLogout(hospital, token)).status).toBe(400)
  }
  const [head = '', body = ''] = (await hospital.provider.sign(good)).split('.')
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  for (const token of ['', 'x.y.z', `${head}.${body}.`, `${none}.${body}.`])
    expect((await tellLogout(hospital, token)).status).toBe(400)
  await station.settled()
  const someoneElse = await hospital.provider.sign({ ...good, jti: 'other', sid: 'another session' })
  expect((await tellLogout(hospital, someoneElse)).status).toBe(200)
  await station.settled()

  const token = await hospital.provider.sign(good)
  expect((await tellLogout(hospital, token)).status).toBe(200)
  expect((await station.closed).code).toBe(4401)
  expect((await tellLogout(hospital, token)).status).toBe(400)
})

test('[OIDC-16] whoever the provider takes back is out within a minute, their live call too', async () => {
  let offMs = 0
  const hospital = await openHospital({ now: () => Date.now() + offMs })
  const nurse = await openStation(hospital.origin, await signInAs(hospital, 'anna'))
  const bed = await hospital.ward.bed('1')
  await talk(nurse, bed)
  await hospital.provider.revoke()
  // 40 s until it is due, 10 s until the next round, 5 s for the answer, by the limits a real server has.
  offMs = 40_000
  expect((await nurse.closed).code).toBe(4401)
  expect(await bed.hear('call.ended')).toMatchObject({ reason: 'left' })
})

test('[OIDC-17] a provider that is down sends nobody away', async () => {
  let offMs = 0
  const hospital = await openHospital({ now: () => Date.now() + offMs })
  const nurse = await openStation(hospital.origin, await signInAs(hospital, 'anna'))
  const asked = hospital.provider.world.refreshes
  await hospital.provider.close()
  offMs = 60_000
  const again = await openStation(hospital.origin, await hospital.ward.signIn('Ben Okafor'))
  await again.settled()
  await nurse.settled()
  await hospital.provider.open()
  offMs = 120_000
  await expect.poll(() => hospital.provider.world.refreshes).toBeGreaterThan(asked)
  await nurse.settled()
})

test('[OIDC-18] a role changed at the provider reaches the open screen, a role taken away closes it', async () => {
  let offMs = 0
  const hospital = await openHospital({ now: () => Date.now() + offMs })
  const { people } = hospital.provider.world
  const cookie = await signInAs(hospital, 'anna')
  const nurse = await openStation(hospital.origin, cookie)
  people.set('anna', { name: 'Anna Provider', roles: ['ward-admin'] })
  offMs = 40_000
  expect((await nurse.closed).code).toBe(1012)
  const admin = await openStation(hospital.origin, cookie)
  expect(admin.welcome.me).toMatchObject({ name: 'Anna Provider', role: 'admin' })
  people.set('anna', { name: 'Anna Provider', roles: [] })
  offMs = 120_000
  expect((await admin.closed).code).toBe(4401)
})

test('[OIDC-19] signing out leaves the provider too, without a token in the address', async () => {
  const hospital = await openHospital()
  const cookie = await signInAs(hospital, 'anna')
  const answer = await post(hospital.origin, '/api/sign-out', {}, { cookie })
  const body: unknown = await answer.json()
  expect(body).toEqual({ goTo: expect.stringContaining(`${hospital.provider.issuer}/session/end?`) })
  expect(JSON.stringify(body)).not.toContain('id_token_hint')
  await expect(hospital.provider.revoke()).rejects.toThrow('no refresh token')
})

test('[OIDC-20] what the data folder keeps of a sign-in holds none of its tokens', async () => {
  const hospital = await openHospital()
  await signInAs(hospital, 'anna')
  const { refresh } = hospital.provider.world.last
  await hospital.ward.close()
  // Beside its files lie the builds of the app, which everybody may read.
  const files = readdirSync(hospital.ward.data, { withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(0)
  for (const { name } of files)
    expect(readFileSync(`${hospital.ward.data}/${name}`).includes(refresh), name).toBe(false)
})

test('[OIDC-21] whoever was disabled here stays out, whatever the provider says', async () => {
  const hospital = await openHospital()
  const nurse = await openStation(hospital.origin, await signInAs(hospital, 'anna'))
  const { me } = nurse.welcome
  const admin = await hospital.ward.signIn('Oskar Berg')
  const change = { staffId: me.type === 'staff' ? me.staffId : '', disabled: true }
  expect((await post(hospital.origin, '/api/staff/change', change, { cookie: admin })).status).toBe(200)
  expect((await nurse.closed).code).toBe(4401)
  expect(await goThrough(hospital)).toBe('/station#problem=disabled')
  const role = { staffId: change.staffId, role: 'doctor' }
  expect(await refusalOf(await post(hospital.origin, '/api/staff/change', role, { cookie: admin }))).toEqual({
    status: 409,
    body: { refusal: 'conflict' },
  })
})

test('[OIDC-22] a fresh proof at the provider opens the lock for its person and for nobody else', async () => {
  const hospital = await openHospital()
  const { origin, provider } = hospital
  const browser = newBrowser()
  expect(await goThrough(hospital, browser)).toBe('/station')
  const cookie = browser.cookie(origin)
  const isOpen = async () => (await fetch(`${origin}/api/me`, { headers: { cookie } })).status === 200
  expect((await post(origin, '/api/lock', {}, { cookie })).status).toBe(200)
  expect(await isOpen()).toBe(false)
  const unlock = async () => {
    // The same browser here, with nobody at the provider.
    const fresh = newBrowser()
    fresh.jarOf(origin).set('bedside', cookie.slice(cookie.indexOf('=') + 1))
    const away = await fresh.visit(`${origin}/api/oidc/start?unlock=1`)
    expect(new URL(away.location ?? '').searchParams.get('prompt')).toBe('login')
    const back = await fresh.follow(away.location ?? '', isBack)
    return (await fresh.visit(back, 'cross-site')).location?.replace(origin, '')
  }
  provider.world.current = 'oskar'
  expect(await unlock()).toBe('/station#problem=other-person')
  expect(await isOpen()).toBe(false)
  provider.world.current = 'anna'
  expect(await unlock()).toBe('/station')
  expect(await isOpen()).toBe(true)
})

test('[OIDC-23] after a lock or a sign-out the provider’s own session lets nobody back in, even by an edited address', async () => {
  let offMs = 0
  const hospital = await openHospital({ now: () => Date.now() + offMs })
  const { origin } = hospital
  const browser = newBrowser()
  expect(await goThrough(hospital, browser)).toBe('/station')
  const cookie = browser.cookie(origin)
  const leave = [
    () => post(origin, '/api/lock', {}, { cookie }),
    () => post(origin, '/api/sign-out', {}, { cookie }),
  ]
  offMs = 2 * 60_000
  for (const act of leave) {
    const left = await act()
    const prove = left.headers.getSetCookie().find((line) => line.startsWith('bedside-prove=1')) ?? ''
    expect(prove).toContain('HttpOnly; SameSite=Strict')
    browser.jarOf(origin).set('bedside-prove', '1')
    const away = new URL((await browser.visit(`${origin}/api/oidc/start`)).location ?? '')
    expect(away.searchParams.get('prompt')).toBe('login')
    away.searchParams.delete('prompt')
    away.searchParams.set('max_age', '86400')
    const back = await browser.follow(away.href, isBack)
    expect((await browser.visit(back, 'cross-site')).location).toBe(`${origin}/station#problem=not-fresh`)
  }
})

test('[OIDC-24] a new sign-in in a browser ends the one it had, with its tabs', async () => {
  const hospital = await openHospital()
  const browser = newBrowser()
  expect(await goThrough(hospital, browser)).toBe('/station')
  const tab = await openStation(hospital.origin, browser.cookie(hospital.origin))
  expect(await goThrough(hospital, browser)).toBe('/station')
  expect((await tab.closed).code).toBe(4401)
})

test('[OIDC-25] a passkey of somebody from the provider opens their lock and never signs them in past it', async () => {
  const hospital = await openHospital()
  const cookie = await signInAs(hospital, 'anna')
  const passkey = newPasskey(hospital.origin)
  expect((await register(hospital.origin, cookie, passkey)).status).toBe(200)
  await post(hospital.origin, '/api/lock', {}, { cookie })
  expect((await unlockByPasskey(hospital.origin, cookie, passkey)).status).toBe(200)
  expect((await signInByPasskey(hospital.origin, passkey)).status).toBe(401)
})
