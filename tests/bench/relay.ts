/** CPU of the server for one relayed message, against bare `ws`, same messages, same number of sockets, same run. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { type Client, enrol, openBed, openStation, signIn } from '../server/client.ts'
import { type Child, startChild } from './child.ts'
import { atMost, type Figure, median } from './figure.ts'

/** One direction of a call: a socket, and the text of the next message it sends. */
type Speaker = { readonly socket: WebSocket; readonly next: () => string; heard: number }

const pairs = 3
const messages = 20_000
const rounds = 5
/** So many messages of one speaker are on their way at once. */
const inFlight = 4

const candidates = [1, 2, 3].map((host) => ({
  candidate: `candidate:${host} 1 udp 2113937151 192.168.1.${host} 5${host}00 typ host generation 0 ufrag abcd network-cost 999`,
  sdpMid: '0',
  sdpMLineIndex: 0,
}))
const signal = { type: 'candidates' as const, negotiation: 1, candidates }

async function bareSpeakers({ hello }: Child): Promise<Speaker[]> {
  const ids = Array.from({ length: pairs }, (_, pair) => [`a${pair}`, `b${pair}`] as const)
  const ways = ids.flatMap(
    ([a, b]) =>
      [
        [a, b],
        [b, a],
      ] as const,
  )
  return await Promise.all(
    ways.map(async ([me, to]) => {
      const socket = new WebSocket(`${hello.origin.replace('http', 'ws')}/${me}`)
      await new Promise((opened) => socket.once('open', opened))
      const callId = randomUUID()
      const next = () => JSON.stringify({ to, type: 'call.signal', callId, epoch: 1, signal })
      return { socket, next, heard: 0 }
    }),
  )
}

/** A member of staff in an answered call with a bed, as its two speakers. */
async function callSpeakers({ hello }: Child, pair: number): Promise<Speaker[]> {
  const { origin, staff, beds } = hello
  const station = await openStation(origin, await signIn(origin, staff[pair]?.url ?? ''))
  const bed = await openBed(origin, await enrol(origin, beds[pair]?.url ?? ''))
  const callId = randomUUID()
  const bedId = bed.welcome.me.type === 'bed' ? bed.welcome.me.bedId : ''
  const expiresAtMs = Date.now() + 5_000
  const stay = bed.welcome.stay?.epoch ?? null
  station.say({ type: 'call.invite', callId, to: { type: 'bed', bedId }, mode: 'ring', stay, expiresAtMs })
  await bed.hear('call.changed')
  bed.say({ type: 'call.accept', callId })
  await station.hear('call.changed', ({ call }) => call.phase === 'accepted')
  return [await speakerOf(station, callId), await speakerOf(bed, callId)]
}

async function speakerOf(client: Client, callId: string): Promise<Speaker> {
  await client.settled()
  let { sent } = client.history()
  const speaker: Speaker = {
    socket: client.wire.socket,
    heard: client.history().received,
    next() {
      sent += 1
      const message = { type: 'call.signal', callId, epoch: 1, signal }
      return JSON.stringify({ seq: sent, ack: speaker.heard, message })
    },
  }
  return speaker
}

/** Sends `messages` through the server; resolves when all have arrived. */
function pump(speakers: readonly Speaker[]): Promise<void> {
  let toSend = messages
  let arrived = 0
  return new Promise((done) => {
    const send = (speaker: Speaker) => {
      if (toSend <= 0) return
      toSend -= 1
      speaker.socket.send(speaker.next())
    }
    for (const speaker of speakers) {
      speaker.socket.removeAllListeners('message')
      speaker.socket.on('message', (data) => {
        const frame = JSON.parse(data.toString())
        if (frame.seq) speaker.heard = frame.seq
        if ((frame.message ?? frame).type !== 'call.signal') return
        arrived += 1
        if (arrived === messages) done()
        send(speaker)
      })
      for (let count = 0; count < inFlight; count += 1) send(speaker)
    }
  })
}

async function microsPerMessage(child: Child, speakers: readonly Speaker[]): Promise<number> {
  const before = await child.usage()
  await pump(speakers)
  return ((await child.usage()).cpuMicros - before.cpuMicros) / messages
}

export async function benchRelay(): Promise<Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'bedside-bench-'))
  const [bare, bedside] = [await startChild('bare-server.ts'), await startChild('bedside-server.ts', data)]
  const bareWays = await bareSpeakers(bare)
  const ways: Speaker[] = []
  for (let pair = 0; pair < pairs; pair += 1) ways.push(...(await callSpeakers(bedside, pair)))
  const ratios: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const theirs = await microsPerMessage(bare, bareWays)
    const ours = await microsPerMessage(bedside, ways)
    console.log(
      `  relay: ${ours.toFixed(1)} µs · bare ${theirs.toFixed(1)} µs${round === 0 ? ' (warming up)' : ''}`,
    )
    if (round > 0) ratios.push(ours / theirs)
  }
  for (const { socket } of [...ways, ...bareWays]) socket.terminate()
  bare.stop()
  bedside.stop()
  rmSync(data, { recursive: true, force: true })
  return [atMost('relay-cpu', median(ratios), 1.75, '× bare ws')]
}
