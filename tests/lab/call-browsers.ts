/**
 * `node tests/lab/call-browsers.ts --runs N --seed S`: calls in two real browsers, through a real server, with everything
 * that goes wrong on a ward, by chance; times last a third. When it is over both ends are live again or have a true
 * reason, and after the end no camera is on. The last line counts runs and violations. Time is real here, so a seed
 * that failed fails again often, and not always.
 */
import { parseArgs } from 'node:util'
import type { Page } from 'playwright'
import { standardTimings } from '../../src/core/timings.ts'
import { type CallPair, openCallPair } from '../bench/call-pair.ts'
import { expectLivePicture, mediaOf } from '../e2e/witness.ts'
import { between, type Chance, mulberry32, pick, seedOf } from './prng.ts'

/** A call looks for its other end for 18 s then: longer than all that goes wrong in one run may take, one after the other. */
const timeScale = 0.3
/** So long nothing goes wrong any more before it is judged: a reconnection, a reloaded bed's ring, and somebody's pause. */
const settleMs = 45_000

type Mishap = {
  /** Whether it may end a call by itself, and as what: a page that is gone for long, a ring that nobody answered. */
  readonly mayEnd?: 'yes'
  happen(pair: CallPair, chance: Chance): Promise<void>
}

const wait = (page: Page, ms: number) => page.waitForTimeout(ms)
const shortly = (chance: Chance) => between(chance, 100, 2_500)

async function air(pair: CallPair, who: 'both' | 'station' | 'bed', lossPercent: number): Promise<void> {
  if (who !== 'bed') await pair.stationAir({ lossPercent })
  if (who !== 'station') await pair.bedAir({ lossPercent })
}

const another = (page: Page) => page.evaluate(() => void dispatchEvent(new Event('online')))

const mishaps: Readonly<Record<string, Mishap>> = {
  'the air is gone': {
    async happen(pair, chance) {
      const who = pick(chance, ['both', 'station', 'bed'] as const)
      await air(pair, who, 100)
      await wait(pair.station, shortly(chance))
      await air(pair, who, 0)
    },
  },
  'a third is lost': {
    async happen(pair, chance) {
      await air(pair, 'both', 30)
      await wait(pair.station, shortly(chance))
      await air(pair, 'both', 0)
    },
  },
  'air and server are gone': {
    async happen(pair, chance) {
      pair.way.stop()
      await air(pair, 'both', 100)
      await wait(pair.station, shortly(chance))
      pair.way.goOn()
      await air(pair, 'both', 0)
    },
  },
  'the server is not heard': {
    async happen(pair, chance) {
      pair.way.stop()
      await wait(pair.station, shortly(chance))
      pair.way.goOn()
    },
  },
  'every socket is lost': {
    async happen({ way }) {
      way.cut()
    },
  },
  'the server is killed': {
    async happen({ server, station }, chance) {
      await server.kill()
      await wait(station, between(chance, 0, 500))
      await server.start()
    },
  },
  'the server is killed without air': {
    async happen(pair) {
      await air(pair, 'both', 100)
      await pair.server.kill()
      await pair.server.start()
      await air(pair, 'both', 0)
    },
  },
  'the station is reloaded': { mayEnd: 'yes', happen: async ({ station }) => void (await station.reload()) },
  'the bed is reloaded': { mayEnd: 'yes', happen: async ({ bed }) => void (await bed.reload()) },
  'both are reloaded': {
    mayEnd: 'yes',
    happen: async ({ station, bed }) => void (await Promise.all([station.reload(), bed.reload()])),
  },
  'another network at one end': {
    happen: async ({ station, bed }, chance) => await another(pick(chance, [station, bed])),
  },
  'both look for another way': {
    async happen({ station, bed }) {
      for (let time = 0; time < 2; time += 1) await Promise.all([another(station), another(bed)])
    },
  },
}

/** Whether every numbered message, of either side, is said twice. */
let isDoubled = false

/** From the next load of this page on. */
async function mayDouble(page: Page): Promise<void> {
  const times = (message: string | Buffer) =>
    isDoubled && String(message).startsWith('{"seq"') ? [message, message] : [message]
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      for (const one of times(message)) server.send(one)
    })
    server.onMessage((message) => {
      for (const one of times(message)) socket.send(one)
    })
  })
}

async function openPair(): Promise<CallPair> {
  const pair = await openCallPair({ timeScale })
  const { station, bed } = pair
  await station.getByRole('button', { name: 'End call' }).click()
  for (const page of [station, bed]) await mayDouble(page)
  await Promise.all([station.reload(), bed.reload()])
  await bed.getByText('Ready', { exact: true }).waitFor()
  return pair
}

type Standing = { readonly type: 'live' | 'silent' } | { readonly type: 'over'; readonly why: string }

async function standingOf(page: Page): Promise<Standing> {
  if (await page.getByRole('button', { name: 'End call' }).isVisible()) {
    const covered = await page
      .getByText(/Reconnecting|Connecting/)
      .first()
      .isVisible()
    return { type: covered ? 'silent' : 'live' }
  }
  const said = page.getByRole('status').filter({ hasText: /Call ended/ })
  return { type: 'over', why: (await said.allTextContents())[0] ?? '' }
}

/** A page that is just loaded again says nothing of an end either, and its call may yet come back. */
const isOver = (standing: Standing) => standing.type === 'over' && standing.why !== ''

/** A tablet that was reloaded asks again, and its patient answers. */
async function answerAgain(bed: Page): Promise<void> {
  const answer = bed.getByRole('button', { name: 'Answer' })
  if (await answer.isVisible()) await answer.click({ timeout: 2_000 }).catch(() => {})
}

/** Until both are live, or both are done with it; what they are then. */
async function settled({ station, bed }: CallPair): Promise<readonly [Standing, Standing]> {
  const untilMs = performance.now() + settleMs
  for (;;) {
    await answerAgain(bed)
    const both = [await standingOf(station), await standingOf(bed)] as const
    const isDone = both.every(({ type }) => type === 'live') || both.every(isOver)
    if (isDone || performance.now() > untilMs) return both
    await wait(station, 100)
  }
}

/** Why one of them sees no moving picture; null: both see one. */
async function unseen({ station, bed }: CallPair): Promise<string | null> {
  const seen = Promise.all([
    expectLivePicture(station, 'Patient video'),
    expectLivePicture(bed, 'Staff video'),
  ])
  return await seen.then(
    () => null,
    (error: Error) => error.message.slice(0, 200),
  )
}

const isLive = ({ type }: Standing) => type === 'live'

/** What the call came to. One that was live for a moment and is lost while its pictures are waited for is judged anew. */
async function judge(pair: CallPair) {
  for (let time = 0; ; time += 1) {
    const both = await settled(pair)
    const why = both.every(isLive) ? await unseen(pair) : null
    const still = await Promise.all([pair.station, pair.bed].map(standingOf))
    if (time === 2 || !both.every(isLive) || still.every(isLive)) return { both, why }
  }
}

/** What was wrong with this run; nothing where all was well. `over`: how the call ended, if it did. */
async function run(pair: CallPair, seed: number): Promise<{ wrong: string[]; over: string | null }> {
  const chance = mulberry32(seed)
  const { station, bed } = pair
  await pair.call()
  isDoubled = chance() < 0.5
  const happened = Array.from({ length: between(chance, 1, 4) }, () => pick(chance, Object.keys(mishaps)))
  const wrong: string[] = []
  const beganMs = performance.now()
  for (const name of happened) {
    await mishaps[name]?.happen(pair, chance)
    await wait(station, between(chance, 0, 1_500))
  }
  // Another program may hold a server's start up for as long as a call is kept: then its end is a true one.
  const isTooLong = performance.now() - beganMs > standardTimings.reconnectMs * timeScale
  const { both, why } = await judge(pair)
  const [atStation, atBed] = both
  const story = `${happened.join(', ')}${isDoubled ? ', every message twice' : ''}`
  let over: string | null = null
  if (isLive(atStation) && isLive(atBed)) {
    if (why) wrong.push(`${story}: live without a picture: ${why}`)
    const end = station.getByRole('button', { name: 'End call' }).click({ timeout: 10_000 })
    await end.catch(async ({ message }: Error) => {
      const now = await Promise.all([station, bed].map(standingOf))
      wrong.push(`${story}: live, and then ${JSON.stringify(now)}: ${message}`)
    })
  } else if (atStation.type === 'over' && atBed.type === 'over') {
    over = `${atBed.why || atStation.why || 'no word of it'} (${story}), --only ${seed}`
    const mayEnd = isTooLong || happened.some((name) => mishaps[name]?.mayEnd)
    const isTrue = mayEnd && !over.includes('not certain')
    if (!isTrue) wrong.push(`${story}: ended, though nothing of that may end a call: ${over}`)
  } else wrong.push(`${story}: the station is ${atStation.type}, the bed ${atBed.type}`)
  wrong.push(
    ...(await camerasOn(pair)).map((who) => `${story}: the camera of the ${who} is on after the end`),
  )
  return { wrong, over }
}

/** [HZ-2] Whose camera or microphone is on five seconds after the end. */
async function camerasOn({ station, bed }: CallPair): Promise<string[]> {
  const untilMs = performance.now() + 5_000
  for (;;) {
    const live = await Promise.all([station, bed].map(async (page) => (await mediaOf(page)).liveTracks))
    const on = ['station', 'bed'].filter((_, at) => (live[at] ?? 0) > 0)
    if (on.length === 0 || performance.now() > untilMs) return on
    await wait(station, 100)
  }
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    /** Only this run, by the number that is printed for one that failed. */
    only: { type: 'string' },
  },
})
const seeds = values.only
  ? [Number(values.only)]
  : Array.from({ length: Number(values.runs) }, (_, index) => seedOf(Number(values.seed), index))
let pair: CallPair | null = null
let violations = 0
let live = 0
const ends = new Map<string, number>()
const startedMs = performance.now()
for (const [index, seed] of seeds.entries()) {
  pair ??= await openPair()
  const result = await run(pair, seed).catch((error: Error) => ({ wrong: [error.message], over: null }))
  if (result.over === null) live += 1
  else ends.set(result.over, (ends.get(result.over) ?? 0) + 1)
  if (result.wrong.length > 0) {
    violations += 1
    console.log(`run ${index + 1}, --only ${seed}:\n  ${result.wrong.join('\n  ')}`)
    await pair.close().catch(() => {})
    pair = null
  }
  if ((index + 1) % 10 === 0) {
    const each = (performance.now() - startedMs) / (index + 1) / 1_000
    console.log(`${index + 1} runs, ${each.toFixed(1)} s each`)
  }
}
await pair?.close()
for (const [why, times] of ends) console.log(`  ${times} × ${why}`)
console.log(`${seeds.length} runs, ${live} live at the end, ${violations} violations`)
process.exit(violations === 0 ? 0 : 1)
