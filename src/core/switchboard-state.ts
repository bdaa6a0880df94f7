/** The calls of a ward as the server holds them: what it knows, what happens, and what is to be done; `switchboard.ts` decides. */
import type { CallTable, EndReason } from '../protocol/call.ts'
import type { CallMode } from '../protocol/call-mode.ts'
import type { CallOverride } from '../protocol/call-override.ts'
import type { Party, StaffParty, Stay } from '../protocol/people.ts'
import { Roll } from './roll.ts'

/** One connected screen: `bed:BED` or `tab:STAFF:TAB`. A bed has one, a member of staff as many as they have open. */
export type EndpointId = string

/** Whom a call by a duty rings: whoever has it, until one of them answers (DUTY-3). */
export type RungDuty = {
  readonly dutyId: string
  readonly name: string
  readonly holders: readonly StaffParty[]
}

/** A call that is going on. Ended ones live in the ledger only. */
export type ServerCall = {
  readonly callId: string
  readonly epoch: number
  readonly phase: 'ringing' | 'accepted'
  readonly mode: CallMode
  readonly callerEndpoint: EndpointId
  readonly caller: Party
  /** Of several who have a duty one of them, until the one who answers is known. */
  readonly callee: Party
  /** Who lay in the bed that is in it when it began; null between two of staff. */
  readonly stay: Stay | null
  /** Known once answered: first answer wins. */
  readonly calleeEndpoint: EndpointId | null
  readonly ringUntilMs: number
  /** Why it was made although the patient wants to be alone. */
  readonly override?: CallOverride | undefined
  readonly softly?: 'yes' | undefined
  /** [TABLE-1] It is one of several of a table. */
  readonly table?: CallTable | undefined
  /** [DUTY-3] It was made to whoever has this duty. */
  readonly duty?: RungDuty | undefined
  /** It began before this server did: screens that it rings may not be back yet. */
  readonly takenUp?: 'yes' | undefined
}

export type Connection = {
  readonly party: Party
  readonly claims: readonly { callId: string; epoch: number }[]
}

export type Switchboard = {
  readonly calls: ReadonlyMap<string, ServerCall>
  /** Who is connected. */
  readonly endpoints: Roll
  /** [SWITCH-8] Screens that lost their socket while a call rang for them, until it rings no more. */
  readonly away: ReadonlyMap<EndpointId, Party>
}

export type SwitchboardEvent =
  | { readonly type: 'connected'; readonly endpoint: EndpointId; readonly connection: Connection }
  | { readonly type: 'disconnected'; readonly endpoint: EndpointId }
  | {
      readonly type: 'invited'
      readonly from: EndpointId
      readonly callId: string
      readonly to: Party
      readonly mode: CallMode
      /** Who lies in the bed that is in it, and the epoch that the caller says it saw there. */
      readonly stay: Stay | null
      readonly seenEpoch: number | null
      readonly override?: CallOverride | undefined
      readonly softly?: 'yes' | undefined
      /** The call that the callee is asked to come to. */
      readonly tableId?: string | undefined
      /** It is for whoever has this duty; `to` is one of them. */
      readonly duty?: RungDuty | undefined
      readonly nowMs: number
      readonly expiresAtMs: number
      /** What the bed's tablet last said of its curtain; `open` to a member of staff. */
      readonly door: 'open' | 'privacy'
      /** The ledger already holds this call as ended: a repeat, which must not ring again. */
      readonly isPast: boolean
    }
  /** Whoever `by` asked has come to the table and was vouched for (TABLE-4). */
  | {
      readonly type: 'seated'
      readonly tableId: string
      readonly callId: string
      readonly by: Party
      readonly endpoint: EndpointId
      readonly party: Party
      readonly nowMs: number
    }
  | { readonly type: 'accepted'; readonly from: EndpointId; readonly callId: string }
  | { readonly type: 'ended'; readonly from: EndpointId; readonly callId: string; readonly reason: EndReason }
  | { readonly type: 'taken'; readonly from: EndpointId; readonly callId: string }
  | { readonly type: 'relinked'; readonly from: EndpointId; readonly callId: string; readonly epoch: number }
  /** The party is no longer who it was: a tablet re-bound or revoked. */
  | { readonly type: 'removed'; readonly endpoint: EndpointId }
  /** Somebody else lies in this bed from now on, or nobody. */
  | { readonly type: 'stayChanged'; readonly bedId: string; readonly stay: Stay }
  | { readonly type: 'timeElapsed'; readonly callId: string; readonly timer: SwitchboardTimer }

/** `abandoned`: neither side of an answered call is connected, so nobody can say that it goes on. */
export type SwitchboardTimer = 'ring' | 'return' | 'abandoned'

export type SwitchboardEffect =
  /** Must be durable before any effect after it is carried out. */
  | { readonly type: 'recordOpen'; readonly call: ServerCall }
  | {
      readonly type: 'recordEnd'
      readonly call: ServerCall
      readonly reason: EndReason
      readonly by: 'caller' | 'callee' | 'server'
    }
  /** One of several who have a duty will not answer; it goes on ringing at the others. */
  | { readonly type: 'recordDeclined'; readonly call: ServerCall; readonly by: Party }
  | { readonly type: 'report'; readonly to: EndpointId; readonly call: ServerCall }
  | {
      readonly type: 'tellEnded'
      readonly to: EndpointId
      readonly callId: string
      readonly reason: EndReason
      readonly by: 'me' | 'peer' | 'server'
    }
  | {
      readonly type: 'tellGlare'
      readonly to: EndpointId
      readonly callId: string
      readonly call: ServerCall
    }
  /** The call is not going on: tell the asker how it ended, from the ledger. */
  | { readonly type: 'tellPast'; readonly to: EndpointId; readonly callId: string }
  | {
      readonly type: 'startTimer'
      readonly callId: string
      readonly timer: SwitchboardTimer
      readonly ms: number
    }
  | { readonly type: 'stopTimer'; readonly callId: string; readonly timer: SwitchboardTimer }

export type Decision = { readonly board: Switchboard; readonly effects: readonly SwitchboardEffect[] }

export const emptySwitchboard: Switchboard = { calls: new Map(), endpoints: Roll.empty, away: new Map() }
