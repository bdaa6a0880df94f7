/** Malformed frames through real sockets: each is closed with 4400, the server stays up, a call beside them goes on. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { decodeHello } from '../../src/protocol/client-frame.ts'
import { newServer, type Server } from '../e2e/server.ts'
import { type Client, enrol, openBed, openStation, signIn } from '../server/client.ts'
import { openWire } from '../server/wire.ts'
import { hostileFrames } from './wire-fuzz.ts'

export type FuzzResult = {
  frames: number
  closed4400: number
  otherCloses: Map<number, number>
  growth: number
}

const atOnce = 25
const sampleEvery = 100

/** Memory of the server's process, in MB. */
function residentMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kb) / 1024
}

/** A call that must not notice anything. */
async function bystanders(server: Server, cookie: string): Promise<() => Promise<void>> {
  const { origin } = server
  const bed = await openBed(origin, await enrol(origin, server.demo().beds[0]?.url ?? ''))
  const station = await openStation(origin, cookie)
  const bedId = bed.welcome.me.type === 'bed' ? bed.welcome.me.bedId : ''
  const callId = randomUUID()
  const to = { type: 'bed' as const, bedId }
  const stay = bed.welcome.stay?.epoch ?? null
  station.say({ type: 'call.invite', callId, to, mode: 'ring', stay, expiresAtMs: Date.now() + 60_000 })
  await bed.hear('call.changed')
  bed.say({ type: 'call.accept', callId })
  await station.hear('call.changed', ({ call }) => call.phase === 'accepted')
  return async () => {
    const signal = { type: 'media' as const, camera: true, microphone: true }
    station.say({ type: 'call.signal', callId, epoch: 1, signal })
    await bed.hear('call.signal')
    if (bed.heard().some(({ type }) => type === 'call.ended')) throw new Error('the bystanders’ call ended')
    await keepAlive([station, bed])
  }
}

async function keepAlive(clients: Client[]): Promise<void> {
  await Promise.all(clients.map((client) => client.settled()))
}

let strangers = 0
/** Each stranger comes from elsewhere, or the limit of one address would be all that is tried. */
function anyAddress(): string {
  strangers = (strangers + 1) % 60_000
  return `127.1.${Math.floor(strangers / 250)}.${1 + (strangers % 250)}`
}

/** Sends one frame as a stranger's first words, or after a good hello; the code it is closed with. */
async function offend(
  origin: string,
  frame: string,
  insider: { cookie: string; tabId: string } | null,
): Promise<number> {
  if (insider === null) {
    const wire = openWire(origin, {}, anyAddress())
    await wire.nonce()
    wire.send(frame)
    return (await wire.closed).code
  }
  const { cookie, tabId } = insider
  const station = await openStation(origin, cookie, { tabId, from: anyAddress() })
  station.wire.send(frame)
  return (await station.closed).code
}

/**
 * The lowest of the second half over the lowest of the second quarter: the first quarter warms the heap up, and
 * between two collections memory says nothing.
 */
function growthOf(memory: readonly number[]): number {
  const quarter = Math.floor(memory.length / 4)
  return Math.min(...memory.slice(2 * quarter)) / Math.min(...memory.slice(quarter, 2 * quarter))
}

/** Runs `frames` hostile frames (seeded) against a server of its own. */
export async function fuzzSockets(frames: number, seed: number): Promise<FuzzResult> {
  const server = await newServer()
  await server.start()
  const cookie = await signIn(server.origin, server.demo().staff[0]?.url ?? '')
  const unharmed = await bystanders(server, cookie)
  const hostile = hostileFrames(seed, frames)[Symbol.iterator]()
  const closes = new Map<number, number>()
  let sent = 0
  const memory: number[] = []

  async function worker(index: number): Promise<void> {
    const tabId = `fuzz-${index}`
    for (let next = hostile.next(); !next.done; next = hostile.next()) {
      const frame = next.value
      const asStranger = sent % 2 === 0 && decodeHello(frame) === 'bad'
      sent += 1
      const code = await offend(server.origin, frame, asStranger ? null : { cookie, tabId })
      closes.set(code, (closes.get(code) ?? 0) + 1)
      if (index === 0) await unharmed()
      if (sent % sampleEvery === 0) memory.push(residentMb(server.pid()))
    }
  }

  await Promise.all(Array.from({ length: atOnce }, (_, index) => worker(index)))
  await unharmed()
  const up = await fetch(`${server.origin}/readyz`)
  if (!up.ok) throw new Error('the server is not ready any more')
  await server.remove()
  const closed4400 = closes.get(4400) ?? 0
  closes.delete(4400)
  return { frames: sent, closed4400, otherCloses: closes, growth: growthOf(memory) }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { frames: { type: 'string' }, seed: { type: 'string' } } })
  const result = await fuzzSockets(Number(values.frames ?? 20_000), Number(values.seed ?? 1))
  console.log(
    `sockets: ${result.frames} frames, ${result.closed4400} closed 4400, others ${JSON.stringify([...result.otherCloses])}, memory × ${result.growth.toFixed(2)}`,
  )
  process.exitCode = result.closed4400 === result.frames && result.growth < 1.2 ? 0 : 1
}
