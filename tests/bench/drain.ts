/** A thousand things written with no network, and how long it takes from the first request until all are accepted. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeptAct } from '../../src/protocol/plan.ts'
import { mostActs } from '../../src/protocol/sync.ts'
import { bookAt, dayMs, hourMs, newDevice, tomorrow } from '../server/plan.ts'
import { startChild } from './child.ts'
import { atMost, type Figure, median } from './figure.ts'

export const operations = 1_000
const rounds = 5

/** Visits with a person and a room, two of three edited once more: what a long day in a dead spot leaves behind. */
export function written(staffId: string, round = 0): KeptAct[] {
  const acts: KeptAct[] = []
  for (let index = 0; acts.length < operations; index += 1) {
    const at = tomorrow(0) + round * 60 * dayMs + index * 2 * hourMs
    const booking = bookAt(at, { title: `Visit ${index}`, place: 'Room 1', staff: [staffId] })
    const { fields, id } = booking
    acts.push(booking)
    if (index % 3 > 0)
      acts.push({
        type: 'appointment.edit',
        id,
        changes: { note: { from: fields.note, to: 'Bring the chart' } },
      })
  }
  return acts.slice(0, operations)
}

export async function benchDrain(): Promise<Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'bedside-bench-'))
  const child = await startChild('ward-server.ts', data, '1')
  const device = newDevice(child.hello.origin, child.hello.staff[0]?.url ?? '')
  await device.syncAll()
  const [person] = device.all('person')
  const seconds: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const acts = written(person?.id ?? '', round).map((act) => device.named(act))
    const before = await child.usage()
    const startMs = performance.now()
    let accepted = 0
    for (let first = 0; first < acts.length; first += mostActs) {
      const { outcomes } = await device.sync(...acts.slice(first, first + mostActs))
      accepted += outcomes.filter(({ outcome }) => outcome.type === 'applied').length
    }
    const tookMs = performance.now() - startMs
    if (accepted !== operations) throw new Error(`only ${accepted} of ${operations} were accepted`)
    const cpuMs = ((await child.usage()).cpuMicros - before.cpuMicros) / 1_000
    console.log(
      `  drain: ${tookMs.toFixed(0)} ms for ${operations} operations, server CPU ${cpuMs.toFixed(0)} ms` +
        (round === 0 ? ' (warming up)' : ''),
    )
    if (round > 0) seconds.push(tookMs / 1_000)
  }
  child.stop()
  rmSync(data, { recursive: true, force: true })
  return [atMost('drain-1000', median(seconds), 3, 's')]
}
