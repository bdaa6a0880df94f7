/** The waiting room: every visit that is not over, who is there now, and what each of them and the staff are told of it. */
import { guestEndpoint, sideOf } from '../../core/switchboard-parties.ts'
import { beforeIn, type Waiter } from '../../core/visit.ts'
import type { StaffParty } from '../../protocol/people.ts'
import type { Appointment } from '../../protocol/plan.ts'
import type { VisitEnd, VisitYours } from '../../protocol/visit-messages.ts'
import { closeCode, type ServerMessage } from '../../protocol/wire.ts'
import type { NewAct } from '../audit/record.ts'
import type { Plan } from '../plan/plan.ts'
import type { Phones } from '../push/phones.ts'
import { retell, type Session, type Sessions, tell, tellText } from '../session.ts'
import type { Db, Store } from '../store/store.ts'
import type { Switching } from '../switching.ts'
import type { Ward } from '../ward.ts'
import { createCalling } from './calling.ts'
import { timeOf } from './facts.ts'
import { findVisit, isCurrent, keepVisit, nobodyYet, type Visit } from './kept.ts'
import { createNews } from './news.ts'
import type { Post } from './post.ts'
import { createStates } from './states.ts'
import { createTold } from './told.ts'

export type RoomParts = {
  readonly store: Store
  readonly ward: Ward
  readonly now: () => number
  readonly sessions: Sessions
  readonly switching: Pick<Switching, 'board' | 'dispatch'>
  readonly plan: Pick<Plan, 'book'>
  readonly phones: Pick<Phones, 'tell'>
  readonly post: Post
  /** Of the clock on the hospital's wall. */
  readonly zone: string
  /** Where patients ring instead; null: nowhere. */
  readonly phone: string | null
}

export type Room = ReturnType<typeof createRoom>

type Beside = (step: Db) => Promise<void>

const yoursStart = '{"type":"visit.yours"'

/** `kept`: those that were not over when the server last stopped. Everything that changes anything runs in the queue. */
export function createRoom(parts: RoomParts, kept: readonly Visit[]) {
  const { store, now, sessions, switching, post } = parts
  const visits = new Map(kept.map((visit) => [visit.visitId, visit]))
  const ids = new Map(kept.map(({ appointmentId, visitId }) => [appointmentId, visitId]))
  const toldYours = new WeakMap<Session, string>()
  const news = createNews(parts)
  const told = createTold()

  const states = createStates(parts, visits)
  const calling = createCalling(parts, states)
  const { rowOf, open, isOpen, isHere, stateOf, isVouched, look, waiters } = states

  /** Durable, and then in memory. `beside`: what else belongs into the transaction. */
  async function change(
    visitId: string,
    patch: Partial<Visit>,
    acts: readonly NewAct[] = [],
    beside?: Beside,
  ): Promise<Visit | null> {
    const before = visits.get(visitId) ?? (await findVisit(store.db, visitId))
    return before && (await keep({ ...before, ...patch }, acts, beside))
  }

  async function keep(visit: Visit, acts: readonly NewAct[], beside?: Beside): Promise<Visit> {
    await keepVisit(store.db, visit, acts, now(), beside)
    if (!isCurrent(visit, now())) forget(visit)
    else {
      const before = visits.get(visit.visitId)
      if (before && before.appointmentId !== visit.appointmentId) ids.delete(before.appointmentId)
      visits.set(visit.visitId, visit)
      ids.set(visit.appointmentId, visit.visitId)
    }
    return visit
  }

  function forget({ visitId, appointmentId }: Visit): void {
    visits.delete(visitId)
    ids.delete(appointmentId)
    states.forget(visitId)
    calling.forget(visitId)
  }

  /** Whoever is there leaves their calls, is told why, and comes in no more by what they are. `why` null: they know. */
  async function sendAway(visitId: string, why: VisitEnd | null, by: StaffParty | null): Promise<void> {
    const endpoint = guestEndpoint(visitId)
    const session = sessions.get(endpoint)
    if (session && why) tell(session, { type: 'visit.over', why, by })
    const party = session?.party
    // First, or the end of a call finds them here, and has them wait again.
    letGo(session, closeCode.unauthenticated, 'the visit is over')
    const calls = party ? [...switching.board().calls.values()].filter((call) => sideOf(call, party)) : []
    for (const { callId } of calls)
      await switching.dispatch({ type: 'ended', from: endpoint, callId, reason: 'left' })
    await switching.dispatch({ type: 'removed', endpoint })
  }

  /** Its page comes back at once, and is told everything anew. */
  async function restart(visitId: string): Promise<void> {
    const endpoint = guestEndpoint(visitId)
    await switching.dispatch({ type: 'disconnected', endpoint })
    letGo(sessions.get(endpoint), closeCode.goingAway, 'begin anew')
  }

  /** Another browser may be here the next moment: the end of this one's socket says nothing of that. */
  function letGo(session: Session | undefined, code: number, reason: string): void {
    if (!session) return
    sessions.delete(session.endpoint)
    session.socket?.close(code, reason)
    session.socket = null
  }

  /** [VISIT-1] It is over, and nothing stays of it but whose it was and that it was. */
  async function close(visitId: string, why: VisitEnd, by: StaffParty | null, act: NewAct): Promise<void> {
    const { waitedMs = null } = visits.get(visitId) ?? {}
    const over = { ...nobodyYet, waitedMs, notes: [], closed: { atMs: now(), why } }
    await change(visitId, over, [act], (step) => post.drop(step, visitId))
    await sendAway(visitId, why, by)
    await settle()
  }

  /** [VISIT-2] Who has come, and for whom it is time. Whoever goes away before that only tried their device. */
  async function checkIn(visit: Visit): Promise<void> {
    const { visitId, cameMs, waitedMs } = visit
    if (!isHere(visit) || !isOpen(visit)) {
      calling.leave(visitId)
      if (cameMs !== null && waitedMs === null) await change(visitId, { cameMs: null })
      return
    }
    if (cameMs === null) await change(visitId, { cameMs: now(), waitedMs: null })
    if (stateOf(visit) !== 'waiting') return calling.stop(visitId)
    const isFirst = cameMs === null || waitedMs === null
    if (isFirst) await change(visitId, { waitedMs: now() })
    calling.call(visit, isFirst, () => visits.get(visitId))
  }

  function yoursOf(visit: Visit, row: Appointment, queue: readonly Waiter[]): VisitYours | null {
    const { state } = look(visit)
    if (state === 'invited' || state === 'away') return null
    const { startMs, endMs } = timeOf(row)
    const before = state === 'waiting' ? beforeIn(queue, visit.visitId) : 0
    const { zone, phone } = parts
    return { state, startMs, endMs, zone, before, notes: [...visit.notes], phone }
  }

  function tellYours(visit: Visit, queue: readonly Waiter[]): void {
    const [row, session] = [rowOf(visit), sessions.get(guestEndpoint(visit.visitId))]
    const yours = row && session && isOpen(visit) ? yoursOf(visit, row, queue) : null
    if (!session || !yours) return
    const text = JSON.stringify({ type: 'visit.yours', visit: yours } satisfies ServerMessage)
    if (toldYours.get(session) === text) return
    toldYours.set(session, text)
    retell(session, (waiting) => waiting.startsWith(yoursStart), text)
    tellText(session, text)
  }

  /** [VISIT-4] Said again to a page that begins anew, as long as it holds. */
  function tellVouched(visitId: string): void {
    const [visit, session] = [visits.get(visitId), sessions.get(guestEndpoint(visitId))]
    if (!visit?.vouched || !session || !isVouched(visit)) return
    tell(session, { type: 'visit.vouched', chain: visit.vouched.chain })
  }

  /** Brings everybody's picture to what is so. Says nothing twice. */
  async function settle(): Promise<void> {
    for (const visit of open()) await checkIn(visit)
    const queue = waiters()
    for (const visit of open()) tellYours(visit, queue)
    if (told.isNews(visits, (visit) => ({ ...states.standOf(visit), audience: calling.audienceOf(visit) })))
      news.tell()
  }

  return {
    ...states,
    calling,
    ...{ change, keep, sendAway, restart, close, settle, news, tellVouched },
    /** Nobody has to decide about them any more. */
    forgetOld(): void {
      for (const visit of visits.values()) if (!isCurrent(visit, now())) forget(visit)
    },
    all: (): Visit[] => [...visits.values()],
    byAppointment: (appointmentId: string): Visit | undefined => visits.get(ids.get(appointmentId) ?? ''),
    get: (visitId: string): Visit | undefined => visits.get(visitId),
    find: async (visitId: string): Promise<Visit | null> =>
      visits.get(visitId) ?? (await findVisit(store.db, visitId)),
  }
}
