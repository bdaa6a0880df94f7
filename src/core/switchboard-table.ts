/** Several at one table: a call between every two of them, who comes, and who leaves. */
import type { CallTable, EndReason } from '../protocol/call.ts'
import type { Party } from '../protocol/people.ts'
import type { Timings } from '../protocol/wire.ts'
import { isPatient } from './call-state.ts'
import { bedOf, sameParty, sideOf } from './switchboard-parties.ts'
import type {
  Decision,
  EndpointId,
  ServerCall,
  Switchboard,
  SwitchboardEffect,
  SwitchboardEvent,
} from './switchboard-state.ts'
import { finish, forEach, partAt, reports, withCall } from './switchboard-turn.ts'

/** [TABLE-1] So many at most: each sends their picture to every other one. */
export const mostSeats = 4

/** The call that a call's table stands round; of a call of two it is the call itself. */
export function tableOf(call: Pick<ServerCall, 'callId' | 'table'>): string {
  return call.table?.tableId ?? call.callId
}

export function callsAt(board: Switchboard, tableId: string): ServerCall[] {
  return [...board.calls.values()].filter((call) => tableOf(call) === tableId)
}

/** Everybody at it, whoever is asked to come among them. */
export function seatsAt(board: Switchboard, tableId: string): Party[] {
  const parties = callsAt(board, tableId).flatMap(({ caller, callee }) => [caller, callee])
  return parties.filter((party, index) => parties.findIndex((other) => sameParty(party, other)) === index)
}

/** At which screen this party sits there; null: at none. */
function screenAt(board: Switchboard, tableId: string, party: Party): EndpointId | null {
  const call = callsAt(board, tableId).find((one) => one.phase === 'accepted' && sideOf(one, party) !== null)
  if (!call) return null
  return sideOf(call, party) === 'caller' ? call.callerEndpoint : call.calleeEndpoint
}

/** Whether somebody may be asked to this table from that screen, or why not. */
export function mayAsk(
  board: Switchboard,
  tableId: string,
  from: EndpointId,
  caller: Party,
): EndReason | null {
  if (screenAt(board, tableId, caller) !== from) return 'connection-lost'
  return seatsAt(board, tableId).length >= mostSeats ? 'table-full' : null
}

/** Whose table it is, where a patient is at it. */
export function tableFor(
  board: Switchboard,
  tableId: string,
  joins: 'caller' | 'callee',
  by: Party,
): CallTable {
  const bed = callsAt(board, tableId)
    .map(bedOf)
    .find((party) => party !== null)
  return { tableId, joins, by, ...(bed && { bed }) }
}

/**
 * [TABLE-2] Somebody has come by `first`: a call to each of the others who sit there. Staff and guests are in it at once; the
 * patient, in a bed or at their own visit, is asked by a ring, or a knock where the call at the bed began as one.
 */
export function seatOthers(board: Switchboard, first: ServerCall, timings: Timings): Decision {
  const { calleeEndpoint, callee: joiner, caller: inviter } = first
  if (first.table?.joins !== 'callee' || calleeEndpoint === null) return { board, effects: [] }
  const { tableId } = first.table
  const others = seatsAt(board, tableId).filter(
    (party) => !sameParty(party, joiner) && !sameParty(party, inviter),
  )
  let next = board
  const effects: SwitchboardEffect[] = []
  for (const [index, party] of others.entries()) {
    const seat = screenAt(board, tableId, party)
    // Whoever still rings makes their own calls when they come.
    if (seat === null) continue
    const leg = legTo(board, first, { party, seat, calleeEndpoint }, index + 1, timings)
    next = withCall(next, leg)
    effects.push({ type: 'recordOpen', call: leg })
    if (leg.phase === 'ringing')
      effects.push({ type: 'startTimer', callId: leg.callId, timer: 'ring', ms: timings.ringMs })
    effects.push(...reports(next, leg))
  }
  return { board: next, effects }
}

function legTo(
  board: Switchboard,
  first: ServerCall,
  {
    party,
    seat,
    calleeEndpoint,
  }: { readonly party: Party; readonly seat: EndpointId; readonly calleeEndpoint: EndpointId },
  number: number,
  timings: Timings,
): ServerCall {
  const tableId = tableOf(first)
  const present = callsAt(board, tableId).find(
    (call) => call.phase === 'accepted' && sideOf(call, party) !== null,
  )
  const isAsked = isPatient(party)
  return {
    // Made from the one that brought them, so that a decision needs no chance; both are unique.
    callId: `${first.callId.slice(0, 60)}-${number}`,
    epoch: 1,
    phase: isAsked ? 'ringing' : 'accepted',
    mode: isAsked ? (present?.mode ?? 'ring') : 'ring',
    callerEndpoint: calleeEndpoint,
    caller: first.callee,
    callee: party,
    stay: isAsked ? (present?.stay ?? null) : null,
    calleeEndpoint: isAsked ? null : seat,
    // The ring that brought them here is over; the patient has as long again.
    ringUntilMs: first.ringUntilMs + timings.ringMs,
    table: tableFor(board, tableId, 'caller', first.caller),
  }
}

/** [TABLE-4] A guest who was vouched for is in a call with whoever asked them, and comes to the others by it. */
export function seatGuest(
  board: Switchboard,
  { tableId, callId, by, endpoint, party, nowMs }: Extract<SwitchboardEvent, { type: 'seated' }>,
  timings: Timings,
): Decision {
  const inviter = screenAt(board, tableId, by)
  const isThere = seatsAt(board, tableId).some((seat) => sameParty(seat, party))
  if (inviter === null || isThere || mayAsk(board, tableId, inviter, by) !== null)
    return { board, effects: [] }
  const call: ServerCall = {
    callId,
    epoch: 1,
    phase: 'accepted',
    mode: 'ring',
    callerEndpoint: inviter,
    caller: by,
    callee: party,
    stay: null,
    calleeEndpoint: endpoint,
    ringUntilMs: nowMs,
    table: tableFor(board, tableId, 'callee', by),
  }
  const next = withCall(board, call)
  const others = seatOthers(next, call, timings)
  return {
    board: others.board,
    effects: [{ type: 'recordOpen', call }, ...reports(next, call), ...others.effects],
  }
}

/** Ends by which somebody gets up; any other is of one call, and of its link. */
const leaving: readonly EndReason[] = ['hung-up', 'left', 'forgotten', 'permission-lost', 'device-unready']

/** [TABLE-3] Who is gone from the table with the end of this call, if anybody is. */
function whoLeaves(call: ServerCall, reason: EndReason, part: 'caller' | 'callee' | null): Party | null {
  if (call.phase === 'ringing') return call.table ? call[call.table.joins] : null
  return part !== null && leaving.includes(reason) ? call[part] : null
}

/** [TABLE-3] The patient was asked about them in the name of who is gone. */
function orphanedBy(board: Switchboard, tableId: string, gone: Party): ServerCall[] {
  return callsAt(board, tableId).filter(({ phase, table }) => {
    return phase === 'ringing' && table?.joins === 'caller' && sameParty(table.by, gone)
  })
}

/** [TABLE-3] Ends this call, and with it every other of whoever leaves the table; the others stay. */
export function endAtTable(
  board: Switchboard,
  call: ServerCall,
  reason: EndReason,
  ender: EndpointId | null,
): Decision {
  const gone = whoLeaves(call, reason, partAt(board, call, ender))
  const theirs = gone ? callsAt(board, tableOf(call)).filter((other) => sideOf(other, gone) !== null) : []
  const orphaned = gone ? orphanedBy(board, tableOf(call), gone) : []
  const ended = [...new Map([call, ...theirs, ...orphaned].map((one) => [one.callId, one])).values()]
  return forEach(board, ended, (next, one) => finish(next, one, reason, ender))
}
