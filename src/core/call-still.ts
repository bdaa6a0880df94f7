/** [CALL-16] A call that its station forgot is asked about on both sides, and ends when nobody replies (HZ-13). */
import type { Timings } from '../protocol/wire.ts'
import type { Call, CallEffect, CallEvent, CallState, Moment } from './call-state.ts'
import { endHere, ignore, send, startTimer, type Turn } from './call-turn.ts'

type Joined = Extract<Moment, { type: 'live' | 'reconnecting' }>

function isJoined(state: Moment): state is Joined {
  return state.type === 'live' || state.type === 'reconnecting'
}

/** Whether this screen is the one that could forget a patient: a station in a call with a bed. */
function watches({ call }: Joined): boolean {
  return call.peer.type === 'bed'
}

/** From the first live moment on; nothing but a touch, or a *Yes*, begins it anew. */
export function watch(state: Joined, timings: Timings): CallEffect[] {
  return watches(state) ? [startTimer(state.call.callId, 'untouched', timings.untouchedMs)] : []
}

function say({ callId, epoch }: Call, said: 'asked' | 'yes'): CallEffect {
  return send({ type: 'call.signal', callId, epoch, signal: { type: 'still', said } })
}

/** The link is back, perhaps as another one: a question that was under way may be lost. */
export function askAgain(state: Joined): CallEffect[] {
  return watches(state) && state.still === 'asked' ? [say(state.call, 'asked')] : []
}

export function touched(state: CallState, event: CallEvent, timings: Timings): Turn {
  if (!isJoined(state) || state.still === 'asked') return ignore(state, event)
  return { state, effects: watch(state, timings) }
}

function ask(state: Joined, timings: Timings): Turn {
  const { callId } = state.call
  return { state: { ...state, still: 'asked' }, effects: [startTimer(callId, 'unanswered', timings.stillMs)] }
}

function goOn(state: Joined, timings: Timings): Turn {
  const effects: CallEffect[] = [{ type: 'stopTimer', timer: 'unanswered' }, ...watch(state, timings)]
  return { state: { ...state, still: 'talking' }, effects }
}

/** *Yes*, on either side. */
export function saidYes(state: CallState, event: CallEvent, timings: Timings): Turn {
  if (!isJoined(state) || state.still !== 'asked') return ignore(state, event)
  const next = goOn(state, timings)
  return { state: next.state, effects: [say(state.call, 'yes'), ...next.effects] }
}

/** What the other side says of it. A station is asked by nobody but its own timer. */
export function heardStill(
  state: CallState,
  event: Extract<CallEvent, { type: 'signalled' }>,
  said: 'asked' | 'yes',
  timings: Timings,
): Turn {
  if (!isJoined(state)) return ignore(state, event)
  if (said === 'yes') return state.still === 'asked' ? goOn(state, timings) : ignore(state, event)
  return state.still === 'talking' && !watches(state) ? ask(state, timings) : ignore(state, event)
}

/** Nobody touched the station for so long, or nobody replied. */
export function stillElapsed(
  state: CallState,
  event: Extract<CallEvent, { type: 'timeElapsed' }>,
  timings: Timings,
): Turn {
  if (!isJoined(state)) return ignore(state, event)
  if (event.timer === 'unanswered')
    return state.still === 'asked' ? endHere(state, 'forgotten', 'server') : ignore(state, event)
  if (state.still === 'asked' || !watches(state)) return ignore(state, event)
  const asked = ask(state, timings)
  return { state: asked.state, effects: [say(state.call, 'asked'), ...asked.effects] }
}
