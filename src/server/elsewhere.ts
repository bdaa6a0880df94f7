/** Tells every screen of a person of the call that they are in at another one, so that it can be taken over or ended. */
import { callsOf, sideOf } from '../core/switchboard-parties.ts'
import type { Switchboard } from '../core/switchboard-state.ts'
import type { CallElsewhere } from '../protocol/call.ts'
import { type Session, type Sessions, tell } from './session.ts'

export function createElsewhere(sessions: Sessions) {
  /** What each of them was told last, as text. */
  const told = new WeakMap<Session, string>()

  function tellOne(session: Session, board: Switchboard): void {
    const call = callElsewhere(session, board)
    const text = JSON.stringify(call)
    if (text === (told.get(session) ?? 'null')) return
    told.set(session, text)
    tell(session, { type: 'call.elsewhere', call })
  }

  return {
    tellOne,
    /** After a decision: to whoever is on a call, or was. */
    tellTouched(before: Switchboard, after: Switchboard): void {
      if (before.calls === after.calls) return
      const calls = [...before.calls.values(), ...after.calls.values()]
      const touched = calls.filter(({ callId }) => before.calls.get(callId) !== after.calls.get(callId))
      for (const session of sessions.values())
        if (session.party.type === 'staff' && touched.some((call) => sideOf(call, session.party)))
          tellOne(session, after)
    },
  }
}

function callElsewhere({ endpoint, party }: Session, board: Switchboard): CallElsewhere | null {
  if (party.type !== 'staff' || callsOf(board, endpoint, party).length > 0) return null
  for (const call of board.calls.values()) {
    const side = call.phase === 'accepted' ? sideOf(call, party) : null
    if (side) return { callId: call.callId, peer: side === 'caller' ? call.callee : call.caller }
  }
  return null
}
