/** Keeps every station's board true: after each decision says what it changed about a bed, and nothing else. */
import { may } from '../core/permissions.ts'
import type { Switchboard, SwitchboardEvent } from '../core/switchboard-state.ts'
import type { BedView, Party } from '../protocol/people.ts'
import { type Session, type Sessions, tellText } from './session.ts'
import { type Bed, viewOfBed, type Ward, withoutPatient } from './ward.ts'

export type BoardNews = ReturnType<typeof createBoardNews>

export function createBoardNews(ward: Ward, sessions: Sessions, now: () => number) {
  /** The last that was said of each bed, so that nothing is said twice. */
  const told = new Map<Bed, string>()
  /** What else of the ward is told anew to a screen that is told the board anew. */
  let tellBeside: (session: Session) => void = () => {}

  function tellBed(bed: Bed, board: Switchboard): void {
    const text = wordsOf(viewOfBed(bed, board, ward))
    if (told.get(bed) === text) return
    told.set(bed, text)
    const nameless = wordsOf(withoutPatient(viewOfBed(bed, board, ward)))
    for (const session of sessions.values()) {
      if (may(session.actor, 'board.see', ward.wardId, now()))
        tellText(session, session.isLocked ? nameless : text)
    }
  }

  /** The whole board as this session may see it: nothing of a foreign ward, no patients on a locked screen. */
  function bedsFor({ actor, isLocked }: Pick<Session, 'actor' | 'isLocked'>, board: Switchboard): BedView[] {
    if (!may(actor, 'board.see', ward.wardId, now())) return []
    const beds = [...ward.beds.values()].map((bed) => viewOfBed(bed, board, ward))
    return isLocked ? beds.map(withoutPatient) : beds
  }

  /** Says all beds anew to a session whose screen was locked or opened. */
  function tellAll(session: Session, board: Switchboard): void {
    for (const bed of bedsFor(session, board)) tellText(session, wordsOf(bed))
    tellBeside(session)
  }

  /** `before` and `after` are the switchboard on either side of the decision on `event`. */
  function tellTouched(event: SwitchboardEvent, before: Switchboard, after: Switchboard): void {
    for (const party of [...partiesOf(event, before), ...partiesOf(event, after)]) {
      const bed = party.type === 'bed' ? ward.beds.get(party.bedId) : undefined
      if (bed) tellBed(bed, after)
    }
  }

  return {
    bedsFor,
    tellBed,
    tellAll,
    tellTouched,
    tellBeside: (session: Session) => tellBeside(session),
    alsoTell(tell: (session: Session) => void): void {
      tellBeside = tell
    },
  }
}

function wordsOf(bed: BedView): string {
  return JSON.stringify({ type: 'bed.changed', bed })
}

/** Whoever an event is from or about, as far as this switchboard knows them. */
function partiesOf(event: SwitchboardEvent, board: Switchboard): Party[] {
  const call = 'callId' in event ? board.calls.get(event.callId) : undefined
  const party = 'endpoint' in event ? board.endpoints.get(event.endpoint) : undefined
  return [...(call ? [call.caller, call.callee] : []), ...(party ? [party] : [])]
}
