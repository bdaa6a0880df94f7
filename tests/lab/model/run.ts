/** One sequence, from its seed or from its acts: the storm, the calm after it, and what must be true at the end. */

import { step } from '../../../src/core/call.ts'
import { decide } from '../../../src/core/switchboard.ts'
import { standardTimings } from '../../../src/core/timings.ts'
import { mulberry32 } from '../prng.ts'
import { type Action, actionsOf, calmSecond, comeBack, isQuiet, perform, setMedia } from './actions.ts'
import { checkAgreement, checkEnd, checkStays } from './checks.ts'
import { createClock } from './clock.ts'
import { loadPage } from './page.ts'
import { createServer } from './server.ts'
import { type Counts, newDevices, type Rules, Violation, type World } from './world.ts'

export const realRules: Rules = { step, decide }

/** Virtual seconds that the faults' last echoes may take; the longest is a call abandoned by both sides. */
const calmSeconds = 800

type Options = { readonly rules: Rules; readonly counts?: Counts; readonly trace?: string[] }

export function newWorld({ rules, counts, trace }: Options): World {
  let numbers = 0
  const clock = createClock(1_000_000)
  const world: World = {
    rules,
    timings: standardTimings,
    clock,
    devices: newDevices(),
    pages: [],
    ledger: new Map(),
    links: new Map(),
    endings: [],
    inFlight: 0,
    calm: false,
    chance: mulberry32(1),
    server: undefined as never,
    newNumber: () => ++numbers,
    count(what) {
      if (counts) counts[what] = (counts[what] ?? 0) + 1
    },
    note(line) {
      trace?.push(`${(clock.nowMs() / 1_000 - 1_000).toFixed(3).padStart(8)} ${line()}`)
    },
    fail(rule, detail): never {
      throw new Violation(rule, detail)
    },
  }
  world.server = createServer(world)
  for (const device of world.devices) device.page = loadPage(world, device)
  return world
}

/** Runs the acts and the calm; a broken promise is the answer, any other error is thrown. */
export function runActions(actions: readonly Action[], options: Options): Violation | null {
  const world = newWorld(options)
  try {
    world.clock.advance(2_000)
    for (const action of actions) {
      perform(world, action)
      world.clock.advance(action.waitMs)
      checkAgreement(world)
      checkStays(world)
    }
    becomeCalm(world)
    for (let second = 0; second < calmSeconds && !isQuiet(world); second += 1) {
      calmSecond(world)
      checkAgreement(world)
    }
    checkEnd(world)
    return null
  } catch (error) {
    if (error instanceof Violation) return error
    throw error
  }
}

function becomeCalm(world: World): void {
  world.note(() => '-- calm')
  world.chance = mulberry32(7)
  world.calm = true
  world.server.restart()
  for (const device of world.devices) {
    setMedia(world, device, true)
    comeBack(world, device)
  }
}

export function runSeed(seed: number, options: Options): Violation | null {
  return runActions(actionsOf(seed), options)
}

/** Leaves out acts, then waiting, as long as the same promise stays broken. */
export function shrink(actions: readonly Action[], rule: string, rules: Rules): Action[] {
  const stillFails = (candidate: readonly Action[]) => runActions(candidate, { rules })?.rule === rule
  let best = [...actions]
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < best.length; ) {
      const candidate = [...best.slice(0, start), ...best.slice(start + size)]
      if (stillFails(candidate)) best = candidate
      else start += size
    }
  }
  for (const index of best.keys()) {
    const candidate = best.map((action, at) => (at === index ? { ...action, waitMs: 0 } : action))
    if (stillFails(candidate)) best = candidate
  }
  return best
}
