/** The wire's own rules: who may open a socket, what closes it, what is numbered, replayed and forgotten. */
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { bedHello, openBed, openStation, openWire } from './client.ts'
import { invitation, media, openWard, ring, talk } from './ward.ts'

const hello = { type: 'hello', version: 1, client: 'station', tabId: 'tab', resume: null, claims: [] }

test.each([
  ['a foreign', { origin: 'http://evil.example' }],
  ['a null', { origin: 'null' }],
  ['an almost right', { origin: 'http://localhost' }],
])('[SOCKET-1] %s origin gets no socket', async (_name, headers) => {
  const { origin } = await openWard()
  expect(await openWire(origin, headers).refused).toBe(403)
})

test('[SOCKET-1] no origin gets no socket, another path is not found', async () => {
  const { origin } = await openWard()
  for (const [path, status] of [
    ['ws', 403],
    ['other', 404],
  ] as const) {
    const socket = new WebSocket(
      `${origin.replace('http', 'ws')}/${path}`,
      path === 'ws' ? {} : { headers: { origin } },
    )
    socket.on('error', () => {})
    const refused = new Promise((resolve) => {
      socket.on('unexpected-response', (asked, answer) => {
        resolve(answer.statusCode)
        asked.destroy()
      })
    })
    expect(await refused).toBe(status)
  }
})

test.each([
  ['no cookie', {}],
  ['an unknown cookie', { cookie: 'bedside=unknown' }],
  ['an empty cookie', { cookie: 'bedside=' }],
])('[SOCKET-2] a station with %s is closed 4401', async (_name, headers) => {
  const { origin } = await openWard()
  const { nonce, send, closed } = openWire(origin, headers)
  await nonce()
  send(JSON.stringify(hello))
  expect((await closed).code).toBe(4401)
})

test('[SOCKET-2] a tablet must sign this very challenge, for this origin, with its own key', async () => {
  const { origin, enrol } = await openWard()
  const [tablet, other] = [await enrol('1'), await enrol('2')]
  const old = await openWire(origin).nonce()
  const attempts = [
    (nonce: string) => bedHello('http://evil.example', tablet, nonce),
    (_nonce: string) => bedHello(origin, tablet, old),
    (nonce: string) => bedHello(origin, { ...tablet, keys: other.keys }, nonce),
    (nonce: string) => bedHello(origin, { ...tablet, deviceId: 'unknown' }, nonce),
    async (nonce: string) => ({ ...(await bedHello(origin, tablet, nonce)), signature: 'AAAA' }),
  ]
  for (const attempt of attempts) {
    const { nonce, send, closed } = openWire(origin)
    send.call(null, JSON.stringify(await attempt(await nonce())))
    expect((await closed).code).toBe(4401)
  }
  await openBed(origin, tablet)
})

test('[SOCKET-3] a hello of another version is closed 4426, so that the page fetches the new app', async () => {
  const { origin } = await openWard()
  const { nonce, send, closed } = openWire(origin)
  await nonce()
  send(JSON.stringify({ ...hello, version: 2, news: true }))
  expect((await closed).code).toBe(4426)
})

test.each([
  ['not JSON', 'hello'],
  ['another message', '{"type":"ping","ack":0}'],
  ['a hello with one field too many', JSON.stringify({ ...hello, admin: true })],
  ['an id with a slash', JSON.stringify({ ...hello, tabId: '../x' })],
  ['binary', Buffer.from(JSON.stringify(hello))],
])('[SOCKET-4] %s instead of a hello is closed 4400', async (_name, text) => {
  const { origin } = await openWard()
  const { nonce, send, closed } = openWire(origin)
  await nonce()
  send(text)
  expect((await closed).code).toBe(4400)
})

test('[SOCKET-4] whoever says no hello in time, or speaks before the welcome, is closed 4400', async () => {
  const { origin, signIn } = await openWard({ limits: { helloMs: 40, sweepMs: 10 } })
  expect((await openWire(origin).closed).code).toBe(4400)
  const { nonce, send, closed } = openWire(origin, { cookie: await signIn('Anna Laine') })
  await nonce()
  send(JSON.stringify(hello))
  send(JSON.stringify(hello))
  expect((await closed).code).toBe(4400)
})

const badFrames: [string, string | Buffer][] = [
  ['nothing', ''],
  ['not JSON', '{'],
  ['a number', '7'],
  ['null', 'null'],
  ['an array', '[]'],
  ['a second hello', JSON.stringify(hello)],
  ['binary', Buffer.from('{"type":"ping","ack":0}')],
  ['an unknown type', '{"seq":1,"ack":0,"message":{"type":"call.spy","callId":"c"}}'],
  [
    'a server message',
    '{"seq":1,"ack":0,"message":{"type":"call.ended","callId":"c","reason":"busy","by":"me"}}',
  ],
  [
    'a reason that is not its to give',
    '{"seq":1,"ack":0,"message":{"type":"call.end","callId":"c","reason":"busy"}}',
  ],
  ['one field too many', '{"seq":1,"ack":0,"message":{"type":"call.accept","callId":"c","from":"x"}}'],
  [
    'a poisoned prototype',
    '{"seq":1,"ack":0,"message":{"type":"call.accept","callId":"c","__proto__":{"x":1}}}',
  ],
  ['a negative number', '{"seq":-1,"ack":0,"message":{"type":"call.accept","callId":"c"}}'],
  ['half a number', '{"seq":1.5,"ack":0,"message":{"type":"call.accept","callId":"c"}}'],
  ['an id too long', `{"seq":1,"ack":0,"message":{"type":"call.accept","callId":"${'c'.repeat(65)}"}}`],
  ['a number left out', '{"seq":2,"ack":0,"message":{"type":"call.accept","callId":"c"}}'],
  ['an acknowledgement of what was never said', '{"type":"ping","ack":99}'],
]

test.each(badFrames)(
  "[SOCKET-5] %s closes its sender 4400, and nobody else's call is touched",
  async (_name, text) => {
    const ward = await openWard()
    const [bed, nurse, bad] = [
      await ward.bed('1'),
      await ward.station('Anna Laine'),
      await ward.station('Ben Okafor'),
    ]
    const { callId, epoch } = await talk(nurse, bed)
    bad.wire.send(text)
    expect((await bad.closed).code).toBe(4400)
    nurse.say(media(callId, epoch))
    await bed.hear('call.signal')
  },
)

test('[SOCKET-6] a frame of more than 64 KiB is closed 1009', async () => {
  const ward = await openWard()
  const nurse = await ward.station()
  nurse.wire.send(JSON.stringify({ type: 'ping', ack: 0, padding: 'x'.repeat(65_536) }))
  expect((await nurse.closed).code).toBe(1009)
})

test('[SOCKET-7] a number that was already received is ignored', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const { callId, epoch } = await talk(nurse, bed)
  const { sent } = nurse.history()
  nurse.sayAs(sent, media(callId, epoch))
  nurse.sayAs(1, { type: 'call.end', callId, reason: 'hung-up' })
  for (const client of [nurse, bed]) await client.settled()
  expect(bed.heard()).toEqual([])
})

test('[SOCKET-8] what was said while the socket was gone comes in order when it is back', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const { callId, epoch } = await talk(nurse, bed)
  await bed.settled()
  const history = bed.history()
  await bed.cut()
  await nurse.hear('bed.changed')
  const negotiations = [1, 2, 3]
  for (const negotiation of negotiations) nurse.say(offer(callId, epoch, negotiation))
  await nurse.settled()
  const { sessionId } = bed.welcome
  const back = await openBed(ward.origin, bed.tablet, {
    resume: { sessionId, received: history.received },
    claims: [{ callId, epoch }],
    history,
  })
  expect(back.welcome).toMatchObject({ resumed: true, snapshot: null, received: history.sent, sessionId })
  for (const negotiation of negotiations)
    expect((await back.hear('call.signal')).signal).toMatchObject({ negotiation })
  back.say(media(callId, epoch))
  await nurse.hear('call.signal')
})

function offer(callId: string, epoch: number, negotiation: number) {
  const signal = { type: 'offer' as const, negotiation, sdp: 'v=0\r\n' }
  return { type: 'call.signal' as const, callId, epoch, signal }
}

test('[SOCKET-8] of what is said again after a loss, the server takes only what it had not received', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const cookie = await ward.signIn('Anna Laine')
  const nurse = await openStation(ward.origin, cookie, { tabId: 'tab' })
  const { callId, epoch } = await talk(nurse, bed)
  nurse.say(offer(callId, epoch, 1))
  await nurse.settled()
  const history = nurse.history()
  await nurse.cut()
  const resume = { sessionId: nurse.welcome.sessionId, received: history.received }
  const back = await openStation(ward.origin, cookie, { tabId: 'tab', resume, history })
  expect(back.welcome).toMatchObject({ resumed: true, received: history.sent })
  back.sayAs(history.sent, offer(callId, epoch, 1))
  back.say(offer(callId, epoch, 2))
  await back.settled()
  await bed.settled()
  const offers = bed.heard().flatMap((message) => (message.type === 'call.signal' ? [message.signal] : []))
  expect(offers.map((signal) => 'negotiation' in signal && signal.negotiation)).toEqual([1, 2])
})

test('[SOCKET-8] a ring that ended while the tablet was away is known to it when it is back (HZ-3)', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const callId = await ring(nurse, bed)
  const history = bed.history()
  await bed.cut()
  await nurse.hear('bed.changed', ({ bed }) => bed.state.type === 'ringing')
  nurse.say({ type: 'call.end', callId, reason: 'cancelled' })
  await nurse.hear('call.ended')
  const back = await openBed(ward.origin, bed.tablet, {
    resume: { sessionId: bed.welcome.sessionId, received: history.received },
    claims: [{ callId, epoch: 1 }],
    history,
  })
  expect(await back.hear('call.ended')).toMatchObject({ callId, reason: 'cancelled', by: 'peer' })
})

test("[SOCKET-9] nobody resumes another's session", async () => {
  const ward = await openWard()
  const nurse = await ward.station('Anna Laine')
  const { sessionId } = nurse.welcome
  const thief = await openStation(ward.origin, await ward.signIn('Ben Okafor'), {
    resume: { sessionId, received: 0 },
  })
  expect(thief.welcome.resumed).toBe(false)
  expect(thief.welcome.sessionId).not.toBe(sessionId)
  expect(thief.welcome.me).toMatchObject({ name: 'Ben Okafor' })
  await nurse.settled()
})

test('[SOCKET-9] a session that claims to have received more than was sent begins anew', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const { sessionId } = bed.welcome
  await bed.cut()
  const back = await openBed(ward.origin, bed.tablet, { resume: { sessionId, received: 10 } })
  expect(back.welcome).toMatchObject({ resumed: false, snapshot: { calls: [] } })
})

test('[SOCKET-10] a session is kept for the reconnection time and no longer', async () => {
  let laterMs = 0
  const ward = await openWard({
    now: () => Date.now() + laterMs,
    limits: { sweepMs: 10, silentMs: 1e9, quietMs: 1e9 },
  })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const { sessionId } = bed.welcome
  await bed.cut()
  await nurse.hear('bed.changed')
  laterMs = 59_000
  const back = await openBed(ward.origin, bed.tablet, { resume: { sessionId, received: 0 } })
  expect(back.welcome.resumed).toBe(true)
  await back.cut()
  await nurse.hear('bed.changed', ({ bed }) => bed.state.type === 'offline')
  laterMs += 61_000
  const late = await openBed(ward.origin, bed.tablet, { resume: { sessionId, received: 0 } })
  expect(late.welcome.resumed).toBe(false)
  expect(late.welcome.snapshot).toEqual({ beds: [], calls: [] })
})

test('[SOCKET-11] a session that is owed too much begins anew, with its calls in the snapshot', async () => {
  const ward = await openWard({ limits: { framesPerSecond: 1e6, burstFrames: 1e6 } })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const { callId, epoch } = await talk(nurse, bed)
  const history = bed.history()
  await bed.cut()
  for (let count = 0; count < 600; count += 1) nurse.say(media(callId, epoch))
  await nurse.settled()
  const { sessionId } = bed.welcome
  const back = await openBed(ward.origin, bed.tablet, {
    resume: { sessionId, received: history.received },
    history,
  })
  expect(back.welcome.resumed).toBe(false)
  expect(back.welcome.snapshot?.calls).toMatchObject([{ callId, phase: 'accepted', part: 'callee' }])
})

test('[SOCKET-12] a second connection of one endpoint replaces the first, which is closed 4409', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  const second = await openBed(ward.origin, bed.tablet)
  expect((await bed.closed).code).toBe(4409)
  nurse.say(invitation(second))
  await second.hear('call.changed')
  await nurse.settled()
  expect(
    nurse.heard().filter((message) => message.type === 'bed.changed' && message.bed.state.type === 'offline'),
  ).toEqual([])
})

test('[SOCKET-12] tabs of one person live side by side; one tab opened twice does not', async () => {
  const ward = await openWard()
  const cookie = await ward.signIn('Anna Laine')
  const tabs = [
    await openStation(ward.origin, cookie, { tabId: 'a' }),
    await openStation(ward.origin, cookie, { tabId: 'b' }),
  ] as const
  await openStation(ward.origin, cookie, { tabId: 'b' })
  expect((await tabs[1].closed).code).toBe(4409)
  await tabs[0].settled()
})

test('[SOCKET-13] whoever says too much is closed 4429', async () => {
  const ward = await openWard({ limits: { framesPerSecond: 1, burstFrames: 20 } })
  const nurse = await ward.station()
  for (let count = 0; count < 30; count += 1) nurse.wire.send('{"type":"ping","ack":0}')
  expect((await nurse.closed).code).toBe(4429)
})

test('[SOCKET-14] a silent socket is asked, and cut when it does not answer', async () => {
  const ward = await openWard({ limits: { quietMs: 30, silentMs: 120, sweepMs: 10 } })
  const cookie = await ward.signIn('Anna Laine')
  const answering = await openStation(ward.origin, cookie)
  const deaf = new WebSocket(`${ward.origin.replace('http', 'ws')}/ws`, {
    headers: { origin: ward.origin, cookie },
    autoPong: false,
  })
  await new Promise((resolve) => deaf.once('message', resolve))
  deaf.send(JSON.stringify(hello))
  const code = await new Promise((resolve) => deaf.once('close', resolve))
  expect(code).toBe(1006)
  await answering.settled()
})

test('[SOCKET-15] a stopping server says so with 1012, after it has done what it was told', async () => {
  const ward = await openWard({ limits: { drainMs: 50 } })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const callId = await ring(nurse, bed)
  bed.say({ type: 'call.accept', callId })
  await bed.settled()
  await ward.close()
  for (const client of [bed, nurse]) expect((await client.closed).code).toBe(1012)
  const again = await openWard({ dataFolder: ward.data })
  const back = await openBed(again.origin, bed.tablet, { claims: [{ callId, epoch: 1 }] })
  expect(back.welcome.snapshot?.calls).toMatchObject([{ callId, phase: 'accepted' }])
})
