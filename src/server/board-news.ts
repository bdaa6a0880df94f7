/** Keeps every station's board true: after each decision says what it changed about a bed, and nothing else. */
import { may } from '../core/permissions.ts'
import type { Switchboard, SwitchboardEvent } from '../core/switchboard.ts'
import type { Party } from '../protocol/people.ts'
import { type Sessions, tellText } from './session.ts'
import { type Bed, viewOfBed, type Ward } from './ward.ts'

export type BoardNews = ReturnType<typeof createBoardNews>

export function createBoardNews(ward: Ward, sessions: Sessions, now: () => number) {
  /** The last that was said of each bed, so that nothing is said twice. */
  const told = new Map<Bed, string>()

  function tellBed(bed: Bed, board: Switchboard): void {
    const text = JSON.stringify({ type: 'bed.changed', bed: viewOfBed(bed, board) })
    if (told.get(bed) === text) return
    told.set(bed, text)
    for (const session of sessions.values()) {
      if (may(session.actor, 'board.see', ward.wardId, now())) tellText(session, text)
    }
  }

  /** `before` and `after` are the switchboard on either side of the decision on `event`. */
  function tellTouched(event: SwitchboardEvent, before: Switchboard, after: Switchboard): void {
    for (const party of [...partiesOf(event, before), ...partiesOf(event, after)]) {
      const bed = party.type === 'bed' ? ward.beds.get(party.bedId) : undefined
      if (bed) tellBed(bed, after)
    }
  }

  return { tellBed, tellTouched }
}

/** Whoever an event is from or about, as far as this switchboard knows them. */
function partiesOf(event: SwitchboardEvent, board: Switchboard): Party[] {
  const call = 'callId' in event ? board.calls.get(event.callId) : undefined
  const party = 'endpoint' in event ? board.endpoints.get(event.endpoint) : undefined
  return [...(call ? [call.caller, call.callee] : []), ...(party ? [party] : [])]
}
