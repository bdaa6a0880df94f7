/**
 * `npm run lab:tablet -- --seed S [--hours 24 --calls 40 --requests 60 --leak listener --leak array]`: a day of one tablet, in a real
 * browser, through a real server. It was enrolled and started once; after that nobody touches it but its patient. By chance
 * it is called and asks for things, its network and its server go and come back, it takes two updates and undoes one that
 * does not run. In the end it is Ready, the record says what happened, and what its page holds has not grown. The last line
 * counts violations. `--leak` puts a leak into the page, to see it found.
 *
 * What is simulated: the time between happenings. The clocks of the tablet's page, of the station's and of the whole server
 * process (dates, uptime and timers) are set ahead together, 2.5 s at a time, each waiting timer at its own time; each ping is
 * answered over the real socket before the next leap. So all heartbeats and long timers of a day run, and none is shortened.
 * What is not: a call, a ring and a build on trial take real time, as do service workers, the browser and the network; a
 * call lasts seconds. Cameras are files.
 */
import { parseArgs } from 'node:util'
import { servedAt } from '../e2e/another-build.ts'
import { mediaOf } from '../e2e/witness.ts'
import { mulberry32 } from './prng.ts'
import { clockOf, createDay } from './tablet-day/day.ts'
import { growthOf, leaks, measures, openScales, type Sample } from './tablet-day/memory.ts'
import { planDay } from './tablet-day/plan.ts'
import { wrongInRecord } from './tablet-day/record.ts'
import { isReady, openWard } from './tablet-day/ward.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    hours: { type: 'string', default: '24' },
    calls: { type: 'string' },
    requests: { type: 'string' },
    leak: { type: 'string', multiple: true, default: [] },
  },
})
const hours = Number(values.hours)
const scaled = (eachDay: number) => Math.round((eachDay * hours) / 24)
const parts = {
  hours,
  calls: Number(values.calls ?? scaled(40)),
  requests: Number(values.requests ?? scaled(60)),
}
const leaking = leaks.filter((one) => values.leak.includes(one))
/** Of all pings of so long a day, a part is not asked: in calls, without a network, and while a build does not run. */
const leastPings = 0.7
const pingMs = 5_000
/** It starts, takes two builds, and one that takes itself back. */
const livesOfADay = 5

process.setMaxListeners(40)
const beganMs = performance.now()
const wrong: string[] = []
const complain = (line: string) => {
  wrong.push(line)
  console.log(`  WRONG ${line}`)
}
const ward = await openWard()
const { bed, server, pings } = ward
await ward.comes('Ready', () => isReady(bed))
await ward.comes('a kept app', async () => (await servedAt(bed)) !== null)
const scales = await openScales(ward.browser, bed)
const chance = mulberry32(Number(values.seed))
const day = createDay(ward, { agenda: planDay(chance, parts), chance, leaking, scales, complain })
await day.goOn()

/** What is so at the end, untouched. */
async function judge(): Promise<void> {
  if (!(await isReady(bed))) complain('it is not Ready')
  if ((await mediaOf(bed)).liveTracks > 0) complain('a camera or a microphone is on')
  const [served, wanted] = [(await servedAt(bed))?.build, day.build()?.id]
  if (served !== wanted) complain(`it runs ${served}, not ${wanted}`)
  if (day.errors.join() !== 'a broken build') complain(`its page said: ${day.errors.join(', ')}`)
  if (day.lives.length !== livesOfADay) complain(`its page was loaded ${day.lives.length} times`)
  const pingsOfADay = ward.nowMs() / pingMs
  if (pings.count.pings < leastPings * pingsOfADay) complain(`only ${pings.count.pings} pings were asked`)
  if (day.expected.calls.length !== parts.calls) complain(`${day.expected.calls.length} calls were made`)
}

function judgeLife(life: readonly Sample[], at: number): void {
  const growth = growthOf(life)
  const when = `${clockOf(life[0]?.atMs ?? 0)} to ${clockOf(life.at(-1)?.atMs ?? 0)}`
  if (!growth) return console.log(`life ${at + 1}: ${life.length} looks, too short to tell`)
  const each = measures.map((measure) => `${measure} ${growth.eachCall[measure].toFixed(1)}`)
  console.log(
    `life ${at + 1}, ${when}, ${growth.calls} calls between its halves; for each call: ${each.join(', ')}`,
  )
  const heaviest = growth.heaviest.map(([kind, bytes]) => `${kind} ${Math.round(bytes)}`)
  console.log(`  of the heap, bytes for each call: ${heaviest.join(', ')}`)
  for (const measure of growth.tooMuch) complain(`with each call, ${measure} grow`)
}

await judge()
await ward.killServer()
for (const line of wrongInRecord(server.data, day.expected)) complain(line)
for (const [at, life] of day.lives.entries()) judgeLife(life, at)
const { calls, requests } = day.expected
const minutes = (performance.now() - beganMs) / 60_000
await ward.close()
console.log(
  `${pings.count.sockets} sockets, ${pings.count.pings} pings, ${minutes.toFixed(1)} min of real time`,
)
console.log(
  `${clockOf(ward.nowMs())} hours, ${calls.length} calls, ${requests.length} requests, ${wrong.length} violations`,
)
process.exit(wrong.length === 0 ? 0 : 1)
