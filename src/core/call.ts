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
import type { ClientMessage, Timings } from '../protocol/wire.ts'
import { cameraOpened, linkStalled, linkUp, searchAgain, wayChanged } from './call-media.ts'
import { glare, report, seat, takeOver } from './call-news.ts'
import { type CallEvent, type CallState, callIdOf, type Moment, type Step } from './call-state.ts'
import { heardStill, saidYes, stillElapsed, touched } from './call-still.ts'
import { connectTimers, endedState, endHere, ignore, send, startTimer, type Turn } from './call-turn.ts'

/** Late reports concern the last few calls; a page that lives for weeks need not remember them all. */
const remembered = 64

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

function invitation(event: Extract<CallEvent, { type: 'dialled' }>): ClientMessage {
  const { callId, peer, mode, stay, expiresAtMs, override, softly, tableId, dutyId, byLink } = event
  if (peer.type === 'guest') {
    const to = { type: 'visitor', visitId: peer.guestId } as const
    return { type: 'call.invite', callId, to, mode, stay, expiresAtMs }
  }
  if (peer.type === 'staff') {
    const to = dutyId
      ? ({ type: 'duty', dutyId } as const)
      : ({ type: 'staff', staffId: peer.staffId } as const)
    return {
      type: 'call.invite',
      callId,
      to,
      mode,
      stay,
      expiresAtMs,
      ...(tableId !== undefined && { tableId }),
    }
  }
  if (byLink) return { type: 'call.invite', callId, to: { type: 'family' }, mode, stay, expiresAtMs }
  const { bedId } = peer
  if (override) return { type: 'call.override', callId, bedId, mode, stay: stay ?? 0, expiresAtMs, override }
  const to = { type: 'bed', bedId } as const
  return { type: 'call.invite', callId, to, mode, stay, expiresAtMs, ...(softly && { softly }) }
}

function dial(event: Extract<CallEvent, { type: 'dialled' }>, timings: Timings): Turn {
  const { callId, peer, mode } = event
  return {
    state: { type: 'dialling', callId, peer, mode, camera: 'opening' },
    effects: [
      { type: 'openCamera', callId },
      send(invitation(event)),
      startTimer(callId, 'invite', timings.inviteMs),
    ],
  }
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
      // The server would have said so before: a caller that hears nothing does not know whether it was answered.
      if (state.type === 'calling') return endHere(state, 'connection-lost', 'server')
      const rings = state.type === 'ringing' || state.type === 'knocking'
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
    case 'restart':
      return state.type === 'reconnecting' ? searchAgain(state, timings) : ignore(state, event)
    case 'untouched':
    case 'unanswered':
      return stillElapsed(state, event, timings)
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

/** [CALL-3] A curtain drawn while it rings, here or there, ends the ring; in a call it is not offered. Whatever was open is stopped. */
function drawCurtain(state: CallState, event: CallEvent): Turn {
  switch (state.type) {
    case 'idle':
    case 'ended':
      return { state, effects: [{ type: 'releaseMedia' }] }
    case 'ringing':
    case 'knocking':
      return endHere(state, 'privacy-on')
    case 'dialling':
    case 'calling':
      return endHere(state, 'cancelled')
    default:
      return ignore(state, event)
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
    case 'curtainDrawn':
      return drawCurtain(state, event)
    case 'hungUp':
      return hangUp(state, event)
    case 'touched':
      return touched(state, event, timings)
    case 'stillTalking':
      return saidYes(state, event, timings)
    case 'signedOut':
      return state.type === 'idle' || state.type === 'ended' ? ignore(state, event) : endHere(state, 'left')
    case 'dismissed':
      return state.type === 'ended' ? { state: { type: 'idle' }, effects: [] } : ignore(state, event)
    case 'reported':
    case 'restored':
      return report(state, event, timings)
    case 'seated':
      return seat(state, event, timings)
    case 'taken':
      return takeOver(state, event, timings)
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
      if (signal.type === 'still') return heardStill(state, event, signal.said, timings)
      return { state, effects: [{ type: 'applySignal', callId, epoch, signal }] }
    }
    case 'cameraOpened':
      return cameraOpened(state, event)
    case 'cameraFailed': {
      if (!('camera' in state) || callIdOf(state) !== event.callId) return ignore(state, event)
      return endHere(state, event.failure === 'denied' ? 'permission-lost' : 'device-unready')
    }
    case 'linkUp':
      return linkUp(state, event, timings)
    case 'linkStalled':
      return linkStalled(state, event, timings)
    case 'wayChanged':
      return wayChanged(state, event, timings)
    case 'verificationFailed':
      if (!('call' in state) || state.call.callId !== event.callId) return ignore(state, event)
      return endHere(state, 'verification-failed', 'server')
    case 'timeElapsed':
      return timeElapsed(state, event, timings)
  }
}

/** [CALL-2] The calls this page is done with, once it has gone from one moment to the next. */
function overAfter(before: CallState, event: CallEvent, after: Moment): readonly string[] {
  const left = callIdOf(before)
  const over = new Set(before.over)
  if (left !== null && left !== callIdOf(after)) over.add(left)
  if (after.type === 'ended') over.add(after.callId)
  // [CALL-19] Handed back to the screen that it was taken from.
  if (event.type === 'taken') over.delete(event.call.callId)
  return [...over].slice(-remembered)
}

/**
 * The next state of a call and what has to be done for it. Total: an event that does not belong to a state leaves
 * it as it is and says so in a `log` effect.
 */
export function step(state: CallState, event: CallEvent, timings: Timings): Step {
  const { state: after, effects } = take(state, event, timings)
  return { state: after === state ? state : { ...after, over: overAfter(state, event, after) }, effects }
}
