/** A call as one endpoint knows it: its states, what happens to it and what is to be done; `call.ts` says what follows. */
import type { CallTable, CallView, EndReason, Signal } from '../protocol/call.ts'
import type { CallMode } from '../protocol/call-mode.ts'
import type { CallOverride } from '../protocol/call-override.ts'
import type { Party } from '../protocol/people.ts'
import type { ClientMessage } from '../protocol/wire.ts'

export type { CallMode, CallOverride, EndReason, Party }

/** A call as an endpoint knows it. `continued`: this page was reloaded in it. */
export type Call = {
  readonly callId: string
  readonly epoch: number
  readonly part: 'caller' | 'callee'
  readonly mode: CallMode
  readonly peer: Party
  readonly continued: boolean
  /** Why it comes although the patient wants to be alone, or has quiet hours. */
  readonly override?: CallOverride | undefined
  /** [ROOM-3] Others in the room sleep. */
  readonly softly?: 'yes' | undefined
  /** [TABLE-1] It is one of several of a table. */
  readonly table?: CallTable | undefined
  /** [DUTY-3] It was made to whoever has this duty, by its name. */
  readonly duty?: string | undefined
}

/** How a call is made, beside to whom. `dutyId`: to whoever has it, the peer being one of them. */
export type Manner = {
  readonly override?: CallOverride | undefined
  readonly softly?: 'yes' | undefined
  readonly dutyId?: string | undefined
  /** By the link of whoever lies in that bed (FAMILY). */
  readonly byLink?: 'yes' | undefined
}

/** Whoever waits for a visit of their own; the visit's id is theirs. */
export type Visitor = Extract<Party, { type: 'guest' }> & { readonly kind: 'visitor' }

/** Who can be rung: a guest who comes by a code is not called, a visitor is at their own page (VISIT-4). */
export type Callee = Exclude<Party, { type: 'guest' }> | Visitor

export type CameraState = 'opening' | 'open'

/** `arriving`: the peer's picture comes on the warm link, and the news of the answer has not come yet. */
export type EarlyPicture = 'none' | 'arriving'

/** [CALL-16] `asked`: both sides see "Still talking?". */
export type StillTalking = 'talking' | 'asked'

/** A patient, at a bed or at a visit: whoever else is at a table is there for them. */
export function isPatient(party: Party): boolean {
  return party.type === 'bed' || isVisitor(party)
}

export function isVisitor(party: Party): party is Visitor {
  return party.type === 'guest' && party.kind === 'visitor'
}

/** What a screen is doing about a call. */
export type Moment =
  | { readonly type: 'idle' }
  | {
      readonly type: 'dialling'
      readonly callId: string
      readonly peer: Party
      readonly mode: CallMode
      readonly camera: CameraState
    }
  | {
      readonly type: 'calling'
      readonly call: Call
      readonly camera: CameraState
      readonly picture: EarlyPicture
    }
  | { readonly type: 'ringing'; readonly call: Call; readonly picture: EarlyPicture }
  | { readonly type: 'knocking'; readonly call: Call; readonly picture: EarlyPicture }
  | {
      readonly type: 'connecting'
      readonly call: Call
      readonly camera: CameraState
      readonly accepted: boolean
      readonly picture: EarlyPicture
    }
  | {
      readonly type: 'live'
      readonly call: Call
      readonly camera: CameraState
      readonly still: StillTalking
    }
  | {
      readonly type: 'reconnecting'
      readonly call: Call
      readonly camera: CameraState
      readonly still: StillTalking
      /** How often another way was looked for since it stalled, or since something changed. */
      readonly restarts: number
    }
  | {
      readonly type: 'ended'
      readonly callId: string
      readonly part: 'caller' | 'callee'
      readonly peer: Party
      readonly reason: EndReason
      readonly by: 'me' | 'peer' | 'server'
    }

/** `over`: the calls this page has seen the end of. A late report of one of them revives nothing (CALL-2). */
export type CallState = Moment & { readonly over: readonly string[] }

/** What the callee's device allows (HZ-3): asked at the device, at the moment of the ring, never of the caller. */
export type AnswerPolicy = {
  readonly knock: boolean
  /** Whether a knock that overrides quiet hours knocks. */
  readonly overriddenKnock: boolean
  readonly privacy: boolean
  readonly away: boolean
  /** Whoever lies here is spoken to at the bed only: no call is put through. */
  readonly inPerson: boolean
  /** A knock nobody can hear is no knock: it becomes a ring. */
  readonly audible: boolean
  /** The admission epoch of this tablet's bed; null at a station. */
  readonly stay: number | null
  /** [TABLE-5] There where somebody without a bed is asked again after a reload: an outpatient. */
  readonly afterReload?: 'asks'
}

/** Ends of a call in which somebody was talked to. */
export const talkedReasons: readonly EndReason[] = ['hung-up', 'connection-lost', 'forgotten']

/** A station never lets itself be knocked at, and has neither curtain nor absence. */
export const ringOnly: AnswerPolicy = {
  knock: false,
  overriddenKnock: false,
  privacy: false,
  away: false,
  inPerson: false,
  audible: true,
  stay: null,
}

export type CallTimer =
  | 'invite'
  | 'ring'
  | 'knock'
  | 'relink'
  | 'restart'
  | 'connect'
  | 'reconnect'
  | 'untouched'
  | 'unanswered'

export type CallEvent =
  // the person
  | ({
      readonly type: 'dialled'
      readonly callId: string
      readonly peer: Callee
      readonly mode: CallMode
      /** The admission epoch of the bed in the call, as this screen shows it; null between two of staff. */
      readonly stay: number | null
      readonly expiresAtMs: number
      /** The call that the peer is asked to come to. */
      readonly tableId?: string | undefined
    } & Manner)
  | { readonly type: 'answered' }
  | { readonly type: 'refused' }
  /** The patient wants to be alone. */
  | { readonly type: 'curtainDrawn' }
  | { readonly type: 'hungUp' }
  /** Somebody is there: a touch or a key at a station. */
  | { readonly type: 'touched' }
  /** *Yes* to "Still talking?". */
  | { readonly type: 'stillTalking' }
  | { readonly type: 'signedOut' }
  | { readonly type: 'dismissed' }
  // the server
  | { readonly type: 'reported'; readonly call: CallView; readonly policy: AnswerPolicy }
  | { readonly type: 'restored'; readonly call: CallView; readonly policy: AnswerPolicy }
  /** Somebody comes to the table that this screen sits at, or it comes to theirs (TABLE-2). */
  | { readonly type: 'seated'; readonly call: CallView; readonly policy: AnswerPolicy }
  /** This screen took it over from another of the same person (CALL-19). */
  | { readonly type: 'taken'; readonly call: CallView }
  | {
      readonly type: 'glared'
      readonly callId: string
      readonly call: CallView
      readonly policy: AnswerPolicy
    }
  | {
      readonly type: 'serverEnded'
      readonly callId: string
      readonly reason: EndReason
      readonly by: 'me' | 'peer' | 'server'
    }
  | { readonly type: 'signalled'; readonly callId: string; readonly epoch: number; readonly signal: Signal }
  // the world
  | { readonly type: 'cameraOpened'; readonly callId: string }
  | { readonly type: 'cameraFailed'; readonly callId: string; readonly failure: 'denied' | 'unavailable' }
  | { readonly type: 'linkUp'; readonly callId: string; readonly epoch: number }
  | { readonly type: 'linkStalled'; readonly callId: string; readonly epoch: number }
  /** `network`: another one, or again one. `server`: it is heard again. `seen`: the page is looked at again. */
  | { readonly type: 'wayChanged'; readonly what: 'network' | 'server' | 'seen' }
  | { readonly type: 'verificationFailed'; readonly callId: string }
  | { readonly type: 'timeElapsed'; readonly callId: string; readonly timer: CallTimer }

export type CallEffect =
  | { readonly type: 'send'; readonly message: ClientMessage }
  | { readonly type: 'openCamera'; readonly callId: string }
  | {
      readonly type: 'openLink'
      readonly callId: string
      readonly epoch: number
      readonly initiator: boolean
    }
  /** Looks for another way between the same two ends; the present one stays until one is found. */
  | { readonly type: 'restartLink'; readonly callId: string; readonly epoch: number }
  /** What leaves by this link from now on, once it is verified; a caller's `picture` while it rings, without sound. */
  | {
      readonly type: 'attach'
      readonly callId: string
      readonly epoch: number
      readonly tracks: 'picture' | 'all'
    }
  /** From now on, and on every link of this call, the peer is shown and heard. */
  | { readonly type: 'present'; readonly callId: string }
  | { readonly type: 'applySignal'; readonly callId: string; readonly epoch: number; readonly signal: Signal }
  /** Stops every local track and closes the link, whatever their state (HZ-2). */
  | { readonly type: 'releaseMedia' }
  | { readonly type: 'sound'; readonly sound: 'ring' | 'knock' | 'ringback' | 'none' }
  | { readonly type: 'startTimer'; readonly callId: string; readonly timer: CallTimer; readonly ms: number }
  | { readonly type: 'stopTimer'; readonly timer: CallTimer }
  | { readonly type: 'stopTimers' }
  | { readonly type: 'log'; readonly ignored: CallEvent['type']; readonly in: CallState['type'] }

export type Step = { readonly state: CallState; readonly effects: readonly CallEffect[] }

export const idle: CallState = { type: 'idle', over: [] }

/** How much longer than the server an endpoint waits before it gives up by itself, for when the server is gone. */
export const graceMs = 5_000

export function callIdOf(state: Moment): string | null {
  switch (state.type) {
    case 'idle':
      return null
    case 'dialling':
    case 'ended':
      return state.callId
    default:
      return state.call.callId
  }
}

/**
 * [CALL-9] The calls a reconnecting page tells the server it is in. Epoch 0: invited, but not yet told that it rings,
 * so a server that does not know the call must wait for the invitation.
 */
export function claimsOf(state: Moment): { callId: string; epoch: number }[] {
  if (state.type === 'dialling') return [{ callId: state.callId, epoch: 0 }]
  return 'call' in state ? [{ callId: state.call.callId, epoch: state.call.epoch }] : []
}
