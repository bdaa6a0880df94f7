/** What the server's decisions are made of: a call that is put in, told, or ended. */
import type { EndReason } from '../protocol/call.ts'
import type { Party } from '../protocol/people.ts'
import { callsOf, endpointsOf, partOf, sameParty } from './switchboard-parties.ts'
import type { Decision, EndpointId, ServerCall, Switchboard, SwitchboardEffect } from './switchboard-state.ts'

export function withoutAway(board: Switchboard, callee: Party): Switchboard {
  if (board.away.size === 0) return board
  return { ...board, away: new Map([...board.away].filter(([, party]) => !sameParty(party, callee))) }
}

export function withCall(board: Switchboard, call: ServerCall): Switchboard {
  return { ...board, calls: new Map(board.calls).set(call.callId, call) }
}

export function withoutCall(board: Switchboard, callId: string): Switchboard {
  const calls = new Map(board.calls)
  calls.delete(callId)
  return { ...board, calls }
}

export function reports(board: Switchboard, call: ServerCall): SwitchboardEffect[] {
  return endpointsOf(board, call).map((to) => ({ type: 'report', to, call }))
}

/** [SWITCH-7] A screen in another call takes up nothing else; what rang meanwhile is told again when that is over (HZ-4). */
export function ringingAt(board: Switchboard, endpoint: EndpointId, party: Party): SwitchboardEffect[] {
  return callsOf(board, endpoint, party)
    .filter(({ call, part }) => part === 'callee' && call.phase === 'ringing')
    .map(({ call }) => ({ type: 'report', to: endpoint, call }))
}

/** Which side of the call this screen is; null: neither, or nobody's screen. */
export function partAt(
  board: Switchboard,
  call: ServerCall,
  endpoint: EndpointId | null,
): 'caller' | 'callee' | null {
  const party = endpoint === null ? undefined : board.endpoints.get(endpoint)
  return endpoint !== null && party ? partOf(call, endpoint, party) : null
}

/** The same decision about one call after the other, each on the board that the one before left. */
export function forEach(
  board: Switchboard,
  calls: readonly ServerCall[],
  decide: (board: Switchboard, call: ServerCall) => Decision,
): Decision {
  return calls.reduce<Decision>(
    (last, call) => {
      const { board: next, effects } = decide(last.board, call)
      return { board: next, effects: [...last.effects, ...effects] }
    },
    { board, effects: [] },
  )
}

/** [SWITCH-3] Any party of a call may end it at any time; the end is recorded once and told to everyone on it. */
export function finish(
  board: Switchboard,
  call: ServerCall,
  reason: EndReason,
  ender: EndpointId | null,
): Decision {
  const part = partAt(board, call, ender)
  return {
    board: withoutAway(withoutCall(board, call.callId), call.callee),
    effects: [
      { type: 'recordEnd', call, reason, by: part ?? 'server' },
      { type: 'stopTimer', callId: call.callId, timer: 'ring' },
      { type: 'stopTimer', callId: call.callId, timer: 'return' },
      ...endpointsOf(board, call).map(
        (to): SwitchboardEffect => ({
          type: 'tellEnded',
          to,
          callId: call.callId,
          reason,
          // My act at another of my screens is still mine.
          by: part === null ? 'server' : (to === call.callerEndpoint) === (part === 'caller') ? 'me' : 'peer',
        }),
      ),
    ],
  }
}
