/** Who may open a socket, and with what it must begin. */
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { protocolVersion } from '../../src/protocol/primitives.ts'
import { bedHello, openBed } from './client.ts'
import { openWard } from './ward.ts'
import { openWire } from './wire.ts'

const hello = {
  type: 'hello',
  version: protocolVersion,
  client: 'station',
  tabId: 'tab',
  resume: null,
  claims: [],
}

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
  send(JSON.stringify({ ...hello, version: protocolVersion + 1, news: true }))
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
