/** Pages, headers, signing in and enrolling, over real HTTP. */
import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeOf, enrol, makeKeys, openBed, openStation, openWire, post, signIn } from './client.ts'
import { openWard, temporaryFolder } from './ward.ts'

async function refusalOf(answer: Response): Promise<unknown> {
  const body: unknown = await answer.json()
  return { status: answer.status, body }
}

test('[SIGNIN-1] a link signs in once: the second try is used, a made-up one unknown', async () => {
  const { origin, staffLink } = await openWard()
  const code = codeOf(staffLink('Anna Laine'))
  const first = await post(origin, '/api/sign-in', { code })
  expect(first.status).toBe(200)
  expect(await first.json()).toMatchObject({ me: { type: 'staff', name: 'Anna Laine', role: 'nurse' } })
  expect(await refusalOf(await post(origin, '/api/sign-in', { code }))).toEqual({
    status: 410,
    body: { refusal: 'used-code' },
  })
  expect(await refusalOf(await post(origin, '/api/sign-in', { code: 'made-up' }))).toEqual({
    status: 404,
    body: { refusal: 'unknown-code' },
  })
})

test('[SIGNIN-2] of two who use a link at once only one gets in', async () => {
  const { origin, staffLink } = await openWard()
  const code = codeOf(staffLink('Anna Laine'))
  const answers = await Promise.all([1, 2, 3].map(() => post(origin, '/api/sign-in', { code })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410])
})

test('[SIGNIN-3] the cookie is out of reach of scripts and other sites, and ends with the shift', async () => {
  const { origin, staffLink } = await openWard()
  const answer = await post(origin, '/api/sign-in', { code: codeOf(staffLink('Anna Laine')) })
  const cookie = answer.headers.getSetCookie()[0]
  expect(cookie).toMatch(/^bedside=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/)
})

test('[SIGNIN-4] a sign-in survives a restart of the server', async () => {
  const ward = await openWard()
  const cookie = await ward.signIn('Anna Laine')
  await ward.close()
  const { origin } = await openWard({ dataFolder: ward.data })
  const nurse = await openStation(origin, cookie)
  expect(nurse.welcome.me).toMatchObject({ name: 'Anna Laine' })
})

test('[SIGNIN-5] signing out closes the tabs of that browser and no other', async () => {
  const { origin, signIn: signInAs } = await openWard()
  const cookie = await signInAs('Anna Laine')
  const tabs = [await openStation(origin, cookie), await openStation(origin, cookie)]
  const other = await openStation(origin, await signInAs('Ben Okafor'))
  const answer = await post(origin, '/api/sign-out', {}, { cookie })
  expect(answer.status).toBe(200)
  expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=0')
  for (const tab of tabs) expect((await tab.closed).code).toBe(4401)
  await other.settled()
  const { nonce, send, closed } = openWire(origin, { cookie })
  await nonce()
  const hello = { type: 'hello', version: 1, client: 'station', tabId: 't', resume: null, claims: [] }
  send(JSON.stringify(hello))
  expect((await closed).code).toBe(4401)
})

test('[SIGNIN-6] after twelve hours a sign-in is over, but not in the middle of a call', async () => {
  let hours = 0
  const now = () => Date.now() + hours * 3_600_000
  const ward = await openWard({ now, limits: { sweepMs: 10, silentMs: 1e9, quietMs: 1e9 } })
  const [idle, talking] = [await ward.station('Anna Laine'), await ward.station('Ben Okafor')]
  const bed = await ward.bed('1')
  const invite = { type: 'call.invite', callId: 'c1', mode: 'ring', expiresAtMs: now() + 5_000 } as const
  talking.say({ ...invite, to: { type: 'bed', bedId: bed.tablet.bedId } })
  await bed.hear('call.changed')
  bed.say({ type: 'call.accept', callId: 'c1' })
  await talking.hear('call.changed', ({ call }) => call.phase === 'accepted')
  hours = 13
  expect((await idle.closed).code).toBe(4401)
  await talking.settled()
  bed.say({ type: 'call.end', callId: 'c1', reason: 'hung-up' })
  await talking.hear('call.ended')
  expect((await talking.closed).code).toBe(4401)
})

test.each([
  ['not JSON', '{"code":'],
  ['no code', '{}'],
  ['one field too many', '{"code":"a","role":"doctor"}'],
  ['a code of another kind', '{"code":7}'],
  ['a code too long', JSON.stringify({ code: 'a'.repeat(65) })],
  ['a poisoned prototype', '{"code":"a","__proto__":{"x":1}}'],
  ['more than 4 KiB', JSON.stringify({ code: 'a', more: 'b'.repeat(5_000) })],
])('[HTTP-1] %s is a bad request, and counts as no try', async (_name, body) => {
  const { origin } = await openWard()
  for (const path of ['/api/sign-in', '/api/enrol'])
    expect(await refusalOf(await post(origin, path, body))).toEqual({
      status: 400,
      body: { refusal: 'bad-request' },
    })
})

test.each([
  ['another host', 'http://evil.example'],
  ['another port', 'http://localhost:1'],
  ['null', 'null'],
  ['the address instead of the name', 'http://127.0.0.1'],
])('[HTTP-2] %s as origin may not sign in, sign out or enrol', async (_name, foreign) => {
  const { origin, staffLink, bedLink } = await openWard()
  const { publicKey } = await makeKeys()
  const headers = { origin: foreign }
  const bodies: [string, unknown][] = [
    ['/api/sign-in', { code: codeOf(staffLink('Anna Laine')) }],
    ['/api/enrol', { code: codeOf(bedLink('1')), publicKey }],
    ['/api/sign-out', {}],
  ]
  for (const [path, body] of bodies)
    expect(await refusalOf(await post(origin, path, body, headers))).toEqual({
      status: 403,
      body: { refusal: 'foreign-origin' },
    })
  await signIn(origin, staffLink('Anna Laine'))
  await enrol(origin, bedLink('1'))
})

test('[HTTP-3] no origin at all may not sign in', async () => {
  const { origin, staffLink } = await openWard()
  const body = JSON.stringify({ code: codeOf(staffLink('Anna Laine')) })
  const headers = { 'content-type': 'application/json' }
  const status = await new Promise((resolve) => {
    request(`${origin}/api/sign-in`, { method: 'POST', headers }, (answer) => resolve(answer.statusCode)).end(
      body,
    )
  })
  expect(status).toBe(403)
})

test('[HTTP-4] ten wrong codes a minute, then even a right one must wait', async () => {
  let minutes = 0
  const { origin, staffLink } = await openWard({ now: () => Date.now() + minutes * 60_000 })
  for (let attempt = 0; attempt < 10; attempt += 1)
    expect((await post(origin, '/api/sign-in', { code: `wrong${attempt}` })).status).toBe(404)
  const code = codeOf(staffLink('Anna Laine'))
  expect(await refusalOf(await post(origin, '/api/sign-in', { code }))).toEqual({
    status: 429,
    body: { refusal: 'too-many' },
  })
  minutes = 1.1
  expect((await post(origin, '/api/sign-in', { code })).status).toBe(200)
})

test('[ENROL-1] a link enrols one tablet: used after that, unknown when made up', async () => {
  const { origin, bedLink } = await openWard()
  const { publicKey } = await makeKeys()
  const answer = await post(origin, '/api/enrol', { code: codeOf(bedLink('2')), publicKey })
  expect(await answer.json()).toMatchObject({ bed: { type: 'bed', label: '2', ward: 'Ward 4B' } })
  const again = await post(origin, '/api/enrol', { code: codeOf(bedLink('2')), publicKey })
  expect(await refusalOf(again)).toEqual({ status: 410, body: { refusal: 'used-code' } })
  const unknown = await post(origin, '/api/enrol', { code: 'unknown', publicKey })
  expect(await refusalOf(unknown)).toEqual({ status: 404, body: { refusal: 'unknown-code' } })
})

test('[ENROL-2] a sign-in link enrols nothing, an enrolment link signs nobody in', async () => {
  const { origin, staffLink, bedLink } = await openWard()
  const { publicKey } = await makeKeys()
  expect(
    (await post(origin, '/api/enrol', { code: codeOf(staffLink('Anna Laine')), publicKey })).status,
  ).toBe(404)
  expect((await post(origin, '/api/sign-in', { code: codeOf(bedLink('1')) })).status).toBe(404)
})

test('[ENROL-3] only a P-256 key enrols, and a refused key does not use the link up', async () => {
  const { origin, bedLink } = await openWard()
  const wrongCurve = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey
  const noEcdsa = generateKeyPairSync('ed25519').publicKey
  const keys = [wrongCurve, noEcdsa].map((key) =>
    key.export({ format: 'der', type: 'spki' }).toString('base64url'),
  )
  for (const publicKey of ['bm90IGEga2V5', ...keys])
    expect((await post(origin, '/api/enrol', { code: codeOf(bedLink('1')), publicKey })).status).toBe(400)
  await enrol(origin, bedLink('1'))
})

test('[ENROL-4] a tablet stays enrolled over a restart; a new link binds another and sends the old one away', async () => {
  const first = await openWard()
  const old = await first.enrol('1')
  await first.close()
  const ward = await openWard({ dataFolder: first.data })
  // The tablet signs for the origin it is at; this second ward happens to be on another port.
  const bed = await openBed(ward.origin, old)
  const nurse = await ward.station()
  const fresh = await enrol(ward.origin, ward.bedLink('1'))
  expect(await bed.closed).toMatchObject({ code: 4409 })
  await expect(openBed(ward.origin, old)).rejects.toThrow('closed')
  expect((await nurse.hear('bed.changed')).bed.state.type).toBe('offline')
  await openBed(ward.origin, fresh)
  expect((await nurse.hear('bed.changed')).bed.state.type).toBe('ready')
})

test('[ENROL-5] re-binding a bed in a call ends the call, for both ends', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  nurse.say({
    type: 'call.invite',
    callId: 'c1',
    to: { type: 'bed', bedId: bed.tablet.bedId },
    mode: 'ring',
    expiresAtMs: Date.now() + 5_000,
  })
  await bed.hear('call.changed')
  bed.say({ type: 'call.accept', callId: 'c1' })
  await nurse.hear('call.changed', ({ call }) => call.phase === 'accepted')
  const later = await openWardLink(ward.data, ward.close)
  await enrol(later.origin, later.bedLink('1'))
  const back = await openStation(later.origin, await signIn(later.origin, later.staffLink('Anna Laine')), {
    claims: [{ callId: 'c1', epoch: 1 }],
  })
  expect(await back.hear('call.ended')).toMatchObject({ callId: 'c1', reason: 'device-unready' })
})

/** A new start of the same ward, for its new links. */
async function openWardLink(dataFolder: string, close: () => Promise<void>) {
  await close()
  return await openWard({ dataFolder })
}

test('[DEMO-1] a new start makes new links; old ones that were not used work no more', async () => {
  const first = await openWard()
  const old = codeOf(first.staffLink('Anna Laine'))
  await first.close()
  const { origin, staffLink } = await openWard({ dataFolder: first.data })
  expect((await post(origin, '/api/sign-in', { code: old })).status).toBe(404)
  await signIn(origin, staffLink('Anna Laine'))
})

test('[DEMO-2] demo.json has every link, for this origin', async () => {
  const { origin, data } = await openWard()
  const links: unknown = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8'))
  const url = (page: string) => expect.stringMatching(new RegExp(`^${origin}/${page}=[\\w-]{27}$`))
  expect(links).toEqual({
    staff: [
      { name: 'Anna Laine', role: 'nurse', url: url('station#signin') },
      { name: 'Ben Okafor', role: 'nurse', url: url('station#signin') },
      { name: 'Maria Oja', role: 'doctor', url: url('station#signin') },
    ],
    beds: [1, 2, 3, 4, 5, 6, 7, 8].map((label) => ({ label: String(label), url: url('bed#enrol') })),
  })
})

test('[SECRET-1] what the server keeps is readable by its user only, and holds no code or token', async () => {
  const data = join(temporaryFolder(), 'new')
  const ward = await openWard({ dataFolder: data })
  const cookie = await ward.signIn('Anna Laine')
  await ward.enrol('1')
  const secrets = [
    cookie.split('=')[1] ?? '',
    codeOf(ward.staffLink('Anna Laine')),
    codeOf(ward.bedLink('2')),
  ]
  expect(statSync(data).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(data)) {
    const file = join(data, name)
    expect([name, statSync(file).mode & 0o777]).toEqual([name, 0o600])
    if (name === 'demo.json') continue
    for (const secret of secrets) expect(readFileSync(file).includes(secret)).toBe(false)
  }
  expect(readFileSync(join(data, 'secret.key'))).toHaveLength(32)
})

test('[PAGE-1] the three pages are the app, asked for anew each time; hashed files never again', async () => {
  const { origin } = await openWard()
  for (const page of ['/', '/station', '/bed']) {
    const answer = await fetch(`${origin}${page}`)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    expect(await answer.text()).toContain('<title>Bedside</title>')
  }
  const asset = await fetch(`${origin}/assets/main-1a2b3c.js`)
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
})

test.each([
  '/nothing',
  '/station/1',
  '/assets/gone.js',
  '/../package.json',
  '/%2e%2e/%2e%2e/package.json',
  '/%',
])('[PAGE-2] %s is a sentence, not a file', async (path) => {
  const { origin } = await openWard()
  const { status, text } = await getRaw(origin, path)
  expect([400, 403, 404]).toContain(status)
  expect(text).toContain('There is nothing at this address.')
})

/** As written, without the tidying that `fetch` does. */
async function getRaw(origin: string, path: string): Promise<{ status: number | undefined; text: string }> {
  return await new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const asking = request({ hostname, port, path }, (answer) => {
      let text = ''
      answer.on('data', (part) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode, text }))
    })
    asking.on('error', reject).end()
  })
}

test.each(['/', '/nothing', '/%', '/healthz', '/assets/main-1a2b3c.js'])(
  '[PAGE-3] %s carries every security header',
  async (path) => {
    const { origin } = await openWard()
    const { headers } = await fetch(`${origin}${path}`)
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('permissions-policy')).toContain('camera=(self), microphone=(self)')
    expect(headers.get('permissions-policy')).toContain('geolocation=()')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  },
)
