/** Where each visit stands: by its appointment, by who is here, by what calls there are, and by the clock. */
import { guestEndpoint } from '../../core/switchboard-parties.ts'
import type { ServerCall, Switchboard } from '../../core/switchboard-state.ts'
import { isMissing, isTime, linkStateOf, type Waiter } from '../../core/visit.ts'
import type { Party, StaffParty } from '../../protocol/people.ts'
import type { Appointment } from '../../protocol/plan.ts'
import type { LinkState, VisitState } from '../../protocol/visit.ts'
import type { Plan } from '../plan/plan.ts'
import type { Sessions } from '../session.ts'
import type { Switching } from '../switching.ts'
import { factsFor, isVouchedFor, partyFor, timeOf } from './facts.ts'
import type { Visit } from './kept.ts'

/** Whoever is not back after so long is away. */
export const awayMs = 15_000

export type StatesParts = {
  readonly now: () => number
  readonly sessions: Sessions
  readonly switching: Pick<Switching, 'board'>
  readonly plan: Pick<Plan, 'book'>
}

type Calls = Switchboard['calls']
type Indexed = { readonly calls: Calls; readonly byGuest: ReadonlyMap<string, ServerCall> }

export type States = ReturnType<typeof createStates>

/** `visits`: those in the room, by their ids, as they are at each time. */
export function createStates(
  { now, sessions, switching, plan }: StatesParts,
  visits: ReadonlyMap<string, Visit>,
) {
  /** Since when each is as it was last seen to be. */
  const seen = new Map<string, { readonly state: VisitState; readonly sinceMs: number }>()
  /** Asked of every visit at every change of any call, so not looked for each time. */
  let indexed: Indexed = { calls: new Map(), byGuest: new Map() }

  /** What left the plan is cancelled, and says so still. */
  const rowOf = ({ appointmentId, goneRow }: Visit): Appointment | undefined =>
    plan.book.get('appointment', appointmentId) ?? goneRow ?? undefined
  const open = (): Visit[] => [...visits.values()].filter(({ closed }) => closed === null)

  function callOf({ visitId }: Visit): ServerCall | undefined {
    const { calls } = switching.board()
    if (calls !== indexed.calls) indexed = { calls, byGuest: byGuestIn(calls) }
    return indexed.byGuest.get(visitId)
  }

  /** With whom they are, or who rings them. */
  function peerOf(visit: Visit): StaffParty | null {
    const call = callOf(visit)
    const peer: Party | undefined = call && [call.caller, call.callee].find(({ type }) => type === 'staff')
    return peer?.type === 'staff' ? peer : null
  }

  function linkOf(visit: Visit, isNewest = true): LinkState {
    const row = rowOf(visit)
    if (!row) return 'over'
    return linkStateOf(factsFor(row, visit, callOf(visit) !== undefined, now()), isNewest, now())
  }

  /** Whether whoever is bound to it may be here. */
  function isOpen(visit: Visit): boolean {
    const state = linkOf(visit)
    return state === 'ahead' || state === 'open'
  }

  /** A page that lost its network is looked for a moment: nobody moves up in the queue, and back, by that. */
  function isHere({ visitId }: Visit): boolean {
    const session = sessions.get(guestEndpoint(visitId))
    return session !== undefined && (session.socket !== null || now() - session.lostAtMs < awayMs)
  }

  function stateOf(visit: Visit): VisitState {
    if (callOf(visit)) return 'called'
    if (!isHere(visit)) return visit.boundMs === null ? 'invited' : 'away'
    if (visit.throughMs !== null) return 'again'
    const row = rowOf(visit)
    return row && isTime(timeOf(row).startMs, now()) ? 'waiting' : 'ahead'
  }

  function isVouched(visit: Visit): boolean {
    return isVouchedFor(visit, partyFor(visit, rowOf(visit)).name, now())
  }

  function sinceOf(visit: Visit, state: VisitState): number {
    if (state === 'waiting' || state === 'ahead') return visit.cameMs ?? now()
    const last = seen.get(visit.visitId)
    if (last?.state === state) return last.sinceMs
    if (last) return now()
    return visit.lastCallMs ?? visit.cameMs ?? visit.boundMs ?? visit.madeMs
  }

  function look(visit: Visit): { readonly state: VisitState; readonly sinceMs: number } {
    const state = stateOf(visit)
    const looked = { state, sinceMs: sinceOf(visit, state) }
    seen.set(visit.visitId, looked)
    return looked
  }

  /** [VISIT-4] Nobody has come, and a person decides. */
  function isMissed(visit: Visit, state: VisitState): boolean {
    const row = rowOf(visit)
    const isUndecided = visit.closed === null || visit.closed.why === 'expired'
    if (!row || !isUndecided) return false
    const facts = factsFor(row, visit, state === 'called', now())
    return isMissing(facts, { state, hasWaited: visit.waitedMs !== null }, now())
  }

  /** All of it that goes on by itself, or by what others do. */
  function standOf(visit: Visit) {
    const looked = look(visit)
    const [row, link, peer] = [rowOf(visit), linkOf(visit), peerOf(visit)?.name ?? null]
    return { row, link, peer, ...looked, isMissing: isMissed(visit, looked.state) }
  }

  function waiters(): Waiter[] {
    return open().flatMap((visit): Waiter[] => {
      const row = rowOf(visit)
      if (!row || stateOf(visit) !== 'waiting' || !isOpen(visit)) return []
      const { visitId, cameMs } = visit
      return [{ visitId, startMs: timeOf(row).startMs, sinceMs: cameMs ?? now(), staff: row.staff }]
    })
  }

  return {
    ...{ rowOf, open, callOf, peerOf, linkOf },
    ...{ isOpen, isHere, stateOf, isVouched, look, isMissed, standOf, waiters },
    forget: (visitId: string): void => void seen.delete(visitId),
  }
}

function byGuestIn(calls: Calls): ReadonlyMap<string, ServerCall> {
  const found = new Map<string, ServerCall>()
  for (const call of calls.values())
    for (const party of [call.caller, call.callee]) if (party.type === 'guest') found.set(party.guestId, call)
  return found
}
