/**
 * What the server decides about calls, as one pure function: who rings, who is busy, who was first, who is too late.
 * Everything two clients could disagree on is settled here and recorded before anyone is told.
 */
import type { Party } from '../protocol/people.ts'
import type { Timings } from '../protocol/wire.ts'
import { leaveRing } from './switchboard-duty.ts'
import { accept, invite } from './switchboard-invitations.ts'
import { bedOf, partOf, sideOf } from './switchboard-parties.ts'
import { connect, disconnect, isAbandoned, remove } from './switchboard-presence.ts'
import type {
  Decision,
  EndpointId,
  ServerCall,
  Switchboard,
  SwitchboardEffect,
  SwitchboardEvent,
} from './switchboard-state.ts'
import { callsAt, endAtTable, seatGuest, tableOf } from './switchboard-table.ts'
import { finish, forEach, reports, withCall } from './switchboard-turn.ts'

function end(board: Switchboard, event: Extract<SwitchboardEvent, { type: 'ended' }>): Decision {
  const call = board.calls.get(event.callId)
  const party = board.endpoints.get(event.from)
  if (!call || !party || !partOf(call, event.from, party)) return { board, effects: [] }
  return leaveRing(board, call, party) ?? endAtTable(board, call, event.reason, event.from)
}

/** [SWITCH-14] A person takes their call over to another of their screens: a fresh link, and the one that had it is told. */
function take(board: Switchboard, event: Extract<SwitchboardEvent, { type: 'taken' }>): Decision {
  const { from, callId } = event
  const call = board.calls.get(callId)
  const party = board.endpoints.get(from)
  const part = call && party?.type === 'staff' ? sideOf(call, party) : null
  if (call?.phase !== 'accepted' || !part || !party)
    return { board, effects: [{ type: 'tellPast', to: from, callId }] }
  // [TABLE-3] Whoever sits at a table moves with all their calls.
  const theirs = callsAt(board, tableOf(call)).filter((one) => one.phase === 'accepted' && sideOf(one, party))
  return forEach(board, theirs, (next, one) => takeOne(next, one, from, party))
}

function takeOne(board: Switchboard, call: ServerCall, from: EndpointId, party: Party): Decision {
  const { callId } = call
  const part = sideOf(call, party)
  const left = part === 'caller' ? call.callerEndpoint : call.calleeEndpoint
  if (left === null || left === from) return { board, effects: [{ type: 'report', to: from, call }] }
  const taken: ServerCall = {
    ...call,
    epoch: call.epoch + 1,
    ...(part === 'caller' ? { callerEndpoint: from } : { calleeEndpoint: from }),
  }
  const next = withCall(board, taken)
  return {
    board: next,
    effects: [
      { type: 'recordOpen', call: taken },
      { type: 'stopTimer', callId, timer: 'return' },
      { type: 'tellEnded', to: left, callId, reason: 'taken-elsewhere', by: 'me' },
      ...reports(next, taken),
    ],
  }
}

/** [SWITCH-4] A fresh link under the same call: only the current epoch counts, so two askers make one. */
function relink(board: Switchboard, event: Extract<SwitchboardEvent, { type: 'relinked' }>): Decision {
  const call = board.calls.get(event.callId)
  const party = board.endpoints.get(event.from)
  if (!call) return { board, effects: [{ type: 'tellPast', to: event.from, callId: event.callId }] }
  if (!party || !partOf(call, event.from, party)) return { board, effects: [] }
  const returned: SwitchboardEffect = { type: 'stopTimer', callId: call.callId, timer: 'return' }
  if (event.epoch !== call.epoch)
    return { board, effects: [returned, { type: 'report', to: event.from, call }] }
  const fresh: ServerCall = { ...call, epoch: call.epoch + 1 }
  const next = withCall(board, fresh)
  return { board: next, effects: [{ type: 'recordOpen', call: fresh }, returned, ...reports(next, fresh)] }
}

/** [SWITCH-13] A call belongs to the stay it began in: it ends when the patient moves or leaves (HZ-1). */
function changeStay(board: Switchboard, { bedId, stay }: Extract<SwitchboardEvent, { type: 'stayChanged' }>) {
  const over = [...board.calls.values()].filter(
    (call) => bedOf(call)?.bedId === bedId && call.stay?.epoch !== stay.epoch,
  )
  return forEach(board, over, (next, call) => finish(next, call, 'left', null))
}

function elapse(board: Switchboard, event: Extract<SwitchboardEvent, { type: 'timeElapsed' }>): Decision {
  const call = board.calls.get(event.callId)
  if (!call) return { board, effects: [] }
  switch (event.timer) {
    case 'ring':
      return call.phase === 'ringing' ? endAtTable(board, call, 'no-answer', null) : { board, effects: [] }
    case 'return':
      return finish(board, call, 'connection-lost', null)
    case 'abandoned':
      return isAbandoned(board, call) ? finish(board, call, 'connection-lost', null) : { board, effects: [] }
  }
}

/** The next state of the switchboard and what the server must do, in this order. Total and pure. */
export function decide(board: Switchboard, event: SwitchboardEvent, timings: Timings): Decision {
  switch (event.type) {
    case 'connected':
      return connect(board, event, timings)
    case 'disconnected':
      return disconnect(board, event.endpoint, timings)
    case 'invited':
      return invite(board, event, timings)
    case 'accepted':
      return accept(board, event, timings)
    case 'seated':
      return seatGuest(board, event, timings)
    case 'ended':
      return end(board, event)
    case 'taken':
      return take(board, event)
    case 'relinked':
      return relink(board, event)
    case 'removed':
      return remove(board, event.endpoint, timings)
    case 'stayChanged':
      return changeStay(board, event)
    case 'timeElapsed':
      return elapse(board, event)
  }
}
