/** The server as a process: what a kill or a signal does to its calls. */
import { expect, test } from 'vitest'
import { type Client, codeOf, post } from './client.ts'
import { linkOf, newProcessWard, readLinks } from './process.ts'
import { media, ring, talk } from './ward.ts'
import { openWire, type Wire } from './wire.ts'

test('[START-9] a killed server goes on with its calls: both ends come back and signals flow', async () => {
  const ward = await newProcessWard()
  const first = await ward.start()
  const people = await ward.people()
  const [nurse, bed] = [await people.nurse(), await people.bed()]
  const call = await talk(nurse, bed)
  await first.kill()
  for (const client of [nurse, bed]) expect((await client.closed).code).toBe(1006)
  await ward.start()
  const [nurseBack, bedBack] = [await people.nurse([call]), await people.bed([call])]
  for (const { welcome } of [nurseBack, bedBack]) {
    expect(welcome.resumed).toBe(false)
    expect(welcome.snapshot?.calls).toMatchObject([{ ...call, phase: 'accepted' }])
  }
  expect(nurseBack.welcome.snapshot?.beds[0]?.state).toEqual({ type: 'in-call', with: 'Anna Laine' })
  nurseBack.say(media(call.callId, call.epoch))
  await bedBack.hear('call.signal')
  bedBack.say(media(call.callId, call.epoch))
  await nurseBack.hear('call.signal')
  await nothingEnded(nurseBack, bedBack)
})

async function nothingEnded(...clients: Client[]): Promise<void> {
  for (const client of clients) {
    await client.settled()
    expect(client.heard().filter(({ type }) => type === 'call.ended')).toEqual([])
  }
}

test('[START-9] a ring goes on over a kill, and its answer still counts', async () => {
  const ward = await newProcessWard()
  const first = await ward.start()
  const people = await ward.people()
  const callId = await ring(await people.nurse(), await people.bed())
  await first.kill()
  await ward.start()
  const claims = [{ callId, epoch: 1 }]
  const [nurse, bed] = [await people.nurse(claims), await people.bed(claims)]
  expect(bed.welcome.snapshot?.calls).toMatchObject([{ callId, phase: 'ringing', part: 'callee' }])
  bed.say({ type: 'call.accept', callId })
  await nurse.hear('call.changed', ({ call }) => call.phase === 'accepted')
})

test('[START-9] a ring whose time was over while the server was down ends unanswered', async () => {
  const ward = await newProcessWard({ BEDSIDE_TIME_SCALE: '0.02' })
  const first = await ward.start()
  const people = await ward.people()
  const [nurse, bed] = [await people.nurse(), await people.bed()]
  const callId = await ring(nurse, bed)
  const overAtMs = Date.now() + 600
  await first.kill()
  await expect.poll(() => Date.now(), { timeout: 2_000 }).toBeGreaterThan(overAtMs)
  await ward.start()
  const back = await people.nurse([{ callId, epoch: 1 }])
  expect(await back.hear('call.ended')).toMatchObject({ callId, reason: 'no-answer', by: 'server' })
})

test('[START-10] SIGTERM: not ready, no new sockets, goodbye to everyone, exit 0', async () => {
  const ward = await newProcessWard()
  const server = await ward.start()
  const people = await ward.people()
  const crowd = await Promise.all([people.nurse(), people.bed()])
  const deaf = await neverAnswering(ward.origin)
  const code = codeOf(linkOf(readLinks(ward.data), 'Ben Okafor'))
  server.signal('SIGTERM')
  await expect.poll(async () => (await fetch(`${ward.origin}/readyz`).catch(() => null))?.status).toBe(503)
  expect(await openWire(ward.origin).refused).toBe(503)
  expect((await post(ward.origin, '/api/sign-in', { code })).status).toBe(503)
  for (const client of crowd) expect((await client.closed).code).toBe(1012)
  expect(await server.ended).toBe(0)
  deaf.socket.resume()
})

/** A socket that does not take part in closing, so that the server must wait for it as long as it ever does. */
async function neverAnswering(origin: string): Promise<Wire> {
  const wire = openWire(origin)
  await wire.nonce()
  wire.socket.pause()
  return wire
}

test('[START-11] one Ctrl+C may arrive twice; a second one ends it at once', async () => {
  const ward = await newProcessWard()
  const server = await ward.start()
  await neverAnswering(ward.origin)
  server.signal('SIGINT')
  server.signal('SIGINT')
  await expect.poll(async () => (await fetch(`${ward.origin}/readyz`).catch(() => null))?.status).toBe(503)
  const impatience = setInterval(() => server.signal('SIGINT'), 100)
  expect(await server.ended).toBe(1)
  clearInterval(impatience)
})
