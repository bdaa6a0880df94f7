/** A station, a bed and what lies between them: time, chance, what is in the way now, and what has been promised. */
import type { decide } from '../../../src/core/switchboard.ts'
import { bedEndpoint, tabEndpoint } from '../../../src/core/switchboard-parties.ts'
import type { EndpointId } from '../../../src/core/switchboard-state.ts'
import type { BedParty, StaffParty } from '../../../src/protocol/people.ts'
import type { Clock, MediaPort, SocketPort } from '../../../src/state/ports.ts'
import { anna, bedOne } from '../../fakes/ports.ts'
import type { VirtualClock } from '../model/clock.ts'
import type { Chance } from '../prng.ts'
import type { Said } from './acts.ts'
import type { End, Pair } from './air.ts'
import type { Checks } from './checks.ts'
import type { Page } from './page.ts'
import type { CallRecord } from './record.ts'
import type { FaultyServer } from './server.ts'
import type { Witness } from './witness.ts'

/** What is under test. The mutants break one of them. */
export type Rules = {
  readonly decide: typeof decide
  readonly media: (port: MediaPort) => MediaPort
  readonly socket: (port: SocketPort) => SocketPort
  readonly clock: (clock: Clock) => Clock
  /** Whether an offer or an answer that was taken already, or is none of this attempt, is taken by a link. */
  readonly stale: 'dropped' | 'taken'
}

/** `radio`: nothing passes to or from it. `server`: nothing between it and the server. `slow`: seconds to the server. */
export type Block = 'radio' | 'server' | 'slow' | 'doubled'

/** A screen that outlives its pages. */
export type Device = {
  readonly part: 'station' | 'bed'
  readonly endpoint: EndpointId
  readonly party: StaffParty | BedParty
  /** How many faults of each kind hold now. */
  readonly blocks: { [block in Block]: number }
  /** Where it is in the network; a link and a socket of another address carry nothing. */
  address: number
  /** What waits until a laptop that sleeps is awake again; null: it is awake. */
  sleeping: (() => void)[] | null
  /** How wrong its wall clock is. */
  aheadMs: number
  /** The calls it is done with, kept over a reload. */
  over: readonly string[]
  /** Calls to which somebody here said yes, and which this screen dialled. */
  readonly consents: Set<string>
  page: Page | null
}

export type Counts = { [what: string]: number }

export type World = {
  readonly rules: Rules
  readonly clock: VirtualClock
  readonly station: Device
  readonly bed: Device
  readonly record: CallRecord
  readonly ends: Map<number, End>
  readonly pairs: Set<Pair>
  /** `ways`: whether media may do without the relay. `kept`: where the two cannot reach each other by themselves. */
  readonly relay: { up: boolean; run: number; readonly ways: 'all' | 'relay'; keptApart: number }
  readonly witness: Witness
  readonly checks: Checks
  server: FaultyServer
  /** Signals that were passed on, the last of them. */
  said: readonly Said[]
  /** The tablet's browser makes black pictures ahead of the first real one. */
  readonly warms: boolean
  chance: Chance
  /** Faults have stopped. */
  calm: boolean
  newNumber(): number
  count(what: string): void
  note(line: () => string): void
  fail(rule: string, detail: string): never
}

/** A broken promise. */
export class Violation extends Error {
  readonly rule: string
  constructor(rule: string, detail: string) {
    super(`${rule}: ${detail}`)
    this.rule = rule
  }
}

function device(part: Device['part'], endpoint: EndpointId, party: Device['party']): Device {
  return {
    ...{ part, endpoint, party, address: 1, sleeping: null, aheadMs: 0, over: [], page: null },
    blocks: { radio: 0, server: 0, slow: 0, doubled: 0 },
    consents: new Set(),
  }
}

export function newDevices(): { station: Device; bed: Device } {
  return {
    station: device('station', tabEndpoint(anna.staffId, 'tab-1'), anna),
    bed: device('bed', bedEndpoint(bedOne.bedId), bedOne),
  }
}

export function devicesOf({ station, bed }: Pick<World, 'station' | 'bed'>): readonly Device[] {
  return [station, bed]
}

/** Whether packets pass to and from this device at all. */
export function isOnAir({ blocks, sleeping }: Device): boolean {
  return blocks.radio === 0 && sleeping === null
}

export function reachesServer(device: Device): boolean {
  return isOnAir(device) && device.blocks.server === 0
}

/** Now, or as soon as it is awake. */
export function whenAwake({ sleeping }: Device, then: () => void): void {
  if (sleeping) sleeping.push(then)
  else then()
}
