/** A call that goes well, for tests that do one thing to it. */
import { callIdOf } from '../../../src/core/call-state.ts'
import { comeBack, dial } from './acts.ts'
import { differenceOf } from './checks.ts'
import type { Page } from './page.ts'
import { every, lookMs, newWorld, realRules } from './run.ts'
import { type Device, devicesOf, type Rules, type World } from './world.ts'

/** A nurse calls a bed that answers after a second; ten seconds later. */
export function callOf(seed: number, rules: Rules = realRules): World {
  const world = newWorld(seed, { rules })
  for (const device of devicesOf(world)) comeBack(world, device)
  every(world, lookMs, () => world.checks.look())
  world.clock.advance(2_000)
  dial(world, pageOf(world.station))
  world.clock.advance(1_000)
  answer(world)
  world.clock.advance(10_000)
  return world
}

export function pageOf({ page, part }: Device): Page {
  if (!page) throw new Error(`the ${part} has no page`)
  return page
}

export function stateOf(device: Device) {
  return pageOf(device).calls.state.peek()
}

export function answer({ bed, witness }: World): void {
  const callId = callIdOf(stateOf(bed)) ?? ''
  witness.pressed(callId, 'answer')
  bed.consents.add(callId)
  pageOf(bed).run(() => pageOf(bed).calls.answer())
}

/** How many links each end has had. */
export function linksOf(world: World): number[] {
  return devicesOf(world).map((device) => pageOf(device).media.links())
}

/** Null: both are live in one call, and something arrives at both. */
export function troubleOf(world: World): string | null {
  return stateOf(world.station).type === 'live' ? differenceOf(world) : stateOf(world.station).type
}
