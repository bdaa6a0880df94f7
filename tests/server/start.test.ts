/** The server as a process: what it refuses to start with, what it says, and what a signal or a kill does to its calls. */
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../e2e/server.ts'
import {
  type Client,
  codeOf,
  enrol,
  openBed,
  openStation,
  openWire,
  post,
  signIn,
  type Wire,
} from './client.ts'
import { launch, linkOf, readLinks } from './process.ts'
import { media, ring, talk, temporaryFolder } from './ward.ts'

async function newWard(more: Record<string, string> = {}) {
  const port = await freePort()
  const data = temporaryFolder()
  const origin = `http://localhost:${port}`
  const environment = { BEDSIDE_PORT: String(port), BEDSIDE_DATA: data, ...more }
  return {
    origin,
    data,
    port,
    async start() {
      const server = launch(environment)
      await server.ready(origin)
      return server
    },
    /** A signed-in nurse and an enrolled tablet, which can come back. */
    async people() {
      const links = readLinks(data)
      const cookie = await signIn(origin, linkOf(links, 'Anna Laine'))
      const tablet = await enrol(origin, linkOf(links, '1'))
      return {
        nurse: (claims: { callId: string; epoch: number }[] = []) =>
          openStation(origin, cookie, { tabId: 'tab', claims }),
        bed: (claims: { callId: string; epoch: number }[] = []) => openBed(origin, tablet, { claims }),
      }
    },
  }
}

function lines(text: string): string[] {
  return text.trimEnd().split('\n')
}

test('[START-1] a taken port is one line that names it and another to try', async () => {
  const blocker = createServer()
  const port = await freePort()
  await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void blocker.close())
  const server = launch({ BEDSIDE_PORT: String(port), BEDSIDE_DATA: temporaryFolder() })
  expect(await server.ended).toBe(1)
  expect(lines(server.said.err)).toEqual([
    `Port ${port} is taken. Choose another: BEDSIDE_PORT=${port + 1} npm start`,
  ])
})

test('[START-2] a second server on the same data is refused in one line', async () => {
  const ward = await newWard()
  await ward.start()
  const second = launch({ BEDSIDE_PORT: '0', BEDSIDE_DATA: ward.data })
  expect(await second.ended).toBe(1)
  expect(lines(second.said.err)).toEqual([expect.stringContaining('Another Bedside is using')])
})

test('[START-3] every bad value is named in a line of its own', async () => {
  const server = launch({ BEDSIDE_PORT: 'http', BEDSIDE_ORIGIN: 'https://a.example/', BEDSIDE_LOG: 'loud' })
  expect(await server.ended).toBe(1)
  expect(lines(server.said.err).map((line) => line.split(' ')[0])).toEqual([
    'BEDSIDE_PORT',
    'BEDSIDE_ORIGIN',
    'BEDSIDE_LOG',
  ])
})

test('[START-4] production is refused with demo data or unset secrets, naming each', async () => {
  const ward = await newWard()
  await (await ward.start()).kill()
  const refused = launch({ BEDSIDE_DATA: ward.data, BEDSIDE_TIME_SCALE: '2' }, ['--production'])
  expect(await refused.ended).toBe(1)
  expect(lines(refused.said.err)).toEqual([
    expect.stringContaining('holds demo data'),
    expect.stringContaining('BEDSIDE_SECRET is not set'),
    expect.stringContaining('BEDSIDE_ORIGIN is not set'),
    expect.stringContaining('BEDSIDE_TIME_SCALE is not 1'),
  ])
  const nearly = launch(
    { BEDSIDE_DATA: temporaryFolder(), BEDSIDE_SECRET: 'short', BEDSIDE_ORIGIN: 'http://ward.example' },
    ['--production'],
  )
  expect(await nearly.ended).toBe(1)
  expect(lines(nearly.said.err)).toEqual([
    expect.stringContaining('BEDSIDE_SECRET is shorter than 32'),
    expect.stringContaining('BEDSIDE_ORIGIN is not https'),
  ])
})

test('[START-5] production starts empty, and a demo does not move into its data', async () => {
  const [port, data] = [await freePort(), temporaryFolder()]
  const environment = {
    BEDSIDE_PORT: String(port),
    BEDSIDE_DATA: data,
    BEDSIDE_SECRET: 's'.repeat(32),
    BEDSIDE_ORIGIN: 'https://ward.example',
  }
  const server = launch(environment, ['--production'])
  await server.ready(`http://localhost:${port}`)
  expect(server.said.out).toContain('https://ward.example')
  expect(server.said.out).not.toContain('#signin=')
})

test('[START-6] ready means that demo.json has the links of this start', async () => {
  const ward = await newWard()
  await (await ward.start()).kill()
  const old = readLinks(ward.data)
  await ward.start()
  const fresh = readLinks(ward.data)
  expect(linkOf(fresh, 'Anna Laine')).not.toBe(linkOf(old, 'Anna Laine'))
  await signIn(ward.origin, linkOf(fresh, 'Anna Laine'))
})

test('[START-7] what is printed has the address, every link and how to stop', async () => {
  const ward = await newWard()
  const { said } = await ward.start()
  const { staff, beds } = readLinks(ward.data)
  await expect.poll(() => said.out).toContain('Ctrl+C')
  for (const { url } of [...staff, ...beds]) expect(said.out).toContain(url)
  expect(said.out).toContain(ward.origin)
})

test('[START-8] a second start is ready within two seconds', async () => {
  const ward = await newWard()
  await (await ward.start()).kill()
  const bareMs = await timeMs(async () => void spawnSync(process.execPath, ['-e', '0']))
  const startMs = await timeMs(ward.start)
  // On a machine that is busy with something else even an empty program takes its time.
  expect(startMs).toBeLessThan(2_000 * Math.max(1, bareMs / 100))
})

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const beganAtMs = performance.now()
  await work()
  return performance.now() - beganAtMs
}

test('[START-9] a killed server goes on with its calls: both ends come back and signals flow', async () => {
  const ward = await newWard()
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
  const ward = await newWard()
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
  const ward = await newWard({ BEDSIDE_TIME_SCALE: '0.02' })
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
  const ward = await newWard()
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

test('[START-11] a second signal ends it at once', async () => {
  const ward = await newWard()
  const server = await ward.start()
  await neverAnswering(ward.origin)
  server.signal('SIGINT')
  await expect.poll(async () => (await fetch(`${ward.origin}/readyz`).catch(() => null))?.status).toBe(503)
  server.signal('SIGINT')
  expect(await server.ended).toBe(1)
})

test('[START-12] the log names nobody and holds no link, token, key or description of media', async () => {
  const ward = await newWard({ BEDSIDE_LOG: 'trace' })
  const server = await ward.start()
  const people = await ward.people()
  const [nurse, bed] = [await people.nurse(), await people.bed()]
  const { callId, epoch } = await talk(nurse, bed)
  nurse.say({
    type: 'call.signal',
    callId,
    epoch,
    signal: { type: 'offer', negotiation: 1, sdp: 'v=0 secret' },
  })
  await bed.hear('call.signal')
  bed.wire.send('{"seq":9,"ack":0,"message":"secret"}')
  await bed.closed
  server.signal('SIGTERM')
  await server.ended
  expect(server.said.err).toContain('broke the protocol')
  const { staff, beds } = readLinks(ward.data)
  const secrets = [...staff, ...beds].map(({ url }) => codeOf(url))
  for (const word of [...secrets, 'Laine', 'Salonen', 'DEMO-', 'secret', 'cookie'])
    expect(server.said.err).not.toContain(word)
})
