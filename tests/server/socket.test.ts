/** What closes a socket: broken rules, a second connection, too much, too little, and a server that stops. */
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { protocolVersion } from '../../src/protocol/primitives.ts'
import { openBed, openStation } from './client.ts'
import { invitation, media, openWard, ring, talk } from './ward.ts'

const hello = {
  type: 'hello',
  version: protocolVersion,
  client: 'station',
  tabId: 'tab',
  resume: null,
  claims: [],
}

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
