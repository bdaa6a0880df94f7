/** What the server's decisions are made of: a call that is put in, told, or ended. */
import type { EndReason } from '../protocol/call.ts'
import type { Party } from '../protocol/people.ts'
import {
  calledBy,
  callsOf,
  endpointsOf,
  isCalled,
  partOf,
  ringingAtAll,
  sameParty,
} from './switchboard-parties.ts'
import type { Decision, EndpointId, ServerCall, Switchboard, SwitchboardEffect } from './switchboard-state.ts'

/** Of those for whom nothing rings any more. */
export function withoutAway(board: Switchboard, callees: readonly Party[]): Switchboard {
  if (board.away.size === 0) return board
  const isRung = (party: Party) =>
    [...board.calls.values()].some((call) => call.phase === 'ringing' && isCalled(call, party))
  const isLeft = (party: Party) => isRung(party) || !callees.some((callee) => sameParty(party, callee))
  return { ...board, away: new Map([...board.away].filter(([, party]) => isLeft(party))) }
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

/** [SWITCH-7] What else rings at screens at which a duty rang: it begins there now. */
export function ringElse(board: Switchboard, screens: readonly EndpointId[]): SwitchboardEffect[] {
  return screens.flatMap((screen) => {
    const party = board.endpoints.get(screen)
    return party ? ringingAt(board, screen, party) : []
  })
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
  const next = withoutAway(withoutCall(board, call.callId), calledBy(call))
  const rung = call.duty && call.calleeEndpoint === null ? ringingAtAll(board, call) : []
  return {
    board: next,
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
      ...ringElse(next, rung),
    ],
  }
}
