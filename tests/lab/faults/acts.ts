/** What people do, and what befalls the two devices, the air and the server. */
import { callIdOf } from '../../../src/core/call-state.ts'
import type { ServerMessage } from '../../../src/protocol/wire.ts'
import { between, type Chance, pick, pickWeighted } from '../prng.ts'
import * as air from './air.ts'
import { loadPage, type Page } from './page.ts'
import { type Block, type Device, devicesOf, type World } from './world.ts'

/** What hurts the way to the server alone. */
const signalling = {
  server: 10,
  reset: 14,
  forget: 6,
  kill: 14,
  doubled: 8,
  slow: 8,
  stray: 8,
  clock: 4,
  nothing: 4,
}
const media = { air: 30, address: 12, network: 8, apart: 8, relay: 6, sleep: 8 }
const pages = { reload: 10, reloadBoth: 5 }

export type Weights = typeof signalling & typeof media & typeof pages

const quiet: Weights = {
  ...{ server: 0, reset: 0, forget: 0, kill: 0, doubled: 0, slow: 0, stray: 0, clock: 0, nothing: 0 },
  ...{ air: 0, address: 0, network: 0, apart: 0, relay: 0, sleep: 0, reload: 0, reloadBoth: 0 },
}

/** What kind of bad day it is. */
export const days: readonly Weights[] = [
  { ...quiet, ...signalling },
  { ...quiet, ...media },
  { ...quiet, ...signalling, ...media },
  { ...quiet, kill: 8, reset: 4, air: 4, reload: 10, reloadBoth: 10 },
  { ...signalling, ...media, ...pages },
]

/** Seconds, as in the matrix: a step in a lift, a lift, most of a minute, more than a call waits. */
function outageMs(chance: Chance): number {
  const seconds = pick(chance, [
    [1, 5],
    [5, 20],
    [20, 20],
    [30, 44],
    [45, 45],
    [70, 70],
  ] as const)
  return between(chance, seconds[0] * 1_000, seconds[1] * 1_000)
}

/** Something changes in the air, the network or the server. */
export function change(world: World, of: 'all' | 'server', how: () => void): void {
  air.note(world)
  how()
  world.witness.changed(of)
  air.look(world)
}

export function block(world: World, devices: readonly Device[], what: Block, ms: number): void {
  const of = what === 'radio' ? 'all' : 'server'
  change(world, of, () => {
    for (const { blocks } of devices) blocks[what] += 1
  })
  world.clock.after(ms, () => {
    change(world, of, () => {
      for (const { blocks } of devices) blocks[what] -= 1
    })
    if (what !== 'radio' || world.chance() < 0.5) return
    for (const device of devices) tellNetwork(device, 'network')
  })
}

/** The browser says that there is another network, or again one. */
export function tellNetwork({ page, sleeping }: Device, what: 'network' | 'seen'): void {
  if (sleeping) return
  page?.run(() => page.socket.hurry())
  page?.run(() => page.hearNetwork(what))
}

/** One fault of such a day; it is over at the latest after the time that it answers. */
export function befall(world: World, day: Weights): number {
  const fault = pickWeighted(world.chance, day)
  const { chance, clock } = world
  const one = [pick(chance, devicesOf(world))]
  const some = chance() < 0.35 ? devicesOf(world) : one
  const ms = outageMs(chance)
  world.count(`fault ${fault}`)
  world.note(() => `-- ${fault} ${some.map(({ part }) => part).join(' and ')} ${ms} ms`)
  switch (fault) {
    case 'air':
      block(world, some, 'radio', ms)
      return ms
    case 'server':
    case 'doubled':
      block(world, some, fault, ms)
      return ms
    case 'slow':
      block(world, some, 'slow', Math.min(ms, 20_000))
      return Math.min(ms, 20_000)
    case 'reset':
      for (const device of some) reset(world, device)
      return 0
    case 'forget':
      change(world, 'server', () => {
        for (const { endpoint } of some) world.server.forget(endpoint)
      })
      return 0
    case 'kill': {
      const downMs = Math.min(ms, 30_000)
      world.server.kill(chance() < 0.4 ? 0 : between(chance, 1, 6))
      clock.after(downMs, () => world.server.restart())
      return downMs
    }
    case 'reload':
      return reload(world, one)
    case 'reloadBoth':
      return reload(world, devicesOf(world))
    case 'address':
      for (const device of some) move(world, device)
      return 3_000
    case 'network':
      change(world, 'all', () => {
        for (const device of some) tellNetwork(device, pick(chance, ['network', 'seen']))
      })
      return 0
    case 'apart': {
      change(world, 'all', () => (world.relay.keptApart += 1))
      clock.after(ms, () => change(world, 'all', () => (world.relay.keptApart -= 1)))
      return ms
    }
    case 'relay':
      change(world, 'all', () => (world.relay.up = false))
      clock.after(ms, () => change(world, 'all', () => startRelay(world)))
      return ms
    case 'sleep':
      return sleep(world, one[0] ?? world.station, 30_000)
    case 'clock':
      for (const device of some) device.aheadMs += between(chance, -3_600_000, 3_600_000)
      return 0
    case 'stray':
      for (const device of some) stray(world, device)
      return 0
    case 'nothing':
      return 0
  }
}

function startRelay({ relay }: World): void {
  relay.up = true
  relay.run += 1
}

function reset(world: World, device: Device): void {
  change(world, 'server', () => whenHere(device, (page) => page.socket.reset()))
}

function whenHere({ page, sleeping }: Device, then: (page: Page) => void): void {
  if (page && !sleeping) page.run(() => then(page))
}

/** Another access point, another address: the browser notices, or nobody does. */
export function move(world: World, device: Device): void {
  change(world, 'all', () => (device.address += 1))
  if (world.chance() < 0.3) return
  world.clock.after(between(world.chance, 0, 3_000), () => {
    whenHere(device, (page) => page.socket.reset())
    tellNetwork(device, 'network')
  })
}

/** The pages are gone in the same moment, and come back empty-handed. */
export function reload(world: World, devices: readonly Device[]): number {
  const { chance, clock } = world
  const awayMs = chance() < 0.8 ? between(chance, 300, 5_000) : between(chance, 5_000, 70_000)
  change(world, 'all', () => {
    for (const device of devices) {
      device.page?.unload(chance() < 0.7)
      device.page = null
      // [CALL-10] A patient's consent does not survive it; a nurse's own *Call* does.
      if (device.part === 'bed') device.consents.clear()
    }
  })
  for (const device of devices)
    clock.after(awayMs + between(chance, 0, 500), () => change(world, 'all', () => comeBack(world, device)))
  return awayMs + 500
}

export function comeBack(world: World, device: Device): void {
  if (!device.page) device.page = loadPage(world, device)
}

/** A laptop that is closed, a tablet that dozes: its timers stop, nothing passes, and all of it goes on late. */
export function sleep(world: World, device: Device, ms: number): number {
  if (device.sleeping) return 0
  change(world, 'all', () => (device.sleeping = []))
  world.clock.after(ms, () => wake(world, device))
  return ms
}

function wake(world: World, device: Device): void {
  const late = device.sleeping ?? []
  change(world, 'all', () => (device.sleeping = null))
  for (const then of late) then()
  if (world.chance() < 0.7) tellNetwork(device, 'seen')
}

/** What was said to this device before is said again, or of another call. */
function stray(world: World, device: Device): void {
  const said = world.said.filter(({ to }) => to === device)
  if (said.length === 0) return
  const { message } = pick(world.chance, said)
  world.server.repeat(device, world.chance() < 0.3 ? { ...message, callId: 'another' } : message)
}

export type Said = { readonly to: Device; readonly message: Extract<ServerMessage, { type: 'call.signal' }> }

/** How the people of a run are: how often they call again, and whether a patient who is asked again answers. */
export type People = { readonly callsAgain: number; readonly answers: number; readonly endsIt: number }

export function peopleOf(chance: Chance): People {
  return {
    callsAgain: pick(chance, [0, 0.03]),
    answers: pick(chance, [0.25, 0.25, 0.25, 0]),
    endsIt: pick(chance, [0, 0, 0.004]),
  }
}

/** Half a second of people: whoever is there looks at the screen, and may press. */
export function press(world: World, people: People): void {
  for (const device of devicesOf(world)) whenHere(device, (page) => pressAt(world, page, people))
}

function pressAt(world: World, page: Page, people: People): void {
  const { chance, witness } = world
  const { calls, device } = page
  const state = calls.state.peek()
  const callId = callIdOf(state) ?? ''
  switch (state.type) {
    case 'ringing':
    case 'knocking':
      if (chance() < people.answers) {
        witness.pressed(callId, 'answer')
        device.consents.add(callId)
        return calls.answer()
      }
      if (chance() > people.endsIt) return
      witness.pressed(callId, 'refuse')
      return calls.refuse()
    case 'live':
    case 'reconnecting':
    case 'connecting':
    case 'calling':
      if (chance() < people.endsIt) return hangUp(world, page)
      if (chance() < 0.01) calls.setTrack(pick(chance, ['camera', 'microphone']), chance() < 0.6)
      return
    case 'idle':
    case 'ended':
      if (device.part === 'bed' || world.calm || !page.hasBoard()) return
      return chance() < people.callsAgain ? dial(world, page) : undefined
    case 'dialling':
      return
  }
}

export function dial(world: World, { device, calls }: Page): void {
  calls.dial(world.bed.party, pick(world.chance, ['ring', 'ring', 'knock']), 1)
  const callId = callIdOf(calls.state.peek())
  if (callId !== null) device.consents.add(callId)
}

export function hangUp({ witness }: World, { calls }: Page): void {
  const callId = callIdOf(calls.state.peek())
  if (callId !== null) witness.pressed(callId, 'hang up')
  calls.hangUp()
}
