/**
 * A ward whose network comes back: 300 devices ask at once for a day's changes. Wall time until the last has all of it,
 * against a bare server that sends the same bytes, prepared, to the same clients.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { planVersion } from '../../src/protocol/plan.ts'
import { bookAt, type Device, hourMs, newDevice, tomorrow } from '../server/plan.ts'
import { startChild } from './child.ts'
import { atMost, type Figure, median } from './figure.ts'

const clients = 300
const rounds = 5
/** Not all lost the network at the same moment. */
const moments = 10
const changesOfDay = 600

type Asker = { readonly cookie: string; readonly body: string }

/** One request over a connection of its own; how many bytes came back. */
function ask(origin: string, { cookie, body }: Asker): Promise<number> {
  return new Promise((done, failed) => {
    const headers = { origin, cookie, 'x-bedside': '1', 'content-type': 'application/json' }
    const agent = new Agent({ keepAlive: false })
    const asked = request(`${origin}/api/sync`, { method: 'POST', headers, agent }, (response) => {
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
      })
      response.on('end', () =>
        response.statusCode === 200 ? done(bytes) : failed(new Error(`answered ${response.statusCode}`)),
      )
    })
    asked.on('error', failed)
    asked.end(body)
  })
}

/** Milliseconds until the last of them has been served. */
async function serveAll(origin: string, askers: readonly Asker[]): Promise<{ ms: number; bytes: number }> {
  const startMs = performance.now()
  const sizes = await Promise.all(askers.map((asker) => ask(origin, asker)))
  return { ms: performance.now() - startMs, bytes: sizes.reduce((sum, one) => sum + one, 0) / sizes.length }
}

async function write(device: Device, count: number, firstHour: number): Promise<void> {
  for (let done = 0; done < count; done += 50) {
    const acts = Array.from({ length: Math.min(50, count - done) }, (_, index) =>
      bookAt(tomorrow(0) + (firstHour + done + index) * hourMs, {
        title: `Visit ${done + index}`,
        note: 'Bring the chart, and ask for the interpreter.',
        place: 'Room 1',
      }),
    )
    await device.does(...acts)
  }
}

function bodyOf({ deviceId, place }: Pick<Device, 'deviceId' | 'place'>): string {
  return JSON.stringify({ deviceId, version: planVersion, ...place, acts: [] })
}

/** Cursors of the moments at which devices were cut off, a few changes apart; then the day goes on without them. */
async function liveThroughADay(origin: string, cookies: readonly string[]): Promise<Asker[]> {
  const writer = newDevice(origin, cookies[0] ?? '')
  await writer.syncAll()
  await write(writer, 500, 0)
  const bodies: string[] = []
  for (let moment = 0; moment < moments; moment += 1) {
    await write(writer, 5, 1_000 + moment * 5)
    bodies.push(bodyOf(writer))
  }
  await write(writer, changesOfDay, 2_000)
  return cookies.map((cookie, index) => ({ cookie, body: bodies[index % moments] ?? '' }))
}

export async function benchReconnect(): Promise<Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'bedside-bench-'))
  const bare = await startChild('bytes-server.ts')
  const ward = await startChild('ward-server.ts', data, String(clients))
  const cookies = ward.hello.staff.map(({ url }) => url)
  const askers = await liveThroughADay(ward.hello.origin, cookies)
  const writer = newDevice(ward.hello.origin, cookies[0] ?? '')
  await writer.syncAll()
  const ratios: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    // A change makes every prepared answer stale: each round pays for making them.
    await write(writer, 1, 5_000 + round)
    const before = await ward.usage()
    const ours = await serveAll(ward.hello.origin, askers)
    const cpuMs = ((await ward.usage()).cpuMicros - before.cpuMicros) / 1_000
    await fetch(`${bare.hello.origin}/prepare`, {
      method: 'POST',
      body: Buffer.alloc(Math.round(ours.bytes), 97),
    })
    const bareBefore = await bare.usage()
    const theirs = await serveAll(bare.hello.origin, askers)
    const bareCpuMs = ((await bare.usage()).cpuMicros - bareBefore.cpuMicros) / 1_000
    console.log(
      `  reconnect: ${ours.ms.toFixed(0)} ms (CPU ${cpuMs.toFixed(0)}) · bare ${theirs.ms.toFixed(0)} ms ` +
        `(CPU ${bareCpuMs.toFixed(0)}) · ${(ours.bytes / 1024).toFixed(0)} KB each${round === 0 ? ' (warming up)' : ''}`,
    )
    if (round > 0) ratios.push(ours.ms / theirs.ms)
  }
  console.log(
    `  reconnect: on ${availableParallelism()} cores of ${cpus()[0]?.model}, the clients on the same`,
  )
  bare.stop()
  ward.stop()
  rmSync(data, { recursive: true, force: true })
  return [atMost('reconnect-300', median(ratios), 2, '× prepared bytes')]
}
