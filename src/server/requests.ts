/** The shell round patients' requests: carries out what is decided, keeps their time, and tells whom they concern (HZ-4). */
import { may } from '../core/permissions.ts'
import { whosePhones } from '../core/request-phones.ts'
import { decideRequest } from '../core/requests.ts'
import {
  alarmOf,
  dueMs,
  type Requests as OpenRequests,
  type PatientRequest,
  type RequestEffect,
  type RequestEvent,
  takerOf,
  viewOf,
} from '../core/requests-state.ts'
import { bedEndpoint } from '../core/switchboard-parties.ts'
import type { EndpointId } from '../core/switchboard-state.ts'
import { mostWaitMs } from '../core/timings.ts'
import type { BedParty, StaffParty } from '../protocol/people.ts'
import type { RequestMessage, RequestNews } from '../protocol/request.ts'
import type { Timings } from '../protocol/wire.ts'
import type { Phones } from './push/phones.ts'
import type { Queue } from './queue.ts'
import { isPastRequest, recordRefusal, recordRequest } from './requests-kept.ts'
import { type Session, type Sessions, tell, tellText } from './session.ts'
import type { Db } from './store/store.ts'
import type { Ward } from './ward.ts'

export type RequestsParts = {
  readonly db: Db
  readonly ward: Ward
  readonly timings: Timings
  readonly now: () => number
  readonly queue: Queue
  readonly sessions: Sessions
  readonly phones: Pick<Phones, 'tell'>
}

export type Requests = ReturnType<typeof createRequests>

/** Goes on with those that were open when the server last stopped. */
export function createRequests(parts: RequestsParts, open: readonly PatientRequest[]) {
  const { db, ward, timings, now, queue, sessions, phones } = parts
  let requests: OpenRequests = new Map(open.map((request) => [request.requestId, request]))
  let timer: NodeJS.Timeout | undefined

  /** Decides about an event and does what follows from it. Run it in the queue. */
  async function dispatch(event: RequestEvent): Promise<void> {
    const decision = decideRequest(requests, event, timings)
    requests = decision.requests
    for (const effect of decision.effects) await perform(effect)
    keepTime()
  }

  function keepTime(): void {
    clearTimeout(timer)
    const next = Math.min(...[...requests.values()].map((request) => dueMs(request, timings)))
    if (next === Number.POSITIVE_INFINITY) return
    const waitMs = Math.min(Math.max(0, next - now()), mostWaitMs)
    timer = setTimeout(() => queue.run(() => dispatch({ type: 'clock', nowMs: now() })), waitMs)
  }

  async function perform(effect: RequestEffect): Promise<void> {
    switch (effect.type) {
      case 'record':
        return await recordRequest(db, effect.request, effect.act, now())
      case 'tell':
        return tellOf(effect.request)
      case 'phone':
        return phone(effect.request)
      case 'refuse': {
        if (effect.why !== 'open-already') await recordRefusal(db, effect, now())
        const { requestId, why } = effect
        const tablet = sessions.get(bedEndpoint(effect.bedId))
        if (tablet) tell(tablet, { type: 'request.refused', requestId, why })
        return
      }
    }
  }

  /** [ASK-11] */
  function phone(request: PatientRequest): void {
    const { requestId, bedId } = request
    const level = alarmOf(request)
    if (level === 'none') return
    const carers = (ward.beds.get(bedId)?.carers ?? []).map(({ staffId }) => staffId)
    const isCalling = () => {
      const now = requests.get(requestId)
      return now !== undefined && alarmOf(now) !== 'none'
    }
    const whose = (phones: readonly string[]) => whosePhones(level, carers, phones)
    phones.tell({ id: requestId, title: level, whose, isCalling })
  }

  /** The board's screens, and the tablet of the bed in which its patient lies. */
  function tellOf(request: PatientRequest): void {
    const [shown, hidden] = [wordsOf(request, 'shown'), wordsOf(request, 'hidden')]
    const tablet = bedEndpoint(request.bedId)
    for (const session of sessions.values()) {
      if (session.endpoint === tablet) tellText(session, shown)
      else if (seesBoard(session)) tellText(session, session.isLocked ? hidden : shown)
    }
  }

  function wordsOf(request: PatientRequest, names: 'shown' | 'hidden'): string {
    const view = viewOf(request, labelOf(request.bedId), names)
    return JSON.stringify({ type: 'request.changed', request: view } satisfies RequestNews)
  }

  function labelOf(bedId: string): string {
    return ward.beds.get(bedId)?.party.label ?? '-'
  }

  function seesBoard({ party, actor }: Session): boolean {
    return party.type === 'staff' && may(actor, 'board.see', ward.wardId, now())
  }

  function isFor({ party, ...session }: Session, { bedId, stay }: PatientRequest): boolean {
    if (party.type === 'staff') return seesBoard({ party, ...session })
    return party.type === 'bed' && party.bedId === bedId && ward.beds.get(bedId)?.stay.epoch === stay.epoch
  }

  async function ofBed(bed: BedParty, message: RequestMessage): Promise<void> {
    const { bedId } = bed
    if (message.type === 'request.make') return await make(bedId, message)
    if (message.type !== 'request.here' && message.type !== 'request.take-back') return
    const how = message.type === 'request.here' ? 'here' : 'taken-back'
    const { requestId } = message
    await dispatch({ type: 'endedAtBed', requestId, bedId, how, nowMs: now() })
  }

  async function make(
    bedId: string,
    { requestId, reason, stay, expiresAtMs }: Extract<RequestMessage, { type: 'request.make' }>,
  ): Promise<void> {
    const bed = ward.beds.get(bedId)
    if (!bed) return
    const isPast = await isPastRequest(db, requestId)
    const asked = { requestId, bedId, reason, stay: bed.stay, seenEpoch: stay, expiresAtMs, isPast }
    await dispatch({ type: 'made', ...asked, nowMs: now() })
  }

  async function ofStaff(by: StaffParty, endpoint: EndpointId, message: RequestMessage): Promise<void> {
    const nowMs = now()
    switch (message.type) {
      case 'request.sounds':
        return await dispatch({ type: 'sounded', requestId: message.requestId, endpoint, nowMs })
      case 'request.silent':
        return await dispatch({ type: 'fellSilent', endpoint, nowMs })
      case 'request.see':
        return await dispatch({ type: 'seen', requestId: message.requestId, by, nowMs })
      case 'request.come': {
        const { requestId, inMinutes } = message
        return await dispatch({ type: 'coming', requestId, by, inMinutes, nowMs })
      }
      case 'request.done':
        return await dispatch({ type: 'done', requestId: message.requestId, by, nowMs })
      case 'request.make':
      case 'request.here':
      case 'request.take-back':
        return
    }
  }

  return {
    /** What an endpoint says that may say it. Run it in the queue. */
    async hear({ party, endpoint }: Session, message: RequestMessage): Promise<void> {
      if (party.type === 'bed') await ofBed(party, message)
      if (party.type === 'staff') await ofStaff(party, endpoint, message)
    },

    /** Says all that is open to a screen that begins anew, is locked or opened, or may see more or less than before. */
    tellAll(session: Session): void {
      const mine = [...requests.values()].filter((request) => isFor(session, request))
      const names = session.isLocked ? 'hidden' : 'shown'
      const views = mine.map((request) => viewOf(request, labelOf(request.bedId), names))
      tell(session, { type: 'request.list', requests: views })
      // Who may answer none any more is nobody who hears them.
      if (session.party.type === 'staff' && !may(session.actor, 'request.answer', ward.wardId, now()))
        queue.run(() => dispatch({ type: 'fellSilent', endpoint: session.endpoint, nowMs: now() }))
    },

    /** Nobody hears anything at this endpoint until it says so. Run it in the queue. */
    fellSilent: (endpoint: EndpointId) => dispatch({ type: 'fellSilent', endpoint, nowMs: now() }),

    /** [ASK-8] Patients moved or left, now or before the server was killed. Run it in the queue. */
    async followStays(): Promise<void> {
      const stays = new Map([...ward.beds].map(([bedId, { stay }]) => [bedId, stay]))
      await dispatch({ type: 'staysChanged', stays, nowMs: now() })
    },

    /** What this person has taken and not ended. */
    takenBy: (staffId: string) => [...requests.values()].filter((one) => takerOf(one)?.staffId === staffId),

    /** Whoever has taken any. */
    takers: () => [...requests.values()].flatMap((one) => takerOf(one)?.staffId ?? []),

    /** [SHIFT-6] Run these two in the queue. */
    leave: (staffId: string) => dispatch({ type: 'left', staffId, nowMs: now() }),
    handOver: (from: string, to: StaffParty) => dispatch({ type: 'handedOver', from, to, nowMs: now() }),

    stop: () => clearTimeout(timer),
  }
}
