/** The camera and the link of a call: when a link is made, what leaves by it, and what its news means. */
import type { Timings } from '../protocol/wire.ts'
import {
  type Call,
  type CallEffect,
  type CallEvent,
  type CallState,
  callIdOf,
  type Moment,
} from './call-state.ts'
import { askAgain, watch } from './call-still.ts'
import { type InCall, ignore, reconnectTimers, send, startTimer, type Turn } from './call-turn.ts'

export function openLink(call: Call): CallEffect {
  return { type: 'openLink', callId: call.callId, epoch: call.epoch, initiator: call.part === 'caller' }
}

export function attach({ callId, epoch }: Call, tracks: 'picture' | 'all' = 'all'): CallEffect {
  return { type: 'attach', callId, epoch, tracks }
}

/**
 * [CALL-5] The link of a caller that rings. Its picture is under way before the answer, so that a face is there with
 * it; only to a bed, which has one screen and keeps its link.
 */
export function warm(call: Call): CallEffect[] {
  return call.peer.type === 'bed' ? [openLink(call), attach(call, 'picture')] : [openLink(call)]
}

/** [CALL-12] Another epoch: another link, and on it whatever may leave now. */
export function freshLink(state: InCall): CallEffect[] {
  if (waitsForCamera(state)) return []
  if (state.type === 'calling') return warm(state.call)
  const isOpen = 'camera' in state && state.camera === 'open'
  return isOpen ? [openLink(state.call), attach(state.call)] : [openLink(state.call)]
}

/** A caller makes its link once its camera is open, so that candidates carry addresses and not mDNS names. */
function waitsForCamera(state: InCall): boolean {
  return state.call.part === 'caller' && 'camera' in state && state.camera === 'opening'
}

export function cameraOpened(state: CallState, event: Extract<CallEvent, { type: 'cameraOpened' }>): Turn {
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

export function linkUp(
  state: CallState,
  event: Extract<CallEvent, { type: 'linkUp' }>,
  timings: Timings,
): Turn {
  if (!isItsLink(state, event) || state.type === 'live') return ignore(state, event)
  if (state.type === 'reconnecting') return linkBack(state)
  if (state.type !== 'connecting' || !state.accepted)
    return { state: { ...state, picture: 'arriving' }, effects: [] }
  const { call, camera } = state
  const live = { type: 'live', call, camera, still: 'talking' } as const
  return { state: live, effects: [{ type: 'stopTimers' }, ...watch(live, timings)] }
}

/** [CALL-16] How long nobody has touched the station goes on counting over a link that comes and goes. */
function linkBack(state: Extract<Moment, { type: 'reconnecting' }>): Turn {
  const over = (['reconnect', 'relink', 'restart'] as const).map(
    (timer) => ({ type: 'stopTimer', timer }) as const,
  )
  const { call, camera, still } = state
  return { state: { type: 'live', call, camera, still }, effects: [...over, ...askAgain(state)] }
}

export function linkStalled(
  state: CallState,
  event: Extract<CallEvent, { type: 'linkStalled' }>,
  timings: Timings,
): Turn {
  if (!isItsLink(state, event) || state.type === 'reconnecting') return ignore(state, event)
  if (state.type !== 'live') return { state: { ...state, picture: 'none' }, effects: [] }
  const stalled = { ...state, type: 'reconnecting', restarts: 0 } as const
  const again = searchAgain(stalled, timings)
  return { state: again.state, effects: [...reconnectTimers(state.call.callId, timings), ...again.effects] }
}

/** [CALL-18] How long after the stall another way is looked for, in units of `restartMs`. */
const searches = [0, 1, 2, 4, 8]
export const mostSearches = searches.length

/** [CALL-18] Looks for another way, and says when to look again. */
export function searchAgain(state: Extract<Moment, { type: 'reconnecting' }>, timings: Timings): Turn {
  const { callId, epoch } = state.call
  const restarts = state.restarts + 1
  const [last = 0, next] = searches.slice(restarts - 1)
  const later = next === undefined ? [] : [startTimer(callId, 'restart', (next - last) * timings.restartMs)]
  return { state: { ...state, restarts }, effects: [{ type: 'restartLink', callId, epoch }, ...later] }
}

/**
 * [CALL-18] With another network the present way may be gone though nothing was missed yet. What else may have changed
 * matters only to a call that is silent already.
 */
export function wayChanged(
  state: CallState,
  event: Extract<CallEvent, { type: 'wayChanged' }>,
  timings: Timings,
): Turn {
  if (state.type === 'reconnecting') return searchAgain({ ...state, restarts: 0 }, timings)
  if (state.type !== 'live' || event.what !== 'network') return ignore(state, event)
  const { callId, epoch } = state.call
  return { state, effects: [{ type: 'restartLink', callId, epoch }] }
}
