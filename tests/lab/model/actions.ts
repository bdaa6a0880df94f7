/** What people and misfortune do to the model, one numbered act at a time, so that a failing run can be cut short. */
import { callIdOf } from '../../../src/core/call-state.ts'
import type { CallMode } from '../../../src/protocol/call-mode.ts'
import { between, type Chance, mulberry32, pick, pickWeighted } from '../prng.ts'
import { look, remoteOf } from './link.ts'
import { loadPage, type Page } from './page.ts'
import { type Device, isOn, type World } from './world.ts'

type Act =
  | 'press'
  | 'policy'
  | 'cut'
  | 'reload'
  | 'duplicate'
  | 'rebind'
  | 'power'
  | 'close'
  | 'kill'
  | 'stall'
  | 'unplug'
  | 'forge'
  | 'move'

/** `salt` seeds everything random that follows from this act, so that leaving out another act disturbs it little. */
export type Action = {
  readonly act: Act
  readonly who: number
  readonly salt: number
  readonly waitMs: number
}

type Weights = Readonly<Record<Act, number>>

/** People only. */
const still: Weights = {
  press: 90,
  policy: 6,
  cut: 0,
  reload: 0,
  duplicate: 0,
  rebind: 0,
  power: 0,
  close: 0,
  kill: 0,
  stall: 0,
  unplug: 1,
  forge: 1,
  // Patients stay where they are unless `withMoves` says otherwise: the seeds that are kept must tell what they told.
  move: 0,
}
const shaky: Weights = { ...still, press: 76, policy: 4, cut: 8, reload: 3, power: 1, kill: 2, stall: 6 }
/** Everything at once. */
const wild: Weights = {
  press: 50,
  policy: 4,
  cut: 12,
  reload: 9,
  duplicate: 2,
  rebind: 1,
  power: 4,
  close: 2,
  kill: 7,
  stall: 7,
  unplug: 1,
  forge: 1,
  move: 0,
}
const days: readonly Weights[] = [still, shaky, wild]

function waitMs(chance: Chance): number {
  const luck = chance()
  if (luck < 0.35) return between(chance, 0, 60)
  if (luck < 0.7) return between(chance, 60, 1_500)
  return luck < 0.92 ? between(chance, 1_500, 9_000) : between(chance, 9_000, 45_000)
}

/** The sequence of one seed: 20 to 60 acts. */
export function actionsOf(seed: number): Action[] {
  const chance = mulberry32(seed)
  const weights = pick(chance, days)
  const length = between(chance, 20, 60)
  return Array.from({ length }, () => ({
    act: pickWeighted(chance, weights),
    who: between(chance, 0, 99),
    salt: Math.floor(chance() * 2 ** 32),
    waitMs: waitMs(chance),
  }))
}

/** The same with a patient moved now and then: at once after something was pressed, or while nothing happens. */
export function withMoves(actions: readonly Action[]): Action[] {
  return actions.flatMap((action) => {
    if (action.salt % 3 !== 0) return [action]
    return [action, { ...action, act: 'move' as const, waitMs: action.salt % 2_000 }]
  })
}

/** Does one act; whatever it finds impossible it leaves alone. */
export function perform(world: World, { act, who, salt }: Action): void {
  world.chance = mulberry32(salt)
  const device = world.devices[who % world.devices.length]
  if (!device) return
  world.note(() => `-- ${act} ${device.endpoint}`)
  switch (act) {
    case 'press':
      return press(world, device)
    case 'policy':
      return changePolicy(world, device)
    case 'cut':
      return cut(world, device)
    case 'reload':
      return reload(world, device, true)
    case 'duplicate':
      return duplicate(world, device)
    case 'rebind':
      return rebind(world, device)
    case 'power':
      return reload(world, device, false)
    case 'close':
      return closeForGood(world, device)
    case 'kill':
      return kill(world)
    case 'stall':
      return stall(world, device)
    case 'unplug':
      return device.page ? unplug(device.page) : undefined
    case 'move': {
      const beds = world.devices.filter(({ party }) => party.type === 'bed')
      const bed = beds[who % beds.length]
      return bed && world.server.move(bed)
    }
    case 'forge': {
      const callId = device.page && callIdOf(device.page.state())
      return callId ? device.page?.dispatch({ type: 'verificationFailed', callId }) : undefined
    }
  }
}

const buttons = {
  idle: { dial: 80, answer: 2, refuse: 2, hangUp: 2, dismiss: 4, signOut: 1, nothing: 0 },
  dialling: { dial: 4, answer: 2, refuse: 2, hangUp: 30, dismiss: 4, signOut: 2, nothing: 50 },
  calling: { dial: 4, answer: 2, refuse: 2, hangUp: 20, dismiss: 4, signOut: 2, nothing: 60 },
  ringing: { dial: 3, answer: 55, refuse: 14, hangUp: 3, dismiss: 3, signOut: 2, nothing: 20 },
  knocking: { dial: 3, answer: 15, refuse: 14, hangUp: 3, dismiss: 3, signOut: 2, nothing: 60 },
  connecting: { dial: 4, answer: 3, refuse: 3, hangUp: 12, dismiss: 3, signOut: 1, nothing: 70 },
  live: { dial: 4, answer: 3, refuse: 3, hangUp: 14, dismiss: 3, signOut: 2, nothing: 70 },
  reconnecting: { dial: 4, answer: 3, refuse: 3, hangUp: 12, dismiss: 3, signOut: 1, nothing: 70 },
  ended: { dial: 50, answer: 3, refuse: 3, hangUp: 3, dismiss: 40, signOut: 1, nothing: 0 },
}

function press(world: World, device: Device): void {
  const { page } = device
  if (!page) return
  const button = pickWeighted(world.chance, buttons[page.state().type])
  switch (button) {
    case 'dial':
      return dial(world, device, page)
    case 'answer':
      return page.dispatch({ type: 'answered' })
    case 'refuse':
      return page.dispatch({ type: 'refused' })
    case 'hangUp':
      return page.dispatch({ type: 'hungUp' })
    case 'dismiss':
      return page.dispatch({ type: 'dismissed' })
    case 'signOut':
      return signOut(world, device, page)
    case 'nothing':
      return
  }
}

function dial(world: World, device: Device, page: Page): void {
  if (!page.session.hasBoard()) return
  const others = world.devices.filter(
    (other) => other !== device && (device.party.type === 'staff' || other.party.type === 'staff'),
  )
  const beds = others.filter((other) => other.party.type === 'bed')
  const to = pick(world.chance, beds.length > 0 && world.chance() < 0.8 ? beds : others)
  const mode: CallMode = world.chance() < 0.4 ? 'knock' : 'ring'
  if (to.party.type === 'guest') return
  const callId = `call${world.newNumber()}`
  const stay = to.party.type === 'bed' ? to.stay : page.stay()
  const expiresAtMs = world.clock.nowMs() + world.timings.inviteMs
  page.dispatch({ type: 'dialled', callId, peer: to.party, mode, stay, expiresAtMs })
}

/** Leaves whatever call there is; the page closes its session and is signed in again after a while. */
function signOut(world: World, device: Device, page: Page): void {
  page.dispatch({ type: 'signedOut' })
  if (device.party.type === 'staff') reload(world, device, true)
}

function changePolicy(world: World, device: Device): void {
  if (device.party.type !== 'bed') return
  const { chance } = world
  device.policy = {
    knock: chance() < 0.6,
    privacy: chance() < 0.15,
    away: chance() < 0.1,
    inPerson: chance() < 0.1,
    overriddenKnock: false,
    audible: chance() < 0.8,
    stay: null,
  }
  if (device.policy.privacy) device.page?.dispatch({ type: 'curtainDrawn' })
}

function cut(world: World, device: Device): void {
  const connection = device.page?.session.loseSocket(between(world.chance, 0, 12_000))
  if (connection) world.clock.after(between(world.chance, 0, 12_000), () => world.server.lose(connection))
}

/** The page is gone and comes back empty-handed; `polite`: its browser said goodbye to the server. */
function reload(world: World, device: Device, polite: boolean): void {
  const { page } = device
  if (!page) return
  page.unload(polite)
  device.page = null
  world.count('reloads')
  const awayMs = polite ? between(world.chance, 100, 2_500) : between(world.chance, 1_000, 100_000)
  if (!polite) world.clock.after(between(world.chance, 5_000, 12_000), () => world.server.loseAll(page))
  world.clock.after(awayMs, () => comeBack(world, device))
}

export function comeBack(world: World, device: Device): void {
  if (!device.page && !device.gone && !device.unbound) device.page = loadPage(world, device)
}

/** A second page of the same tab: browsers copy a tab's id along with it. */
function duplicate(world: World, device: Device): void {
  if (device.party.type !== 'staff' || !device.page || device.gone) return
  device.duplicated = true
  device.page = loadPage(world, device)
}

/** Another tablet takes the bed; the old one learns of it when it is told, or when it comes back. */
function rebind(world: World, device: Device): void {
  if (device.party.type !== 'bed' || device.unbound || !world.server.isUp()) return
  device.unbound = true
  device.page = null
  device.dialled = new Set()
  enrol(world, device)
}

function enrol(world: World, device: Device): void {
  const enrolled = world.server.unbind(device)
  if (enrolled) device.unbound = false
  world.clock.after(between(world.chance, 500, 20_000), () => (enrolled ? comeBack : enrol)(world, device))
}

function closeForGood(world: World, device: Device): void {
  reload(world, device, world.chance() < 0.5)
  device.gone = true
}

function kill(world: World): void {
  world.server.kill(world.chance() < 0.4 ? 0 : between(world.chance, 1, 6))
  const downMs =
    world.chance() < 0.8 ? between(world.chance, 100, 8_000) : between(world.chance, 8_000, 120_000)
  world.clock.after(downMs, () => world.server.restart())
}

/** Pictures stop passing to and from this screen, for a second or for good. */
function stall(world: World, device: Device): void {
  setMedia(world, device, false)
  const ms =
    world.chance() < 0.7 ? between(world.chance, 500, 20_000) : between(world.chance, 20_000, 120_000)
  world.clock.after(ms, () => setMedia(world, device, true))
}

export function setMedia(world: World, device: Device, passes: boolean): void {
  device.mediaDown = !passes
  const link = device.page?.link()
  if (!link) return
  const remote = remoteOf(world, link)
  look(world, link)
  if (remote) look(world, remote)
}

function unplug(page: Page): void {
  const stream = page.streams()[0]
  if (stream) page.dispatch({ type: 'cameraFailed', callId: stream.callId, failure: 'unavailable' })
}

/** One second of the calm at the end: whoever is live hangs up sooner or later, and nothing else is pressed. */
export function calmSecond(world: World): void {
  for (const page of world.pages) {
    if (page.state().type === 'live' && world.chance() < 0.2) page.dispatch({ type: 'hungUp' })
  }
  world.clock.advance(1_000)
}

export function isQuiet(world: World): boolean {
  const off = world.pages.every((page) => page.dead || (!isOn(page.state()) && page.session.isSettled()))
  return off && world.inFlight === 0 && world.server.isUp() && world.server.board().calls.size === 0
}
