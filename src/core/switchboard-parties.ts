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

/** What tells a party from every other one at a table. */
export function endIdOf(party: Party): string {
  switch (party.type) {
    case 'bed':
      return party.bedId
    case 'staff':
      return party.staffId
    case 'guest':
      return party.guestId
  }
}

/** [DUTY-3] Whom a call rings, or whom it is with. */
export function calledBy({
  calleeEndpoint,
  callee,
  duty,
}: Pick<ServerCall, 'calleeEndpoint' | 'callee' | 'duty'>): readonly Party[] {
  return calleeEndpoint === null && duty ? duty.holders : [callee]
}

export function isCalled(call: ServerCall, party: Party): boolean {
  return calledBy(call).some((one) => sameParty(one, party))
}

/** Which side of the call this endpoint is, or null when it is on neither. */
export function partOf(call: ServerCall, endpoint: EndpointId, party: Party): 'caller' | 'callee' | null {
  if (call.callerEndpoint === endpoint) return 'caller'
  if (call.calleeEndpoint !== null) return call.calleeEndpoint === endpoint ? 'callee' : null
  return isCalled(call, party) ? 'callee' : null
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
    ...(call.duty && { duty: call.duty.name }),
  }
}

/**
 * Every endpoint the call concerns: the caller's, and either the one that answered or all that ring. [SWITCH-8] Those
 * that are away hear of it when they are back: a session that goes on replays the ring, so it must replay its end too,
 * or a knock would count down in a call that is over (HZ-3).
 */
export function endpointsOf(board: Switchboard, call: ServerCall): EndpointId[] {
  const callees = call.calleeEndpoint === null ? ringingAtAll(board, call) : [call.calleeEndpoint]
  return [call.callerEndpoint, ...callees.filter((endpoint) => endpoint !== call.callerEndpoint)]
}

export function endpointsOfParty(endpoints: Iterable<[EndpointId, Party]>, party: Party): EndpointId[] {
  return [...endpoints].filter(([, other]) => sameParty(other, party)).map(([endpoint]) => endpoint)
}

export function ringingFor(board: Switchboard, callee: Party): EndpointId[] {
  return [...endpointsOfParty(board.endpoints, callee), ...endpointsOfParty(board.away, callee)]
}

/** Every screen of everybody whom it rings. */
export function ringingAtAll(board: Switchboard, call: ServerCall): EndpointId[] {
  return calledBy(call).flatMap((party) => ringingFor(board, party))
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

/** [DUTY-3] Whom a call rings besides this one, and can; after a restart all of them may come back to it. */
export function othersRung(board: Switchboard, call: ServerCall, party: Party): Party[] {
  const { calleeEndpoint, duty, takenUp } = call
  if (calleeEndpoint !== null || !duty) return []
  const canRing = (one: Party) => takenUp === 'yes' || ringingFor(board, one).length > 0
  return duty.holders.filter((one) => !sameParty(one, party) && canRing(one))
}

/** Everybody whom this call keeps from another: who is in it, or for whom alone it rings (DUTY-3). */
export function engagedBy(board: Switchboard, call: ServerCall): Party[] {
  const isAlone = (party: Party) => othersRung(board, call, party).length === 0
  return [call.caller, ...calledBy(call).filter(isAlone)]
}

export function engagedIn(board: Switchboard, party: Party): ServerCall | undefined {
  const isIn = (call: ServerCall) => engagedBy(board, call).some((one) => sameParty(one, party))
  return [...board.calls.values()].find(isIn)
}
