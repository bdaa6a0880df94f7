/** Screens that come and go while calls go on: losing one ends nothing, being replaced does. */
import type { Timings } from '../protocol/wire.ts'
import { ringWithout } from './switchboard-duty.ts'
import { callsOf, isCalled, ringingFor } from './switchboard-parties.ts'
import type {
  Decision,
  EndpointId,
  ServerCall,
  Switchboard,
  SwitchboardEffect,
  SwitchboardEvent,
} from './switchboard-state.ts'
import { finish, ringingAt, withCall } from './switchboard-turn.ts'

/**
 * [SWITCH-5] An endpoint is back. Losing its socket ended nothing. Calls it claims that are over are told so;
 * one it is in but does not claim (its page was reloaded) must be taken up again within the reconnection time.
 */
export function connect(
  board: Switchboard,
  event: Extract<SwitchboardEvent, { type: 'connected' }>,
  timings: Timings,
): Decision {
  const { endpoint, connection } = event
  const away = new Map(board.away)
  away.delete(endpoint)
  const next: Switchboard = {
    ...board,
    away,
    endpoints: board.endpoints.with(endpoint, connection.party),
  }
  const claimed = new Set(connection.claims.map((claim) => claim.callId))
  const mine = callsOf(next, endpoint, connection.party)
  const effects: SwitchboardEffect[] = []
  for (const { callId, epoch } of connection.claims) {
    // Epoch 0: the invitation is still on its way, and will be answered itself.
    if (epoch > 0 && !mine.some(({ call }) => call.callId === callId))
      effects.push({ type: 'tellPast', to: endpoint, callId })
  }
  for (const { call } of mine) {
    const { callId, phase } = call
    if (phase !== 'accepted') continue
    if (claimed.has(callId)) effects.push({ type: 'stopTimer', callId, timer: 'return' })
    else effects.push({ type: 'startTimer', callId, timer: 'return', ms: timings.reconnectMs })
  }
  return { board: next, effects: [...effects, ...ringingAt(next, endpoint, connection.party)] }
}

/** Media may flow without the server for a while; a call that both sides have left for so long would keep them busy. */
export function abandonMs(timings: Timings): number {
  return 10 * timings.reconnectMs
}

export function isAbandoned(board: Switchboard, call: ServerCall): boolean {
  const { callerEndpoint, calleeEndpoint } = call
  const isCalleeHere = calleeEndpoint !== null && board.endpoints.has(calleeEndpoint)
  return call.phase === 'accepted' && !isCalleeHere && !board.endpoints.has(callerEndpoint)
}

/** [SWITCH-6] Losing a socket ends nothing; an answered call that both sides have left ends after a long while. */
export function disconnect(board: Switchboard, endpoint: EndpointId, timings: Timings): Decision {
  const endpoints = board.endpoints.without(endpoint)
  const party = board.endpoints.get(endpoint)
  const rings = party !== undefined && ringingAt(board, endpoint, party).length > 0
  const away = rings ? new Map(board.away).set(endpoint, party) : board.away
  const next: Switchboard = { ...board, endpoints, away }
  const left = [...board.calls.values()].filter(
    (call) =>
      (call.callerEndpoint === endpoint || call.calleeEndpoint === endpoint) && isAbandoned(next, call),
  )
  const effects = left.map(
    ({ callId }): SwitchboardEffect => ({
      type: 'startTimer',
      callId,
      timer: 'abandoned',
      ms: abandonMs(timings),
    }),
  )
  return { board: next, effects }
}

/**
 * [SWITCH-9] A screen that is nobody's any more leaves its calls, as a tablet that is bound to its bed no longer: the bed is
 * somebody else's now. What rang there rings on at that person's other screens, or at others who have the duty (DUTY-3).
 */
export function remove(board: Switchboard, endpoint: EndpointId, timings: Timings): Decision {
  const party = board.endpoints.get(endpoint) ?? board.away.get(endpoint)
  const effects: SwitchboardEffect[] = []
  let next = board
  for (const call of board.calls.values()) {
    const isIn = call.callerEndpoint === endpoint || call.calleeEndpoint === endpoint
    const isRung = party !== undefined && call.calleeEndpoint === null && isCalled(call, party)
    const ringsOn = isRung && ringingFor(next, party).some((one) => one !== endpoint)
    if (!isIn && (!isRung || ringsOn)) continue
    const left = !isIn && party ? ringWithout(next, call, party) : null
    const decision: Decision = left
      ? { board: withCall(next, left), effects: [{ type: 'recordOpen', call: left }] }
      : finish(next, call, 'device-unready', null)
    next = decision.board
    effects.push(...decision.effects)
  }
  const gone = disconnect(next, endpoint, timings).board
  const away = new Map(gone.away)
  away.delete(endpoint)
  return { board: { ...gone, away }, effects }
}
