/** What one address, one person and one caller may use, and that their neighbours notice nothing. */
import { type IncomingHttpHeaders, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { protocolVersion } from '../../src/protocol/primitives.ts'
import { invitationLink } from '../../src/protocol/sign-in.ts'
import { acceptByPassword, cookieOf, inviteNew } from './accounts.ts'
import { type Client, codeOf, openStation, post } from './client.ts'
import { invitation, openWard, ring, talk } from './ward.ts'
import { openWire } from './wire.ts'

/** Two machines beside each other; Linux answers on all of 127.0.0.0/8. */
const [here, there] = ['127.0.0.2', '127.0.0.3']
const scarce = { perSecond: 0.001, burst: 5 }

type Heard = { status: number; headers: IncomingHttpHeaders; text: string }

/** A request from one of this machine's own addresses. */
function ask(
  origin: string,
  from: string,
  path = '/api/me',
  more: Record<string, string> = {},
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const asking = request(`${origin}${path}`, { localAddress: from, family: 4, headers: more }, (answer) => {
      let text = ''
      answer.on('data', (part) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    asking.on('error', reject).end()
  })
}

test('[LIMIT-1] an address that asks the API too often is told when to come back; its neighbour is served', async () => {
  const { origin } = await openWard({ limits: { askedByAddress: scarce } })
  for (let count = 0; count < 5; count += 1) expect((await ask(origin, here)).status).toBe(401)
  const refused = await ask(origin, here)
  expect([refused.status, refused.text]).toEqual([429, '{"refusal":"too-many"}'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await ask(origin, there)).status).toBe(401)
  expect((await ask(origin, here, '/station')).status, 'the page itself is served').toBe(200)
})

test('[LIMIT-2] a person who asks too often is refused from every address; a colleague is served', async () => {
  const ward = await openWard({ limits: { askedByPerson: scarce } })
  const [anna, ben] = [await ward.signIn('Anna Laine'), await ward.signIn('Ben Okafor')]
  for (let count = 0; count < 5; count += 1)
    expect((await ask(ward.origin, here, '/api/me', { cookie: anna })).status).toBe(200)
  expect((await ask(ward.origin, there, '/api/me', { cookie: anna })).status).toBe(429)
  expect((await ask(ward.origin, here, '/api/me', { cookie: ben })).status).toBe(200)
})

test('[LIMIT-3] only a proxy on this machine may say whom it speaks for', async () => {
  const { origin } = await openWard({ limits: { askedByAddress: scarce } })
  const claim = { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' }
  for (let count = 0; count < 6; count += 1) await ask(origin, here, '/api/me', claim)
  expect((await ask(origin, here, '/api/me', claim)).status, 'the claim does not help').toBe(429)
  expect((await ask(origin, '127.0.0.1', '/api/me', claim)).status, 'nor did it harm whom it named').toBe(401)
  for (let count = 0; count < 5; count += 1) await ask(origin, '127.0.0.1', '/api/me', claim)
  expect((await ask(origin, '127.0.0.1', '/api/me', claim)).status).toBe(429)
  const other = { 'x-forwarded-for': '203.0.113.8' }
  expect((await ask(origin, '127.0.0.1', '/api/me', other)).status).toBe(401)
})

test('[LIMIT-4] an address that opens sockets too fast is turned away with 429; its neighbour comes in', async () => {
  const { origin } = await openWard({ limits: { openedByAddress: scarce } })
  for (let count = 0; count < 5; count += 1) await openWire(origin, {}, here).nonce()
  expect(await openWire(origin, {}, here).refused).toBe(429)
  await openWire(origin, {}, there).nonce()
})

test('[LIMIT-5] an address holds so many sockets; one more is turned away and none that is open is lost', async () => {
  const ward = await openWard({ limits: { socketsOfAddress: 3 } })
  const cookie = await ward.signIn('Anna Laine')
  const held = []
  for (let count = 0; count < 3; count += 1) held.push(await openStation(ward.origin, cookie, { from: here }))
  expect(await openWire(ward.origin, {}, here).refused).toBe(429)
  await openWire(ward.origin, {}, there).nonce()
  for (const station of held) await station.settled()
  await held[0]?.cut()
  await seatFreed(ward.origin)
})

/** The server hears of a cut a moment after we do; a seat that is never given back would fail by time. */
async function seatFreed(origin: string): Promise<void> {
  for (;;) {
    const wire = openWire(origin, {}, here)
    const status = await Promise.race([
      wire.refused,
      wire.nonce().then(
        () => 101,
        () => wire.refused,
      ),
    ])
    if (status === 101) return
  }
}

test('[LIMIT-6] sockets without a hello make room for each other, oldest first; a signed-in one is not touched', async () => {
  const ward = await openWard({ limits: { greetersOfAddress: 2, greeters: 3 } })
  const station = await openStation(ward.origin, await ward.signIn('Anna Laine'), { from: here })
  const first = openWire(ward.origin, {}, here)
  await first.nonce()
  const second = openWire(ward.origin, {}, here)
  await second.nonce()
  await openWire(ward.origin, {}, here).nonce()
  expect(await first.closed).toEqual({ code: 4429, reason: 'too many without a hello' })
  await openWire(ward.origin, {}, there).nonce()
  expect(second.socket.readyState, 'two here and one there').toBe(second.socket.OPEN)
  await openWire(ward.origin, {}, there).nonce()
  expect((await second.closed).code, 'the oldest of all').toBe(4429)
  await station.settled()
})

test('[LIMIT-7] a person has so many windows; one more is closed 4429, one that comes back is not', async () => {
  const ward = await openWard({ limits: { socketsOfParty: 2 } })
  const cookie = await ward.signIn('Anna Laine')
  const first = await openStation(ward.origin, cookie, { tabId: 'a' })
  const second = await openStation(ward.origin, cookie, { tabId: 'b' })
  const third = openWire(ward.origin, { cookie })
  await third.nonce()
  third.send(
    JSON.stringify({
      ...{ type: 'hello', version: protocolVersion, client: 'station', tabId: 'c' },
      ...{ resume: null, claims: [] },
    }),
  )
  expect((await third.closed).code).toBe(4429)
  await first.settled()
  await openStation(ward.origin, cookie, { tabId: 'b' })
  expect((await second.closed).code, 'replaced by itself').toBe(4409)
  await (await ward.station('Ben Okafor')).settled()
})

/** Sends half a request and waits for the server to give up: the status line it answered, if any. */
function dawdle(origin: string, text: string): Promise<string> {
  const { port } = new URL(origin)
  return new Promise((resolve) => {
    let heard = ''
    const slow = connect({ port: Number(port), host: '127.0.0.1', localAddress: here })
    slow.on('data', (part) => {
      heard += part
    })
    slow.on('error', () => {})
    slow.on('close', () => resolve(heard.split('\r\n')[0] ?? ''))
    slow.write(text)
  })
}

test.each([
  ['a head that does not end', 'GET /api/me HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  [
    'a body that does not come',
    'POST /api/sign-in HTTP/1.1\r\nHost: x\r\nOrigin: ORIGIN\r\nX-Bedside: 1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  ],
])('[LIMIT-8] %s is not waited for', async (_name, text) => {
  const { origin } = await openWard({ limits: { headMs: 100, requestMs: 200, sweepMs: 20 } })
  expect(await dawdle(origin, text.replace('ORIGIN', origin))).toBe('HTTP/1.1 408 Request Timeout')
})

test('[LIMIT-9] an address holds so many plain connections; its neighbour connects', async () => {
  const { origin } = await openWard({ limits: { connectionsOfAddress: 3 } })
  const held: Socket[] = []
  onTestFinished(() => {
    for (const one of held) one.destroy()
  })
  const { port } = new URL(origin)
  const open = (from: string) => {
    const one = connect({ port: Number(port), host: '127.0.0.1', localAddress: from })
    one.on('error', () => {})
    held.push(one)
    return one
  }
  for (let count = 0; count < 3; count += 1) await new Promise((done) => open(here).once('connect', done))
  await new Promise((done) => open(here).once('close', done))
  expect((await ask(origin, there)).status).toBe(401)
})

test('[LIMIT-10] a head or a body beyond its size is refused before anything reads it', async () => {
  const { origin } = await openWard()
  expect((await ask(origin, here, '/api/me', { 'x-long': 'x'.repeat(20_000) })).status).toBe(431)
  expect(await dawdle(origin, `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`)).toMatch(/ 431 /)
})

/** Rings, hears it ring, and stops. */
async function ringOnce(caller: Client, callee: Client): Promise<void> {
  const callId = await ring(caller, callee)
  caller.say({ type: 'call.end', callId, reason: 'cancelled' })
  for (const end of [caller, callee]) await end.hear('call.ended', (message) => message.callId === callId)
}

test('[LIMIT-11] who rings one bed again and again is told to wait; a colleague, another bed and a live call are not', async () => {
  const ward = await openWard({ limits: { rings: { perSecond: 1 / 60, burst: 3 } } })
  const [bed, other, anna, ben] = [
    await ward.bed('1'),
    await ward.bed('2'),
    await ward.station(),
    await ward.station('Ben Okafor'),
  ]
  for (let count = 0; count < 3; count += 1) await ringOnce(anna, bed)
  const message = invitation(bed)
  anna.say(message)
  const { reason, by } = await anna.hear('call.ended', ({ callId }) => callId === message.callId)
  expect([reason, by]).toEqual(['rung-too-often', 'server'])
  await bed.settled()
  expect(bed.heard().filter(({ type }) => type === 'call.changed')).toEqual([])
  await ringOnce(ben, bed)
  await ringOnce(anna, other)
  const { callId } = await talk(ben, bed)
  anna.say(invitation(bed))
  expect((await anna.hear('call.ended')).reason).toBe('rung-too-often')
  ben.say({ type: 'call.end', callId, reason: 'hung-up' })
  expect((await ben.hear('call.ended')).reason).toBe('hung-up')
})

test('[LIMIT-11] a repeated invitation of the same call counts once', async () => {
  const ward = await openWard({ limits: { rings: { perSecond: 1 / 60, burst: 1 } } })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const message = invitation(bed)
  for (let count = 0; count < 4; count += 1) nurse.say(message)
  await nurse.settled()
  expect(nurse.heard().filter(({ type }) => type === 'call.ended')).toEqual([])
})

test('[LIMIT-12] a refused ring is in the audit, with who and at whom', async () => {
  const ward = await openWard({ limits: { rings: { perSecond: 1 / 60, burst: 0 } } })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const message = invitation(bed)
  nurse.say(message)
  await nurse.hear('call.ended')
  const rows = ward.store.db.selectFrom('audit').select('text').where('action', '=', 'call-invited').execute()
  expect((await rows).map(({ text }) => JSON.parse(text).act)).toMatchObject([
    {
      outcome: 'refused',
      detail: 'rung-too-often',
      agent: { type: 'staff' },
      peer: { type: 'bed', bedId: bed.tablet.bedId },
      entity: { type: 'call', id: message.callId },
    },
  ])
})

test('[LIMIT-13] the operator says which proxies may name another address, for requests and sockets alike', async () => {
  const ward = await openWard({
    environment: { BEDSIDE_PROXIES: '127.0.0.2/32' },
    limits: { askedByAddress: scarce, openedByAddress: scarce },
  })
  const [one, two] = [{ 'x-forwarded-for': '203.0.113.7' }, { 'x-forwarded-for': '203.0.113.8' }]
  for (let count = 0; count < 5; count += 1) await ask(ward.origin, here, '/api/me', one)
  expect((await ask(ward.origin, here, '/api/me', one)).status).toBe(429)
  expect((await ask(ward.origin, here, '/api/me', two)).status).toBe(401)
  for (let count = 0; count < 5; count += 1) await ask(ward.origin, there, '/api/me', one)
  expect((await ask(ward.origin, there, '/api/me', two)).status, 'it may not').toBe(429)
  for (let count = 0; count < 5; count += 1) await openWire(ward.origin, one, here).nonce()
  expect(await openWire(ward.origin, one, here).refused).toBe(429)
  await openWire(ward.origin, two, here).nonce()
})

test('[LIMIT-14] tablets that wait to be confirmed take nothing from what their ward may ask', async () => {
  const { origin } = await openWard({ limits: { askedByAddress: scarce } })
  const from = { 'x-forwarded-for': '203.0.113.7' }
  const wait = () => post(origin, '/api/enrol/wait', { enrolmentId: 'x' }, from)
  for (let count = 0; count < 5; count += 1) expect((await wait()).status).toBe(200)
  expect((await wait()).status).toBe(429)
  expect((await ask(origin, '127.0.0.1', '/api/me', from)).status).toBe(401)
})

test('[LIMIT-15] fourteen wrong passwords of a ward, each under another name, keep nobody out who knows theirs', async () => {
  const ward = await openWard()
  const { code } = await inviteNew(ward, 'Iris Virta')
  const cookie = cookieOf(await acceptByPassword(ward.origin, code, 'twelve chars'))
  const trying = Array.from({ length: 14 }, (_, index) =>
    post(ward.origin, '/api/sign-in/password', { name: `Nobody ${index}`, password: 'wrong' }),
  )
  for (const { status } of await Promise.all(trying)) expect(status).toBe(401)
  const right = { name: 'Iris Virta', password: 'twelve chars' }
  expect((await post(ward.origin, '/api/sign-in/password', right)).status).toBe(200)
  expect(
    (await post(ward.origin, '/api/sign-in', { code: codeOf(ward.staffLink('Anna Laine')) })).status,
  ).toBe(200)
  expect(
    (await post(ward.origin, '/api/unlock/password', { password: 'twelve chars' }, { cookie })).status,
  ).toBe(200)
})

test('[LIMIT-16] wrong codes of an address lock out nobody’s locked screen, and a person’s wrong tries no colleague', async () => {
  const ward = await openWard({ limits: { failedTriesPerMinute: 3 } })
  const { admin, code } = await inviteNew(ward, 'Iris Virta')
  const iris = cookieOf(await acceptByPassword(ward.origin, code, 'twelve chars'))
  const added = await post(
    ward.origin,
    '/api/staff/add',
    { name: 'Otto Salo', role: 'nurse' },
    { cookie: admin },
  )
  const invited = new URL(v.parse(invitationLink, await added.json()).url).hash.slice('#invite='.length)
  const otto = cookieOf(await acceptByPassword(ward.origin, invited, 'twelve chars'))
  const unlock = async (cookie: string, password: string) =>
    (await post(ward.origin, '/api/unlock/password', { password }, { cookie })).status
  for (let count = 0; count < 3; count += 1)
    await post(ward.origin, '/api/sign-in', { code: `wrong${count}` })
  expect((await post(ward.origin, '/api/sign-in', { code: 'wrong' })).status).toBe(429)
  expect(await unlock(iris, 'twelve chars')).toBe(200)
  for (let count = 0; count < 3; count += 1) expect(await unlock(iris, 'wrong')).toBe(401)
  expect(await unlock(iris, 'twelve chars')).toBe(429)
  expect(await unlock(otto, 'twelve chars')).toBe(200)
})

test('[LIMIT-17] our own proxy speaks for many, also where its IPv4 connections come in by an IPv6 socket', async () => {
  const { origin } = await openWard({
    environment: { BEDSIDE_HOST: '::' },
    limits: { connectionsOfAddress: 2 },
  })
  const { port } = new URL(origin)
  const held = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const one = connect({ port: Number(port), host: '127.0.0.1' })
      one.on('error', () => {})
      await new Promise((done) => one.once('connect', done))
      return one
    }),
  )
  onTestFinished(() => {
    for (const one of held) one.destroy()
  })
  expect((await ask(origin, '127.0.0.1')).status).toBe(401)
})
