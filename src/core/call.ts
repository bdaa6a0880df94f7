/**
 * The life of a call at one endpoint, station or bed, as one pure function.
 *
 *            dialled                    reported                    reported(accepted)
 *   idle ───────────────▶ dialling ───────────────▶ calling ─────────────────────────┐
 *    │                                                                               ▼   linkUp
 *    │ reported(ringing)            answered │ knock counted down             connecting ───────▶ live
 *    └────────────────▶ ringing | knocking ──────────────────────────────────────────▲          │  ▲
 *                                                                                     stalled,   ▼  │ linkUp
 *   from everywhere: ended(reason) ──dismissed──▶ idle                               epoch + 1   reconnecting
 *
 * Rules are numbered in SPEC.md. Time, ids and chance arrive in events; what must happen leaves as effects.
 */
import type { CallMode, CallView, ClaimableReason, EndReason, Signal } from '../protocol/call.ts'
import type { Party } from '../protocol/people.ts'
import type { ClientMessage, Timings } from '../protocol/wire.ts'

export type { CallMode, EndReason, Party }

/** A call as an endpoint knows it. `continued`: this page was reloaded in it. */
export type Call = {
  readonly callId: string
  readonly epoch: number
  readonly part: 'caller' | 'callee'
  readonly mode: CallMode
  readonly peer: Party
  readonly continued: boolean
}

export type CameraState = 'opening' | 'open'

/** `arriving`: the peer's picture comes on the warm link, and the news of the answer has not come yet. */
export type EarlyPicture = 'none' | 'arriving'

/** What a screen is doing about a call. */
type Moment =
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
  | { readonly type: 'live'; readonly call: Call; readonly camera: CameraState }
  | { readonly type: 'reconnecting'; readonly call: Call; readonly camera: CameraState }
  | {
      readonly type: 'ended'
      readonly callId: string
      readonly peer: Party
      readonly reason: EndReason
      readonly by: 'me' | 'peer' | 'server'
    }

/** `over`: the calls this page has seen the end of. A late report of one of them revives nothing (CALL-2). */
export type CallState = Moment & { readonly over: readonly string[] }

/** What the callee's device allows (HZ-3): asked at the device, at the moment of the ring, never of the caller. */
export type AnswerPolicy = {
  readonly knock: boolean
  readonly privacy: boolean
  readonly away: boolean
  /** A knock nobody can hear is no knock: it becomes a ring. */
  readonly audible: boolean
  /** The admission epoch of this tablet's bed; null at a station. */
  readonly stay: number | null
}

/** A station never lets itself be knocked at, and has neither curtain nor absence. */
export const ringOnly: AnswerPolicy = { knock: false, privacy: false, away: false, audible: true, stay: null }

export type CallTimer = 'invite' | 'ring' | 'knock' | 'relink' | 'connect' | 'reconnect'

export type CallEvent =
  // the person
  | {
      readonly type: 'dialled'
      readonly callId: string
      readonly peer: Party
      readonly mode: CallMode
      /** The admission epoch of the bed in the call, as this screen shows it; null between two of staff. */
      readonly stay: number | null
      readonly expiresAtMs: number
    }
  | { readonly type: 'answered' }
  | { readonly type: 'refused' }
  | { readonly type: 'hungUp' }
  | { readonly type: 'signedOut' }
  | { readonly type: 'dismissed' }
  // the server
  | { readonly type: 'reported'; readonly call: CallView; readonly policy: AnswerPolicy }
  | { readonly type: 'restored'; readonly call: CallView; readonly policy: AnswerPolicy }
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
  | { readonly type: 'stopTimers' }
  | { readonly type: 'log'; readonly ignored: CallEvent['type']; readonly in: CallState['type'] }

export type Step = { readonly state: CallState; readonly effects: readonly CallEffect[] }

export const idle: CallState = { type: 'idle', over: [] }

/** Late reports concern the last few calls; a page that lives for weeks need not remember them all. */
const remembered = 64

/** How much longer than the server an endpoint waits before it gives up by itself, for when the server is gone. */
export const graceMs = 5_000

type Turn = { readonly state: Moment; readonly effects: readonly CallEffect[] }
type InCall = Extract<Moment, { call: Call }>

function send(message: ClientMessage): CallEffect {
  return { type: 'send', message }
}

function startTimer(callId: string, timer: CallTimer, ms: number): CallEffect {
  return { type: 'startTimer', callId, timer, ms }
}

function ignore(state: CallState, event: CallEvent): Turn {
  return { state, effects: [{ type: 'log', ignored: event.type, in: state.type }] }
}

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

function endedState(
  state: Exclude<Moment, { type: 'idle' }>,
  reason: EndReason,
  by: 'me' | 'peer' | 'server',
): Turn {
  const peer = 'call' in state ? state.call.peer : state.peer
  const callId = 'call' in state ? state.call.callId : state.callId
  return {
    state: { type: 'ended', callId, peer, reason, by },
    effects: [{ type: 'releaseMedia' }, { type: 'sound', sound: 'none' }, { type: 'stopTimers' }],
  }
}

/** [CALL-1] Ending is always possible, at once, and is told to the server. */
function endHere(
  state: Exclude<Moment, { type: 'idle' | 'ended' }>,
  reason: ClaimableReason,
  by: 'me' | 'server' = 'me',
): Turn {
  const ended = endedState(state, reason, by)
  const callId = 'call' in state ? state.call.callId : state.callId
  return { state: ended.state, effects: [...ended.effects, send({ type: 'call.end', callId, reason })] }
}

function callOf(view: CallView, continued: boolean): Call {
  const { callId, epoch, part, mode, peer } = view
  return { callId, epoch, part, mode, peer, continued }
}

function openLink(call: Call): CallEffect {
  return { type: 'openLink', callId: call.callId, epoch: call.epoch, initiator: call.part === 'caller' }
}

function attach({ callId, epoch }: Call, tracks: 'picture' | 'all' = 'all'): CallEffect {
  return { type: 'attach', callId, epoch, tracks }
}

/**
 * [CALL-5] The link of a caller that rings. Its picture is under way before the answer, so that a face is there with
 * it; only to a bed, which has one screen and keeps its link.
 */
function warm(call: Call): CallEffect[] {
  return call.peer.type === 'bed' ? [openLink(call), attach(call, 'picture')] : [openLink(call)]
}

/** [CALL-3] The device's own policy decides what an incoming call may do: nothing, ring, or knock. */
function comeIn(view: CallView, policy: AnswerPolicy, timings: Timings): Turn {
  const call = callOf(view, view.phase === 'accepted')
  const ringing = { type: 'ringing', call, picture: 'none' } as const
  // [CALL-15] Whoever lies here now is not who was called (HZ-1).
  if (policy.stay !== null && view.stay !== policy.stay) return endHere(ringing, 'left', 'server')
  if (!call.continued && policy.privacy) return endHere(ringing, 'privacy-on')
  if (!call.continued && policy.away) return endHere(ringing, 'away')
  if (view.mode === 'knock' && policy.knock && policy.audible && !call.continued) {
    return {
      state: { type: 'knocking', call, picture: 'none' },
      effects: [
        openLink(call),
        { type: 'sound', sound: 'knock' },
        startTimer(call.callId, 'knock', timings.knockMs),
        startTimer(call.callId, 'ring', view.remainingMs + graceMs),
      ],
    }
  }
  return {
    state: ringing,
    effects: [
      openLink(call),
      { type: 'sound', sound: 'ring' },
      startTimer(call.callId, 'ring', (call.continued ? timings.reconnectMs : view.remainingMs) + graceMs),
    ],
  }
}

/** [CALL-8] A reloaded caller comes back by itself; its own tap on *Call* still stands. */
function comeBack(view: CallView, timings: Timings): Turn {
  const call = callOf(view, true)
  const { callId, epoch } = call
  const effects: CallEffect[] = [{ type: 'openCamera', callId }, send({ type: 'call.relink', callId, epoch })]
  if (view.phase === 'ringing') {
    return {
      state: { type: 'calling', call, camera: 'opening', picture: 'none' },
      effects: [
        ...effects,
        { type: 'sound', sound: 'ringback' },
        startTimer(callId, 'ring', view.remainingMs + graceMs),
      ],
    }
  }
  return {
    state: { type: 'connecting', call, camera: 'opening', accepted: true, picture: 'none' },
    effects: [...effects, { type: 'present', callId }, ...connectTimers(callId, timings)],
  }
}

function connectTimers(callId: string, timings: Timings): CallEffect[] {
  return [startTimer(callId, 'connect', timings.connectMs), startTimer(callId, 'relink', timings.relinkMs)]
}

function reconnectTimers(callId: string, timings: Timings): CallEffect[] {
  return [
    startTimer(callId, 'reconnect', timings.reconnectMs),
    startTimer(callId, 'relink', timings.rebuildMs),
  ]
}

/** [CALL-4] Consent: the one place where a callee's camera starts, by touch or by a counted-down knock. */
function consent(state: Extract<Moment, { type: 'ringing' | 'knocking' }>, timings: Timings): Turn {
  const { call, picture } = state
  const { callId, epoch } = call
  return {
    state: { type: 'connecting', call, camera: 'opening', accepted: call.continued, picture },
    effects: [
      ...(call.continued ? [{ type: 'present', callId } as const] : []),
      { type: 'openCamera', callId },
      send(call.continued ? { type: 'call.relink', callId, epoch } : { type: 'call.accept', callId }),
      { type: 'sound', sound: 'none' },
      { type: 'stopTimers' },
      ...connectTimers(callId, timings),
    ],
  }
}

function dial(event: Extract<CallEvent, { type: 'dialled' }>, timings: Timings): Turn {
  const { callId, peer, mode, stay, expiresAtMs } = event
  const to =
    peer.type === 'bed'
      ? { type: 'bed' as const, bedId: peer.bedId }
      : { type: 'staff' as const, staffId: peer.staffId }
  return {
    state: { type: 'dialling', callId, peer, mode, camera: 'opening' },
    effects: [
      { type: 'openCamera', callId },
      send({ type: 'call.invite', callId, to, mode, stay, expiresAtMs }),
      startTimer(callId, 'invite', timings.inviteMs),
    ],
  }
}

/** The server's view of my call, when it is newer than mine. */
function follow(state: Exclude<Moment, { type: 'idle' | 'ended' }>, view: CallView, timings: Timings): Turn {
  if (state.type === 'dialling') return followDialling(state, view, timings)
  const call = { ...state.call, epoch: view.epoch }
  const isFresh = view.epoch > state.call.epoch
  const effects: CallEffect[] = isFresh ? freshLink({ ...state, call }) : []
  switch (state.type) {
    case 'ringing':
    case 'knocking':
      return { state: { ...state, call, picture: isFresh ? 'none' : state.picture }, effects }
    case 'calling':
    case 'connecting': {
      const picture = isFresh ? 'none' : state.picture
      const wasAccepted = state.type === 'connecting' && state.accepted
      if (wasAccepted || view.phase === 'ringing') return { state: { ...state, call, picture }, effects }
      return agree({ ...state, call, picture }, effects, timings)
    }
    case 'live':
    case 'reconnecting':
      if (!isFresh) return { state, effects }
      if (state.type === 'live') effects.push(...reconnectTimers(call.callId, timings))
      return { state: { type: 'reconnecting', call, camera: state.camera }, effects }
  }
}

/** [CALL-12] Another epoch: another link, and on it whatever may leave now. */
function freshLink(state: InCall): CallEffect[] {
  if (waitsForCamera(state)) return []
  if (state.type === 'calling') return warm(state.call)
  const isOpen = 'camera' in state && state.camera === 'open'
  return isOpen ? [openLink(state.call), attach(state.call)] : [openLink(state.call)]
}

/**
 * [CALL-5] Both people have agreed and the server has recorded it: the peer is shown and heard, the caller's sound may
 * leave too, and an early picture counts.
 */
function agree(
  state: Extract<Moment, { type: 'calling' | 'connecting' }>,
  effects: CallEffect[],
  timings: Timings,
): Turn {
  const { call, camera, picture } = state
  // A callee's have left since its own consent.
  if (state.type === 'calling' && camera === 'open') effects.push(attach(call))
  effects.push({ type: 'present', callId: call.callId })
  if (picture === 'arriving') {
    effects.push({ type: 'sound', sound: 'none' }, { type: 'stopTimers' })
    return { state: { type: 'live', call, camera }, effects }
  }
  if (state.type === 'connecting') return { state: { ...state, accepted: true }, effects }
  effects.push(
    { type: 'sound', sound: 'none' },
    { type: 'stopTimers' },
    ...connectTimers(call.callId, timings),
  )
  return { state: { type: 'connecting', call, camera, accepted: true, picture }, effects }
}

/** A caller makes its link once its camera is open, so that candidates carry addresses and not mDNS names. */
function waitsForCamera(state: InCall): boolean {
  return state.call.part === 'caller' && 'camera' in state && state.camera === 'opening'
}

/** The invitation has arrived; when the answer came with the news of it, it is followed at once. */
function followDialling(
  state: Extract<Moment, { type: 'dialling' }>,
  view: CallView,
  timings: Timings,
): Turn {
  const call = callOf(view, false)
  const calling = { type: 'calling', call, camera: state.camera, picture: 'none' } as const
  const effects: CallEffect[] = [
    { type: 'stopTimers' },
    { type: 'sound', sound: 'ringback' },
    startTimer(call.callId, 'ring', view.remainingMs + graceMs),
    ...(state.camera === 'open' ? warm(call) : []),
  ]
  if (view.phase === 'ringing') return { state: calling, effects }
  const next = follow(calling, view, timings)
  return { state: next.state, effects: [...effects, ...next.effects] }
}

/** [CALL-2] The server still has a call that this page has left: the word of it was lost, and is said again. */
function sayOver(state: CallState, { callId }: CallView): Turn {
  return { state, effects: [send({ type: 'call.end', callId, reason: 'left' })] }
}

function report(
  state: CallState,
  event: Extract<CallEvent, { type: 'reported' | 'restored' }>,
  timings: Timings,
): Turn {
  const { call: view, policy } = event
  if (state.over.includes(view.callId))
    return event.type === 'restored' ? sayOver(state, view) : ignore(state, event)
  if (state.type !== 'idle' && state.type !== 'ended') {
    if (callIdOf(state) !== view.callId) return ignore(state, event)
    if ('call' in state && view.epoch < state.call.epoch) return ignore(state, event)
    return follow(state, view, timings)
  }
  if (view.part === 'caller')
    return event.type === 'restored' ? comeBack(view, timings) : ignore(state, event)
  if (view.phase === 'accepted' && event.type === 'reported') return ignore(state, event)
  return comeIn(view, policy, timings)
}

/**
 * [CALL-6] Glare: my attempt ends without a word, the other's call rings here and waits for an answer; also when I gave
 * up in the meantime, or it would ring for nobody (HZ-4).
 */
function glare(state: CallState, event: Extract<CallEvent, { type: 'glared' }>, timings: Timings): Turn {
  const { call, policy } = event
  if (state.type !== 'dialling' || state.callId !== event.callId)
    return report(state, { type: 'reported', call, policy }, timings)
  if (state.over.includes(call.callId)) return endedState(state, 'busy', 'server')
  const next = comeIn(call, policy, timings)
  return { state: next.state, effects: [{ type: 'releaseMedia' }, { type: 'stopTimers' }, ...next.effects] }
}

function cameraOpened(state: CallState, event: Extract<CallEvent, { type: 'cameraOpened' }>): Turn {
  if (callIdOf(state) !== event.callId || !('camera' in state)) return strayCamera(state, event)
  if (state.camera === 'open') return ignore(state, event)
  if (state.type === 'dialling') return { state: { ...state, camera: 'open' }, effects: [] }
  const opened = { ...state, camera: 'open' } as const
  return { state: opened, effects: waitsForCamera(state) ? freshLink(opened) : [attach(state.call)] }
}

/**
 * [CALL-4] A camera that opens for a call that is over is stopped at once (HZ-2), unless the present call uses it. The
 * warm link of a call that rings goes with it, so a fresh one is asked for.
 */
function strayCamera(state: CallState, event: Extract<CallEvent, { type: 'cameraOpened' }>): Turn {
  const log: CallEffect = { type: 'log', ignored: event.type, in: state.type }
  if ('camera' in state) return { state, effects: [log] }
  const { callId, epoch } = 'call' in state ? state.call : { callId: null, epoch: 0 }
  const again = callId === null ? [] : [send({ type: 'call.relink', callId, epoch })]
  return { state, effects: [{ type: 'releaseMedia' }, ...again, log] }
}

function isItsLink(state: Moment, event: { callId: string; epoch: number }): state is InCall {
  if (!('call' in state)) return false
  return state.call.callId === event.callId && state.call.epoch === event.epoch
}

function linkUp(state: CallState, event: Extract<CallEvent, { type: 'linkUp' }>): Turn {
  if (!isItsLink(state, event) || state.type === 'live') return ignore(state, event)
  const isAgreed = state.type === 'reconnecting' || (state.type === 'connecting' && state.accepted)
  if (!isAgreed) return { state: { ...state, picture: 'arriving' }, effects: [] }
  const { call, camera } = state
  return { state: { type: 'live', call, camera }, effects: [{ type: 'stopTimers' }] }
}

function linkStalled(
  state: CallState,
  event: Extract<CallEvent, { type: 'linkStalled' }>,
  timings: Timings,
): Turn {
  if (!isItsLink(state, event) || state.type === 'reconnecting') return ignore(state, event)
  if (state.type !== 'live') return { state: { ...state, picture: 'none' }, effects: [] }
  const { call, camera } = state
  return { state: { type: 'reconnecting', call, camera }, effects: reconnectTimers(call.callId, timings) }
}

function timeElapsed(
  state: CallState,
  event: Extract<CallEvent, { type: 'timeElapsed' }>,
  timings: Timings,
): Turn {
  if (state.type === 'idle' || state.type === 'ended' || callIdOf(state) !== event.callId)
    return ignore(state, event)
  switch (event.timer) {
    case 'invite':
      return state.type === 'dialling' ? endHere(state, 'connection-lost', 'server') : ignore(state, event)
    case 'ring': {
      const rings = state.type === 'calling' || state.type === 'ringing' || state.type === 'knocking'
      return rings ? endHere(state, 'no-answer', 'server') : ignore(state, event)
    }
    case 'knock':
      return state.type === 'knocking' ? consent(state, timings) : ignore(state, event)
    case 'relink': {
      if (state.type !== 'connecting' && state.type !== 'reconnecting') return ignore(state, event)
      const { callId, epoch } = state.call
      const againMs = state.type === 'connecting' ? timings.relinkMs : timings.rebuildMs
      const again = startTimer(callId, 'relink', againMs)
      if (state.type === 'connecting' && !state.accepted) {
        return { state, effects: [send({ type: 'call.accept', callId }), again] }
      }
      return { state, effects: [send({ type: 'call.relink', callId, epoch }), again] }
    }
    case 'connect':
      return state.type === 'connecting' ? endHere(state, 'connection-lost', 'server') : ignore(state, event)
    case 'reconnect':
      return state.type === 'reconnecting'
        ? endHere(state, 'connection-lost', 'server')
        : ignore(state, event)
  }
}

function hangUp(state: CallState, event: CallEvent): Turn {
  switch (state.type) {
    case 'idle':
    case 'ended':
      return ignore(state, event)
    case 'dialling':
    case 'calling':
      return endHere(state, 'cancelled')
    case 'ringing':
    case 'knocking':
      return endHere(state, state.call.continued ? 'hung-up' : 'declined')
    default:
      return endHere(state, 'hung-up')
  }
}

function take(state: CallState, event: CallEvent, timings: Timings): Turn {
  switch (event.type) {
    case 'dialled':
      return state.type === 'idle' || state.type === 'ended' ? dial(event, timings) : ignore(state, event)
    case 'answered':
      return state.type === 'ringing' || state.type === 'knocking'
        ? consent(state, timings)
        : ignore(state, event)
    case 'refused':
      return state.type === 'ringing' || state.type === 'knocking'
        ? hangUp(state, event)
        : ignore(state, event)
    case 'hungUp':
      return hangUp(state, event)
    case 'signedOut':
      return state.type === 'idle' || state.type === 'ended' ? ignore(state, event) : endHere(state, 'left')
    case 'dismissed':
      return state.type === 'ended' ? { state: { type: 'idle' }, effects: [] } : ignore(state, event)
    case 'reported':
    case 'restored':
      return report(state, event, timings)
    case 'glared':
      return glare(state, event, timings)
    case 'serverEnded':
      if (state.type === 'idle' || state.type === 'ended') return ignore(state, event)
      return callIdOf(state) === event.callId
        ? endedState(state, event.reason, event.by)
        : ignore(state, event)
    case 'signalled': {
      const mine = 'call' in state && state.call.callId === event.callId && state.call.epoch === event.epoch
      if (!mine) return ignore(state, event)
      const { callId, epoch, signal } = event
      return { state, effects: [{ type: 'applySignal', callId, epoch, signal }] }
    }
    case 'cameraOpened':
      return cameraOpened(state, event)
    case 'cameraFailed': {
      if (!('camera' in state) || callIdOf(state) !== event.callId) return ignore(state, event)
      return endHere(state, event.failure === 'denied' ? 'permission-lost' : 'device-unready')
    }
    case 'linkUp':
      return linkUp(state, event)
    case 'linkStalled':
      return linkStalled(state, event, timings)
    case 'verificationFailed':
      if (!('call' in state) || state.call.callId !== event.callId) return ignore(state, event)
      return endHere(state, 'verification-failed', 'server')
    case 'timeElapsed':
      return timeElapsed(state, event, timings)
  }
}

/** [CALL-2] The calls this page is done with, once it has gone from one moment to the next. */
function overAfter(before: CallState, after: Moment): readonly string[] {
  const left = callIdOf(before)
  const over = new Set(before.over)
  if (left !== null && left !== callIdOf(after)) over.add(left)
  if (after.type === 'ended') over.add(after.callId)
  return [...over].slice(-remembered)
}

/**
 * The next state of a call and what has to be done for it. Total: an event that does not belong to a state leaves
 * it as it is and says so in a `log` effect.
 */
export function step(state: CallState, event: CallEvent, timings: Timings): Step {
  const { state: after, effects } = take(state, event, timings)
  return { state: after === state ? state : { ...after, over: overAfter(state, after) }, effects }
}
