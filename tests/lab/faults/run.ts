/** One run from its seed: a call, some faults, then calm, in which both ends must come to the same truth. */
import { decide } from '../../../src/core/switchboard.ts'
import { createClock } from '../model/clock.ts'
import { between, mulberry32, pick } from '../prng.ts'
import {
  befall,
  change,
  comeBack,
  days,
  dial,
  hangUp,
  type People,
  peopleOf,
  press,
  type Weights,
} from './acts.ts'
import { createChecks, differenceOf } from './checks.ts'
import { createRecord } from './record.ts'
import { createServer } from './server.ts'
import { createWitness } from './witness.ts'
import { type Counts, devicesOf, newDevices, type Rules, Violation, type World } from './world.ts'

export const realRules: Rules = {
  decide,
  media: (port) => port,
  socket: (port) => port,
  clock: (clock) => clock,
  stale: 'dropped',
}

export type Options = { readonly rules: Rules; readonly counts?: Counts; readonly trace?: string[] }

const pressMs = 500
export const lookMs = 250
/** What waits longest: a patient who is asked again and never answers, and a page that takes a while to know. */
const settleMs = 85_000
const stayMs = 10_000

export function newWorld(seed: number, { rules, counts, trace }: Options): World {
  const chance = mulberry32(seed)
  const clock = createClock(1_000_000)
  let numbers = 0
  const fail = (rule: string, detail: string): never => {
    throw new Violation(rule, detail)
  }
  const relay = { up: true, run: 1, keptApart: 0, ways: pick(chance, ['all', 'all', 'relay'] as const) }
  const world: World = {
    ...{ rules, clock, relay, chance, fail, calm: false, said: [] },
    warms: seed % 2 === 0,
    ...newDevices(),
    record: createRecord(fail),
    ends: new Map(),
    pairs: new Set(),
    witness: createWitness(() => world),
    checks: createChecks(() => world),
    server: undefined as never,
    newNumber: () => ++numbers,
    count(what) {
      if (counts) counts[what] = (counts[what] ?? 0) + 1
    },
    note(line) {
      trace?.push(`${(clock.nowMs() / 1_000 - 1_000).toFixed(3).padStart(8)} ${line()}`)
    },
  }
  world.server = createServer(world)
  return world
}

/** Null: every promise was kept. */
export function runSeed(seed: number, options: Options): Violation | null {
  const world = newWorld(seed, options)
  try {
    play(world)
    return null
  } catch (error) {
    if (error instanceof Violation) return error
    throw error
  }
}

function play(world: World): void {
  const { clock, chance } = world
  const people = peopleOf(chance)
  const day = pick(chance, days)
  for (const device of devicesOf(world)) comeBack(world, device)
  change(world, 'server', () => {})
  every(world, pressMs, () => press(world, people))
  every(world, lookMs, () => world.checks.look())
  clock.advance(2_000)
  if (world.station.page) dial(world, world.station.page)
  clock.advance(between(chance, 0, 15_000))
  const overMs = suffer(world, day)
  clock.advance(Math.max(0, overMs - clock.nowMs()))
  becomeCalm(world)
  settle(world, people)
  end(world)
}

export function every(world: World, ms: number, then: () => void): void {
  world.clock.after(ms, () => {
    every(world, ms, then)
    then()
  })
}

/** Some faults, one after the other or at once; answers when the last of them is over. */
function suffer(world: World, day: Weights): number {
  const { chance, clock } = world
  let overMs = clock.nowMs()
  for (let left = between(chance, 1, 6); left > 0; left -= 1) {
    overMs = Math.max(overMs, clock.nowMs() + befall(world, day))
    clock.advance(chance() < 0.3 ? 0 : between(chance, 100, 25_000))
  }
  return overMs
}

function becomeCalm(world: World): void {
  world.note(() => '-- calm')
  world.calm = true
  world.server.kill(Number.POSITIVE_INFINITY)
  world.server.restart()
}

/** Both ends come to the same truth, and stay there. */
function settle(world: World, people: People): void {
  const { clock } = world
  const untilMs = clock.nowMs() + settleMs
  let difference = differenceOf(world)
  for (; difference !== null && clock.nowMs() < untilMs; difference = differenceOf(world))
    clock.advance(1_000)
  if (difference !== null) world.fail('END the two ends never agree', difference)
  clock.advance(stayMs)
  difference = differenceOf(world)
  if (difference !== null && people.endsIt === 0) world.fail('END it does not stay so', difference)
}

/** Whoever is in a call leaves it: nothing stays open anywhere. */
function end(world: World): void {
  const { station } = world
  const state = station.page?.calls.state.peek()
  world.count(`run ${state?.type === 'ended' ? state.reason : state?.type}`)
  if (station.page && state?.type === 'live')
    station.page.run(() => station.page && hangUp(world, station.page))
  world.clock.advance(5_000)
  for (const { page, part } of devicesOf(world)) {
    if (page?.media.open().size || page?.media.link())
      world.fail('HZ-2 something is open after the end', part)
    const after = page?.calls.state.peek().type
    if (after !== 'ended' && after !== 'idle') world.fail('END an end is not told', `${part} ${after}`)
  }
  if (world.server.board().calls.size > 0) world.fail('END the server goes on with a call', '')
}
