/** Who may ring whom, and who was first to answer. */
import type { EndReason } from '../protocol/call.ts'
import type { Party } from '../protocol/people.ts'
import type { Timings } from '../protocol/wire.ts'
import { endpointsOfParty, engagedIn, partOf, ringingFor, sameParty } from './switchboard-parties.ts'
import type {
  Decision,
  ServerCall,
  Switchboard,
  SwitchboardEffect,
  SwitchboardEvent,
} from './switchboard-state.ts'
import { mayAsk, seatOthers, tableFor } from './switchboard-table.ts'
import { reports, ringingAt, withCall, withoutAway } from './switchboard-turn.ts'

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
  if (sameParty(caller, to)) return refuse('busy')
  // The tablet would end it at the door in any case; so no ring begins (HZ-3).
  if (event.door === 'privacy') return refuse('privacy-on')
  const { tableId } = event
  const table = tableId === undefined ? undefined : tableFor(board, tableId, 'callee', caller)
  const unasked = tableId === undefined ? null : whyUnasked(board, tableId, event, caller)
  if (unasked !== null) return refuse(unasked)
  const calleeCall = engagedIn(board, to)
  if (
    !table &&
    calleeCall &&
    calleeCall.phase === 'ringing' &&
    sameParty(calleeCall.caller, to) &&
    sameParty(calleeCall.callee, caller)
  ) {
    return {
      board,
      effects: [
        { type: 'recordEnd', call: newCall(event, caller, timings), reason: 'busy', by: 'server' },
        { type: 'tellGlare', to: from, callId, call: calleeCall },
      ],
    }
  }
  if (calleeCall || (!table && engagedIn(board, caller))) return refuse('busy')
  if (endpointsOfParty(board.endpoints, to).length === 0) return refuse('device-unready')
  const call: ServerCall = { ...newCall({ ...event, mode }, caller, timings), ...(table && { table }) }
  const next = withCall(board, call)
  return {
    board: next,
    effects: [
      { type: 'recordOpen', call },
      { type: 'startTimer', callId, timer: 'ring', ms: timings.ringMs },
      ...reports(next, call),
    ],
  }
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
 * [SWITCH-2] First answer wins; every other screen of the callee is told that it was taken elsewhere. A member of
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
  if (call.calleeEndpoint !== null && sameParty(call.callee, party)) {
    return {
      board,
      effects: [{ type: 'tellEnded', to: from, callId, reason: 'taken-elsewhere', by: 'server' }],
    }
  }
  if (partOf(call, from, party) !== 'callee') return { board, effects: [] }
  const epoch = call.callee.type === 'staff' ? call.epoch + 1 : call.epoch
  const accepted: ServerCall = { ...call, epoch, phase: 'accepted', calleeEndpoint: from }
  const next = withoutAway(withCall(board, accepted), call.callee)
  const table = seatOthers(next, accepted, timings)
  const others = ringingFor(board, call.callee).filter((endpoint) => endpoint !== from)
  return {
    board: table.board,
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
    ],
  }
}
