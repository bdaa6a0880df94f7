/** What a screen makes of the server's view of a call: one that comes in, one that goes on, one that was forgotten. */
import type { CallView } from '../protocol/call.ts'
import type { Timings } from '../protocol/wire.ts'
import { attach, freshLink, mostSearches, openLink, warm } from './call-media.ts'
import {
  type AnswerPolicy,
  type Call,
  type CallEffect,
  type CallEvent,
  type CallState,
  callIdOf,
  graceMs,
  type Moment,
} from './call-state.ts'
import { watch } from './call-still.ts'
import {
  connectTimers,
  endedState,
  endHere,
  ignore,
  reconnectTimers,
  send,
  startTimer,
  type Turn,
} from './call-turn.ts'

function callOf(view: CallView, continued: boolean): Call {
  const { callId, epoch, part, mode, peer, override, softly, table, duty } = view
  return {
    ...{ callId, epoch, part, mode, peer, continued },
    ...(override && { override }),
    ...(softly && { softly }),
    ...(table && { table }),
    ...(duty && { duty }),
  }
}

/** [PRIV-6] An override of quiet hours is none of a curtain that was drawn meanwhile. */
function opensCurtain({ override }: Call): boolean {
  return override?.over === 'privacy'
}

/** [CALL-3] The device's own policy decides what an incoming call may do: nothing, ring, or knock. */
function comeIn(view: CallView, policy: AnswerPolicy, timings: Timings): Turn {
  const call = callOf(view, view.phase === 'accepted')
  const ringing = { type: 'ringing', call, picture: 'none' } as const
  // [CALL-15] Whoever lies here now is not who was called (HZ-1).
  if (policy.stay !== null && view.stay !== policy.stay) return endHere(ringing, 'left', 'server')
  // Nobody draws a curtain in a call, so one that claims to go on behind it is none.
  if (policy.privacy && !opensCurtain(call)) return endHere(ringing, 'privacy-on')
  if (!call.continued && policy.away) return endHere(ringing, 'away')
  if (!call.continued && policy.inPerson) return endHere(ringing, 'in-person')
  // Behind a curtain an override is a ring, whatever else it says (HZ-3).
  const knocks = call.override?.over === 'quiet' ? policy.overriddenKnock : policy.knock
  const mayKnock = knocks && !policy.privacy
  if (view.mode === 'knock' && mayKnock && policy.audible && !call.continued) {
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
      // [CALL-10] The link of this epoch is that of the page before: the peer's end of it would not verify here.
      ...(call.continued ? [] : [openLink(call)]),
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
    effects: [
      ...effects,
      { type: 'present', callId },
      // [CALL-10] The callee's page may be gone, too, and ask its person for as long.
      startTimer(callId, 'connect', timings.reconnectMs),
      startTimer(callId, 'relink', timings.relinkMs),
    ],
  }
}

/** [CALL-19] The press that took it over is this screen's consent; both ends make a fresh link. */
export function takeOver(
  state: CallState,
  event: Extract<CallEvent, { type: 'taken' }>,
  timings: Timings,
): Turn {
  if ((state.type !== 'idle' && state.type !== 'ended') || event.call.phase !== 'accepted')
    return ignore(state, event)
  return begin(callOf(event.call, true), timings)
}

/** A call that both sides want already. */
function begin(call: Call, timings: Timings): Turn {
  const { callId } = call
  return {
    state: { type: 'connecting', call, camera: 'opening', accepted: true, picture: 'none' },
    effects: [
      { type: 'openCamera', callId },
      ...(call.part === 'callee' ? [openLink(call)] : []),
      { type: 'present', callId },
      ...connectTimers(callId, timings),
    ],
  }
}

/**
 * [TABLE-2] Whoever sits at a table wants what comes with it, and whoever was let in wants to see everybody: nobody is asked
 * but the patient, by a ring. Whoever waits for their word shows nothing until then.
 */
export function seat(
  state: CallState,
  event: Extract<CallEvent, { type: 'seated' }>,
  timings: Timings,
): Turn {
  const { call: view, policy } = event
  const isFree = state.type === 'idle' || state.type === 'ended'
  if (!isFree || state.over.includes(view.callId))
    return report(state, { type: 'reported', call: view, policy }, timings)
  if (view.phase === 'accepted') return begin(callOf(view, false), timings)
  if (view.part === 'callee') return comeIn(view, policy, timings)
  const call = callOf(view, false)
  const { callId } = call
  return {
    state: { type: 'calling', call, camera: 'opening', picture: 'none' },
    effects: [{ type: 'openCamera', callId }, startTimer(callId, 'ring', view.remainingMs + graceMs)],
  }
}

/** The server's view of my call, when it is newer than mine. */
function follow(state: Exclude<Moment, { type: 'idle' | 'ended' }>, view: CallView, timings: Timings): Turn {
  if (state.type === 'dialling') return followDialling(state, view, timings)
  // [DUTY-3] Of several who were rung it is with the one who answered.
  const call = { ...state.call, epoch: view.epoch, peer: view.peer }
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
      // Either side may have asked for it: it has its time before it is given up for another one.
      if (isFresh && wasAccepted) effects.push(startTimer(call.callId, 'relink', timings.relinkMs))
      if (wasAccepted || view.phase === 'ringing') return { state: { ...state, call, picture }, effects }
      return agree({ ...state, call, picture }, effects, timings)
    }
    case 'live':
    case 'reconnecting':
      if (!isFresh) return { state, effects }
      if (state.type === 'live') effects.push(...reconnectTimers(call.callId, timings))
      // A fresh link looks for its way by itself.
      else effects.push({ type: 'stopTimer', timer: 'restart' })
      return { state: { ...state, type: 'reconnecting', call, restarts: mostSearches }, effects }
  }
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
    const live = { type: 'live', call, camera, still: 'talking' } as const
    effects.push({ type: 'sound', sound: 'none' }, { type: 'stopTimers' }, ...watch(live, timings))
    return { state: live, effects }
  }
  if (state.type === 'connecting') return { state: { ...state, accepted: true }, effects }
  effects.push(
    { type: 'sound', sound: 'none' },
    { type: 'stopTimers' },
    ...connectTimers(call.callId, timings),
  )
  return { state: { type: 'connecting', call, camera, accepted: true, picture }, effects }
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

/** [CALL-11] With a session goes what was said to its page meanwhile, an offer perhaps: a silent link would wait for it. */
function askAnew({ state, effects }: Turn): Turn {
  if (state.type !== 'reconnecting') return { state, effects }
  const { callId, epoch } = state.call
  return { state, effects: [...effects, send({ type: 'call.relink', callId, epoch })] }
}

export function report(
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
    const next = follow(state, view, timings)
    return event.type === 'restored' ? askAnew(next) : next
  }
  // [TABLE-5] Whoever came to a table came by a press of their own; a patient was asked, and is asked again (CALL-10).
  const hasCome =
    view.table && view.phase === 'accepted' && policy.stay === null && policy.afterReload !== 'asks'
  if (view.part === 'caller' || hasCome)
    return event.type === 'restored' ? comeBack(view, timings) : ignore(state, event)
  if (view.phase === 'accepted' && event.type === 'reported') return ignore(state, event)
  return comeIn(view, policy, timings)
}

/**
 * [CALL-6] Glare: my attempt ends without a word, the other's call rings here and waits for an answer; also when I gave
 * up in the meantime, or it would ring for nobody (HZ-4).
 */
export function glare(
  state: CallState,
  event: Extract<CallEvent, { type: 'glared' }>,
  timings: Timings,
): Turn {
  const { call, policy } = event
  if (state.type !== 'dialling' || state.callId !== event.callId)
    return report(state, { type: 'reported', call, policy }, timings)
  if (state.over.includes(call.callId)) return endedState(state, 'busy', 'server')
  const next = comeIn(call, policy, timings)
  return { state: next.state, effects: [{ type: 'releaseMedia' }, { type: 'stopTimers' }, ...next.effects] }
}
