/** Who may ring whom, and who was first to answer. */
import type { EndReason } from '../protocol/call.ts'
import type { Party, StaffParty } from '../protocol/people.ts'
import type { Timings } from '../protocol/wire.ts'
import { leaveOtherRings } from './switchboard-duty.ts'
import {
  calledBy,
  endpointsOfParty,
  engagedIn,
  isCalled,
  partOf,
  ringingAtAll,
  sameParty,
} from './switchboard-parties.ts'
import type {
  Decision,
  ServerCall,
  Switchboard,
  SwitchboardEffect,
  SwitchboardEvent,
} from './switchboard-state.ts'
import { mayAsk, seatOthers, tableFor } from './switchboard-table.ts'
import { reports, ringElse, ringingAt, withCall, withoutAway } from './switchboard-turn.ts'

/** [SWITCH-1] Invitations: late ones ring nobody, a pair that rings each other has one call, a bed has one call. */
export function invite(
  board: Switchboard,
  event: Extract<SwitchboardEvent, { type: 'invited' }>,
  timings: Timings,
): Decision {
  const { from, callId, to, mode, nowMs } = event
  const caller = board.endpoints.get(from)
  if (!caller) return { board, effects: [] }
  const missed = ringingAt(board, from, caller)
  if (event.isPast) return { board, effects: [{ type: 'tellPast', to: from, callId }, ...missed] }
  const known = board.calls.get(callId)
  if (known) {
    const effects: SwitchboardEffect[] =
      known.callerEndpoint === from ? [{ type: 'report', to: from, call: known }] : []
    return { board, effects }
  }
  const refuse = (reason: EndReason): Decision => ({
    board,
    effects: [
      {
        type: 'recordEnd',
        call: newCall(event, caller, timings),
        reason,
        by: 'server',
      },
      { type: 'tellEnded', to: from, callId, reason, by: 'server' },
      ...missed,
    ],
  })
  if (nowMs > event.expiresAtMs) return refuse('connection-lost')
  // [SWITCH-12] The caller's screen showed another patient than the one who lies there now (HZ-1).
  if (event.seenEpoch !== (event.stay?.epoch ?? null)) return refuse('left')
  // [DUTY-3] Whoever has a duty themselves calls the others who have it.
  const wanted: readonly Party[] = (event.duty?.holders ?? [to]).filter((one) => !sameParty(caller, one))
  if (wanted.length === 0) return refuse('busy')
  // The tablet would end it at the door in any case; so no ring begins (HZ-3).
  if (event.door === 'privacy') return refuse('privacy-on')
  const { tableId } = event
  const table = tableId === undefined ? undefined : tableFor(board, tableId, 'callee', caller)
  const unasked = tableId === undefined ? null : whyUnasked(board, tableId, event, caller)
  if (unasked !== null) return refuse(unasked)
  const crossing = table ? undefined : crossingCall(board, wanted, caller)
  if (crossing) {
    return {
      board,
      effects: [
        { type: 'recordEnd', call: newCall(event, caller, timings), reason: 'busy', by: 'server' },
        { type: 'tellGlare', to: from, callId, call: crossing },
      ],
    }
  }
  const free = wanted.filter((one) => !engagedIn(board, one))
  if (free.length === 0 || (!table && engagedIn(board, caller))) return refuse('busy')
  const first = free.find((one) => endpointsOfParty(board.endpoints, one).length > 0)
  if (!first) return refuse('device-unready')
  const call: ServerCall = {
    ...newCall({ ...event, to: first, mode }, caller, timings),
    ...(table && { table }),
    ...(event.duty && { duty: { ...event.duty, holders: free.filter(isStaff) } }),
  }
  const next = withCall(board, call)
  const left = leaveOtherRings(next, call, caller)
  return {
    board: left.board,
    effects: [
      { type: 'recordOpen', call },
      { type: 'startTimer', callId, timer: 'ring', ms: timings.ringMs },
      ...reports(next, call),
      ...left.effects,
    ],
  }
}

/** [CALL-6] The call by which one of these rings the caller meanwhile. */
function crossingCall(board: Switchboard, wanted: readonly Party[], caller: Party): ServerCall | undefined {
  return [...board.calls.values()].find(
    (call) =>
      call.phase === 'ringing' && wanted.some((one) => sameParty(call.caller, one)) && isCalled(call, caller),
  )
}

function isStaff(party: Party): party is StaffParty {
  return party.type === 'staff'
}

/** [TABLE-1] A patient is called at their own bed, and comes to no table. */
function whyUnasked(
  board: Switchboard,
  tableId: string,
  { from, to }: Extract<SwitchboardEvent, { type: 'invited' }>,
  caller: Party,
): EndReason | null {
  return to.type === 'staff' ? mayAsk(board, tableId, from, caller) : 'device-unready'
}

function newCall(
  event: Extract<SwitchboardEvent, { type: 'invited' }>,
  caller: Party,
  timings: Timings,
): ServerCall {
  return {
    callId: event.callId,
    epoch: 1,
    phase: 'ringing',
    mode: event.mode,
    callerEndpoint: event.from,
    caller,
    callee: event.to,
    stay: event.stay,
    calleeEndpoint: null,
    ringUntilMs: event.nowMs + timings.ringMs,
    ...(event.override && { override: event.override }),
    ...(event.softly && { softly: event.softly }),
  }
}

/**
 * [SWITCH-2] [DUTY-3] First answer wins; every other screen of whoever was rung is told that it was taken elsewhere. A member of
 * staff may have several screens, and any of them may hold the warm link: the answer gets a fresh one, so that no
 * picture flows to a screen that did not answer (HZ-2). A bed has one screen and keeps the link that was warmed.
 */
export function accept(
  board: Switchboard,
  event: Extract<SwitchboardEvent, { type: 'accepted' }>,
  timings: Timings,
): Decision {
  const { from, callId } = event
  const call = board.calls.get(callId)
  const party = board.endpoints.get(from)
  if (!call || !party) return { board, effects: [{ type: 'tellPast', to: from, callId }] }
  if (call.calleeEndpoint === from) return { board, effects: [{ type: 'report', to: from, call }] }
  const wasRung = [call.callee, ...(call.duty?.holders ?? [])].some((one) => sameParty(one, party))
  if (call.calleeEndpoint !== null && wasRung) {
    return {
      board,
      effects: [{ type: 'tellEnded', to: from, callId, reason: 'taken-elsewhere', by: 'server' }],
    }
  }
  if (partOf(call, from, party) !== 'callee') return { board, effects: [] }
  const epoch = call.callee.type === 'staff' ? call.epoch + 1 : call.epoch
  const accepted: ServerCall = { ...call, epoch, phase: 'accepted', callee: party, calleeEndpoint: from }
  const next = withoutAway(withCall(board, accepted), calledBy(call))
  const table = seatOthers(next, accepted, timings)
  const others = ringingAtAll(board, call).filter((endpoint) => endpoint !== from)
  const left = leaveOtherRings(table.board, accepted, party)
  return {
    board: left.board,
    effects: [
      { type: 'recordOpen', call: accepted },
      { type: 'stopTimer', callId, timer: 'ring' },
      ...reports(next, accepted),
      ...others.map(
        (to): SwitchboardEffect => ({
          type: 'tellEnded',
          to,
          callId,
          reason: 'taken-elsewhere',
          by: 'server',
        }),
      ),
      ...table.effects,
      ...left.effects,
      ...(call.duty ? ringElse(left.board, others) : []),
    ],
  }
}
