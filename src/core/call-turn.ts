/** What the steps of a call are made of: an event that is ignored, an end, the timers of waiting. */
import type { ClaimableReason, EndReason } from '../protocol/call.ts'
import type { ClientMessage, Timings } from '../protocol/wire.ts'
import type { Call, CallEffect, CallEvent, CallState, CallTimer, Moment } from './call-state.ts'

export type Turn = { readonly state: Moment; readonly effects: readonly CallEffect[] }

export type InCall = Extract<Moment, { call: Call }>

export function send(message: ClientMessage): CallEffect {
  return { type: 'send', message }
}

export function startTimer(callId: string, timer: CallTimer, ms: number): CallEffect {
  return { type: 'startTimer', callId, timer, ms }
}

export function ignore(state: CallState, event: CallEvent): Turn {
  return { state, effects: [{ type: 'log', ignored: event.type, in: state.type }] }
}

export function endedState(
  state: Exclude<Moment, { type: 'idle' }>,
  reason: EndReason,
  by: 'me' | 'peer' | 'server',
): Turn {
  const peer = 'call' in state ? state.call.peer : state.peer
  const callId = 'call' in state ? state.call.callId : state.callId
  const part = 'call' in state ? state.call.part : state.type === 'ended' ? state.part : 'caller'
  return {
    state: { type: 'ended', callId, part, peer, reason, by },
    effects: [{ type: 'releaseMedia' }, { type: 'sound', sound: 'none' }, { type: 'stopTimers' }],
  }
}

/** [CALL-1] Ending is always possible, at once, and is told to the server. */
export function endHere(
  state: Exclude<Moment, { type: 'idle' | 'ended' }>,
  reason: ClaimableReason,
  by: 'me' | 'server' = 'me',
): Turn {
  const ended = endedState(state, reason, by)
  const callId = 'call' in state ? state.call.callId : state.callId
  return { state: ended.state, effects: [...ended.effects, send({ type: 'call.end', callId, reason })] }
}

export function connectTimers(callId: string, timings: Timings): CallEffect[] {
  return [startTimer(callId, 'connect', timings.connectMs), startTimer(callId, 'relink', timings.relinkMs)]
}

export function reconnectTimers(callId: string, timings: Timings): CallEffect[] {
  return [
    startTimer(callId, 'reconnect', timings.reconnectMs),
    startTimer(callId, 'relink', timings.rebuildMs),
  ]
}
