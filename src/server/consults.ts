/** The shell round what colleagues are asked: carries out what is decided, keeps its time, and says that there is news. */
import {
  alarmOf,
  askedOf,
  type Consult,
  type ConsultEffect,
  type ConsultEvent,
  consultDueMs,
  type DutyBook,
  decideConsult,
  isTalk,
  type Consults as OpenConsults,
} from '../core/consult.ts'
import { may } from '../core/permissions.ts'
import type { ServerCall, Switchboard, SwitchboardEffect } from '../core/switchboard-state.ts'
import { mostWaitMs } from '../core/timings.ts'
import type { EndReason } from '../protocol/call.ts'
import type { Addressee, ConsultAlarm, ConsultState, ConsultView } from '../protocol/duty.ts'
import type { StaffParty } from '../protocol/people.ts'
import type { ServerMessage, Timings } from '../protocol/wire.ts'
import { isKnownConsult, recordConsult } from './consults-kept.ts'
import type { Duties } from './duties.ts'
import type { Phones } from './push/phones.ts'
import type { Queue } from './queue.ts'
import { type Sessions, tellText } from './session.ts'
import type { Db } from './store/store.ts'
import type { Ward } from './ward.ts'

export type ConsultsParts = {
  readonly db: Db
  readonly ward: Ward
  readonly timings: Timings
  readonly now: () => number
  readonly queue: Queue
  readonly sessions: Sessions
  readonly duties: Pick<Duties, 'book' | 'nameOf'>
  readonly phones: Pick<Phones, 'tell' | 'owners'>
}

export type Consults = ReturnType<typeof createConsults>

const newsText = JSON.stringify({ type: 'duty.news' } satisfies ServerMessage)
const alarms: readonly ConsultAlarm[] = ['none', 'first', 'again']

/** Goes on with those that were open when the server last stopped. */
export function createConsults(parts: ConsultsParts, open: readonly Consult[]) {
  const { db, ward, timings, now, queue, sessions, duties, phones } = parts
  const startedMs = now()
  let owners: ReadonlySet<string> = new Set()
  const book: DutyBook = { ...duties.book, canHear }
  let consults: OpenConsults = new Map(open.map((consult) => [consult.consultId, consult]))
  let timer: NodeJS.Timeout | undefined
  /** Calls that were answered and whose links have time yet. */
  const answered = new Map<string, { readonly sinceMs: number; readonly linked: NodeJS.Timeout }>()

  /** Decides about an event and does what follows from it. Run it in the queue. */
  async function dispatch(event: ConsultEvent): Promise<void> {
    owners = await phones.owners()
    const decision = decideConsult(consults, event, book, timings)
    consults = decision.consults
    for (const effect of decision.effects) await perform(effect)
    keepTime()
  }

  /** Somebody whose screen is connected, or has a telephone that is told. After a start screens take a while to come back. */
  function canHear(staffId: string): boolean {
    if (owners.has(staffId) || now() < startedMs + timings.reconnectMs) return true
    return [...sessions.values()].some(
      ({ party, socket }) => party.type === 'staff' && party.staffId === staffId && socket !== null,
    )
  }

  function keepTime(): void {
    clearTimeout(timer)
    const next = Math.min(...[...consults.values()].map((consult) => consultDueMs(consult, timings)))
    if (next === Number.POSITIVE_INFINITY) return
    const waitMs = Math.min(Math.max(0, next - now()), mostWaitMs)
    timer = setTimeout(() => queue.run(() => dispatch({ type: 'clock', nowMs: now() })), waitMs)
  }

  async function perform(effect: ConsultEffect): Promise<void> {
    switch (effect.type) {
      case 'record':
        return await recordConsult(db, effect.consult, effect.act, now())
      case 'tell':
        return tellNews()
      case 'phone':
        return phone(effect.consult)
    }
  }

  /** Who may call colleagues asks what is new; while their socket is away one word waits for them. */
  function tellNews(whose: ReadonlySet<string> | 'all' = 'all'): void {
    for (const session of sessions.values()) {
      const isFor = whose === 'all' || (session.party.type === 'staff' && whose.has(session.party.staffId))
      if (!isFor) continue
      if (session.party.type !== 'staff' || !may(session.actor, 'staff.call', ward.wardId, now())) continue
      if (session.socket || !session.unacked?.includes(newsText)) tellText(session, newsText)
    }
  }

  /** [DUTY-7] Whoever it is with now, and nobody else: neither who asks nor for what. */
  function phone(consult: Consult): void {
    const { consultId } = consult
    const whose = askedOf(consult, book)
    const isCalling = () => {
      const present = consults.get(consultId)
      return present !== undefined && present.at === consult.at && alarmOf(present) !== 'none'
    }
    phones.tell({ id: consultId, title: 'consult', whose: () => whose, isCalling })
  }

  function nameOf(to: Addressee): string {
    return (to.type === 'duty' ? duties.nameOf(to.dutyId) : ward.staff.get(to.staffId)?.name) ?? '-'
  }

  function viewFor(consult: Consult, staffId: string): ConsultView | null {
    const { consultId, by, reason, madeMs } = consult
    const isAsked = askedOf(consult, book).includes(staffId)
    if (!isAsked && by.staffId !== staffId) return null
    const mine = by.staffId === staffId ? 'asked' : 'asked-of-me'
    const alarm = mine === 'asked' ? 'none' : alarmOf(consult)
    const [to, at, state] = [nameOf(consult.to), nameOf(consult.at), stateOf(consult)]
    const atDuty = consult.at.type === 'duty'
    return state && { consultId, by, to, at, atDuty, mine, reason, madeMs, state, alarm }
  }

  function listFor(staffId: string): ConsultView[] {
    return [...consults.values()].map((consult) => viewFor(consult, staffId)).filter((one) => one !== null)
  }

  keepTime()

  return {
    /** Does it in the queue; answered when it is durable. */
    say: (event: ConsultEvent) => queue.ask(() => dispatch(event)),
    isKnown: (consultId: string) => isKnownConsult(db, consultId),
    listFor,
    alarmFor(staffId: string): ConsultAlarm {
      const loudest = Math.max(0, ...listFor(staffId).map(({ alarm }) => alarms.indexOf(alarm)))
      return alarms[loudest] ?? 'none'
    },

    /** Somebody has, or had, another duty. Run it in the queue. */
    async followDuties(): Promise<void> {
      await dispatch({ type: 'dutiesChanged', nowMs: now() })
      tellNews()
    },

    /** Those who are asked, or were asked last, look anew. */
    tellNews,

    /** What waits for this person and nobody else, and what they have promised. */
    withStaff: (staffId: string) => [...consults.values()].filter((one) => isWith(one, staffId)),
    promisers: () =>
      [...consults.values()].flatMap(({ progress }) => (progress.type === 'seen' ? progress.by.staffId : [])),

    /** [SHIFT-6] Run these two in the queue. */
    goOut: (staffId: string) => dispatch({ type: 'wentOut', staffId, nowMs: now() }),
    handOver: (from: string, to: StaffParty) => dispatch({ type: 'handedOver', from, to, nowMs: now() }),

    /** Somebody may be here no more. Run it in the queue. */
    leave: (staffId: string) => dispatch({ type: 'left', staffId, nowMs: now() }),

    /** [DUTY-6] Calls that were answered, or are over, by this decision. Run it in the queue. */
    async followCalls(
      before: Switchboard,
      after: Switchboard,
      effects: readonly SwitchboardEffect[],
    ): Promise<void> {
      if (before.calls === after.calls || consults.size === 0) return
      for (const call of after.calls.values())
        if (call.phase === 'accepted' && before.calls.get(call.callId)?.phase !== 'accepted') watch(call)
      for (const effect of effects)
        if (effect.type === 'recordEnd' && effect.call.phase === 'accepted')
          await endOf(effect.call, effect.reason)
    },

    stop(): void {
      clearTimeout(timer)
      for (const { linked } of answered.values()) clearTimeout(linked)
    },
  }

  /** Once its link had its time and it still goes on, they talk. */
  function watch(call: ServerCall): void {
    const sinceMs = now()
    const linked = setTimeout(
      () =>
        queue.run(async () => {
          if (answered.delete(call.callId)) await talked(call, sinceMs)
        }),
      timings.connectMs,
    )
    answered.set(call.callId, { sinceMs, linked })
  }

  async function endOf(call: ServerCall, reason: EndReason): Promise<void> {
    const one = answered.get(call.callId)
    clearTimeout(one?.linked)
    answered.delete(call.callId)
    // One that was answered before a restart is not watched.
    if (isTalk(reason)) await talked(call, one?.sinceMs ?? startedMs)
  }

  async function talked({ caller, callee }: ServerCall, sinceMs: number): Promise<void> {
    if (caller.type !== 'staff' || callee.type !== 'staff') return
    const staffIds = [caller.staffId, callee.staffId] as const
    await dispatch({ type: 'talked', staffIds, sinceMs, nowMs: now() })
  }
}

function isWith({ at, progress }: Consult, staffId: string): boolean {
  return (
    (at.type === 'staff' && at.staffId === staffId) ||
    (progress.type === 'seen' && progress.by.staffId === staffId)
  )
}

function stateOf({ progress }: Consult): ConsultState | null {
  if (progress.type === 'ended') return null
  if (progress.type === 'seen') return progress
  return { type: progress.level === 'last' ? 'unanswered' : 'waiting' }
}
