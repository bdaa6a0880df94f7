/** Who is on which call, on which screen, and what each is told of it. */
import type { CallView } from '../protocol/call.ts'
import type { BedState, Party } from '../protocol/people.ts'
import type { EndpointId, ServerCall, Switchboard } from './switchboard-state.ts'

export function bedEndpoint(bedId: string): EndpointId {
  return `bed:${bedId}`
}

export function tabEndpoint(staffId: string, tabId: string): EndpointId {
  return `tab:${staffId}:${tabId}`
}

export function guestEndpoint(guestId: string): EndpointId {
  return `guest:${guestId}`
}

export function sameParty(a: Party, b: Party): boolean {
  switch (a.type) {
    case 'bed':
      return b.type === 'bed' && a.bedId === b.bedId
    case 'staff':
      return b.type === 'staff' && a.staffId === b.staffId
    case 'guest':
      return b.type === 'guest' && a.guestId === b.guestId
  }
}

/** Which side of the call this endpoint is, or null when it is on neither. */
export function partOf(call: ServerCall, endpoint: EndpointId, party: Party): 'caller' | 'callee' | null {
  if (call.callerEndpoint === endpoint) return 'caller'
  if (call.calleeEndpoint !== null) return call.calleeEndpoint === endpoint ? 'callee' : null
  return sameParty(call.callee, party) ? 'callee' : null
}

/** Which side of the call this party is, at whichever of its screens. */
export function sideOf(
  { caller, callee }: Pick<ServerCall, 'caller' | 'callee'>,
  party: Party,
): 'caller' | 'callee' | null {
  if (sameParty(caller, party)) return 'caller'
  return sameParty(callee, party) ? 'callee' : null
}

/** The bed of a call, if there is one in it. */
export function bedOf(call: Pick<ServerCall, 'caller' | 'callee'>): Extract<Party, { type: 'bed' }> | null {
  if (call.callee.type === 'bed') return call.callee
  return call.caller.type === 'bed' ? call.caller : null
}

/** The call as `endpoint` is told of it; `nowMs` turns the ring's deadline into what is left of it. */
export function viewFor(call: ServerCall, part: 'caller' | 'callee', nowMs: number): CallView {
  return {
    callId: call.callId,
    epoch: call.epoch,
    phase: call.phase,
    mode: call.mode,
    part,
    peer: part === 'caller' ? call.callee : call.caller,
    stay: call.stay?.epoch ?? null,
    remainingMs: Math.max(0, call.ringUntilMs - nowMs),
    ...(call.override && { override: call.override }),
    ...(call.softly && { softly: call.softly }),
    ...(call.table && { table: call.table }),
  }
}

/**
 * Every endpoint the call concerns: the caller's, and either the one that answered or all that ring. [SWITCH-8] Those
 * that are away hear of it when they are back: a session that goes on replays the ring, so it must replay its end too,
 * or a knock would count down in a call that is over (HZ-3).
 */
export function endpointsOf(board: Switchboard, call: ServerCall): EndpointId[] {
  const callees = call.calleeEndpoint === null ? ringingFor(board, call.callee) : [call.calleeEndpoint]
  return [call.callerEndpoint, ...callees.filter((endpoint) => endpoint !== call.callerEndpoint)]
}

export function endpointsOfParty(endpoints: Iterable<[EndpointId, Party]>, party: Party): EndpointId[] {
  return [...endpoints].filter(([, other]) => sameParty(other, party)).map(([endpoint]) => endpoint)
}

export function ringingFor(board: Switchboard, callee: Party): EndpointId[] {
  return [...endpointsOfParty(board.endpoints, callee), ...endpointsOfParty(board.away, callee)]
}

/** The calls an endpoint is a part of, with its part; what a welcome's snapshot is made of. */
export function callsOf(
  board: Switchboard,
  endpoint: EndpointId,
  party: Party,
): { call: ServerCall; part: 'caller' | 'callee' }[] {
  return [...board.calls.values()].flatMap((call) => {
    const part = partOf(call, endpoint, party)
    return part ? [{ call, part }] : []
  })
}

/** What the board shows of a bed (HZ-4's honest presence): a call first, then whether its tablet is there. */
export function bedStateOf(board: Switchboard, bedId: string, offlineSinceMs: number): BedState {
  for (const call of board.calls.values()) {
    const bedSide = call.callee.type === 'bed' ? call.callee : call.caller
    if (bedSide.type !== 'bed' || bedSide.bedId !== bedId) continue
    const other = bedSide === call.callee ? call.caller : call.callee
    const name = other.type === 'bed' ? `Bed ${other.label}` : other.name
    return call.phase === 'ringing' ? { type: 'ringing', with: name } : { type: 'in-call', with: name }
  }
  return board.endpoints.has(bedEndpoint(bedId))
    ? { type: 'ready' }
    : { type: 'offline', sinceMs: offlineSinceMs }
}

export function engagedIn(board: Switchboard, party: Party): ServerCall | undefined {
  return [...board.calls.values()].find(
    (call) => sameParty(call.caller, party) || sameParty(call.callee, party),
  )
}
