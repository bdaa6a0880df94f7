/** Everything the model's parts share: time, chance, the people and their devices, the ledger, what has been promised. */

import type { step } from '../../../src/core/call.ts'
import type { AnswerPolicy, CallEvent, CallState } from '../../../src/core/call-state.ts'
import { ringOnly } from '../../../src/core/call-state.ts'
import type { decide } from '../../../src/core/switchboard.ts'
import { bedEndpoint, tabEndpoint } from '../../../src/core/switchboard-parties.ts'
import type { EndpointId, ServerCall } from '../../../src/core/switchboard-state.ts'
import type { EndReason } from '../../../src/protocol/call.ts'
import type { Party } from '../../../src/protocol/people.ts'
import type { Timings } from '../../../src/protocol/wire.ts'
import type { Chance } from '../prng.ts'
import type { VirtualClock } from './clock.ts'
import type { Link } from './link.ts'
import type { Page } from './page.ts'
import type { ModelServer } from './server.ts'

/** What is under test. The mutants replace one of the two by a broken one. */
export type Rules = { readonly step: typeof step; readonly decide: typeof decide }

/** A screen that outlives its pages: a tablet, or a browser tab. */
export type Device = {
  readonly endpoint: EndpointId
  readonly party: Party
  /** What the device allows; a tab's never changes. */
  policy: AnswerPolicy
  /** The page that was welcomed or loaded last. */
  page: Page | null
  /** Counts the tablets this bed has had; a page of an earlier one is not let in. */
  binding: number
  /** Two pages of this tab have lived at once; each may know a call that the other does not. */
  duplicated: boolean
  /** No tablet is enrolled here at the moment. */
  unbound: boolean
  /** Closed for good, or broken: it does not come back. */
  gone: boolean
  mediaDown: boolean
  /** The admission epoch of this bed, as the database has it; null at a station. */
  stay: number | null
  /** Calls this very tablet or tab placed, over all its pages: a reload may come back to these only. */
  dialled: Set<string>
}

/** A row of the ledger: what survives a kill -9. */
export type LedgerRow = {
  call: ServerCall
  wasAccepted: boolean
  end: { readonly reason: EndReason; readonly by: 'caller' | 'callee' | 'server' } | null
}

/** How a page saw a call end; `told`: by the server, otherwise by itself. */
export type Ending = {
  readonly callId: string
  readonly device: Device
  readonly reason: EndReason
  readonly by: 'me' | 'peer' | 'server'
  readonly told: boolean
}

export type Counts = Record<string, number>

export type World = {
  readonly rules: Rules
  readonly timings: Timings
  readonly clock: VirtualClock
  readonly devices: readonly Device[]
  /** Every page that was ever loaded; a duplicated tab is two living pages of one screen for a while. */
  readonly pages: Page[]
  readonly ledger: Map<string, LedgerRow>
  readonly links: Map<number, Link>
  readonly endings: Ending[]
  /** Frames under way; zero means that everyone has heard everything. */
  inFlight: number
  /** Faults have stopped and nobody presses anything any more. */
  calm: boolean
  chance: Chance
  server: ModelServer
  /** Makes ids that are the same in every rerun. */
  newNumber(): number
  count(what: string): void
  note(line: () => string): void
  fail(rule: string, detail: string): never
}

/** A broken promise: `rule` is stable, so that shrinking can look for the same one. */
export class Violation extends Error {
  readonly rule: string
  readonly detail: string
  constructor(rule: string, detail: string) {
    super(`${rule}: ${detail}`)
    this.rule = rule
    this.detail = detail
  }
}

const willing: AnswerPolicy = {
  knock: true,
  privacy: false,
  away: false,
  inPerson: false,
  overriddenKnock: false,
  audible: true,
  stay: null,
}

function device(endpoint: EndpointId, party: Party, policy: AnswerPolicy): Device {
  return {
    endpoint,
    party,
    policy,
    page: null,
    binding: 0,
    unbound: false,
    duplicated: false,
    gone: false,
    mediaDown: false,
    stay: party.type === 'bed' ? 1 : null,
    dialled: new Set(),
  }
}

function nurse(staffId: string, name: string, tabId: string): Device {
  return device(tabEndpoint(staffId, tabId), { type: 'staff', staffId, name, role: 'nurse' }, ringOnly)
}

function bed(label: string, policy: AnswerPolicy): Device {
  return device(bedEndpoint(label), { type: 'bed', bedId: label, label, ward: 'Ward' }, policy)
}

/** Two beds, one of which may be knocked at, and three stations of which two are tabs of one nurse. */
export function newDevices(): Device[] {
  return [
    nurse('anna', 'Anna', 'a1'),
    nurse('anna', 'Anna', 'a2'),
    nurse('ben', 'Ben', 'b1'),
    bed('1', ringOnly),
    bed('2', willing),
  ]
}

export function isOn(state: CallState): boolean {
  return state.type !== 'idle' && state.type !== 'ended'
}

export type { CallEvent, CallState }
