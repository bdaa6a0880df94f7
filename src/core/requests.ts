/**
 * A patient's request from the tap to its end, as one pure function of the server's: who is told, when it counts as
 * sent, when it alerts again, and when it is over (HZ-4). Rules are ASK-n in SPEC.md.
 *
 *   reaching ── a station sounds ──▶ unseen ── seen ──▶ seen ── on the way ──▶ coming ── time ──▶ overdue
 *      └ nobody within 5 s ─▶ ended      └ 2 min: again, 5 min: the ward ◀───────────────────────────┘
 * Whoever had taken it may leave (it is unseen again) or hand it over (it is somebody else's as it is): SHIFT-n.
 */
import type { StaffParty, Stay } from '../protocol/people.ts'
import type { ComingIn, RequestEnd } from '../protocol/request.ts'
import type { Timings } from '../protocol/wire.ts'
import {
  dueMs,
  isWaiting,
  type PatientRequest,
  type RequestAct,
  type RequestEffect,
  type RequestEvent,
  type Requests,
  takerOf,
} from './requests-state.ts'
import type { EndpointId } from './switchboard-state.ts'

export type RequestDecision = { readonly requests: Requests; readonly effects: readonly RequestEffect[] }

type Event<T extends RequestEvent['type']> = Extract<RequestEvent, { type: T }>

/** Total: what does not belong to a request's state changes nothing. What time has done is done first. */
export function decideRequest(requests: Requests, event: RequestEvent, timings: Timings): RequestDecision {
  const passed = passTime(requests, event.nowMs, timings)
  const decision = take(passed.requests, event, timings)
  return { requests: decision.requests, effects: [...passed.effects, ...decision.effects] }
}

function take(requests: Requests, event: RequestEvent, timings: Timings): RequestDecision {
  switch (event.type) {
    case 'clock':
      return unchanged(requests)
    case 'made':
      return make(requests, event, timings)
    case 'sounded':
      return ofOne(requests, event.requestId, (request) => hear(request, event))
    case 'fellSilent':
      return ofAll(requests, (request) => fallSilent(request, event))
    case 'seen':
      return ofOne(requests, event.requestId, (request) => see(request, event))
    case 'coming':
      return ofOne(requests, event.requestId, (request) => come(request, event, timings))
    case 'done':
      return ofOne(requests, event.requestId, (request) => end(request, 'done', event.by))
    case 'endedAtBed':
      return ofOne(requests, event.requestId, (request) =>
        request.bedId === event.bedId ? end(request, event.how, 'bed') : null,
      )
    case 'staysChanged':
      return ofAll(requests, (request) => followStay(request, event.stays))
    case 'left':
      return ofAll(requests, (request) => reopen(request, event, timings))
    case 'handedOver':
      return ofAll(requests, (request) => handOver(request, event))
  }
}

/** A request as it becomes, and what is written and said of it; null: it stays as it is. */
type Change = { readonly request: PatientRequest; readonly acts: readonly RequestAct[] } | null

function unchanged(requests: Requests): RequestDecision {
  return { requests, effects: [] }
}

function ofOne(
  requests: Requests,
  requestId: string,
  change: (request: PatientRequest) => Change,
): RequestDecision {
  const request = requests.get(requestId)
  return request ? applied(requests, change(request)) : unchanged(requests)
}

function ofAll(requests: Requests, change: (request: PatientRequest) => Change): RequestDecision {
  let decision = unchanged(requests)
  for (const request of requests.values()) {
    const next = applied(decision.requests, change(request))
    decision = { requests: next.requests, effects: [...decision.effects, ...next.effects] }
  }
  return decision
}

/** [ASK-10] Written before it is told. Who sounds is memory alone, and nothing that anybody is told of. */
function applied(requests: Requests, change: Change): RequestDecision {
  if (!change) return unchanged(requests)
  const { request, acts } = change
  const next = new Map(requests).set(request.requestId, request)
  if (request.progress.type === 'ended') next.delete(request.requestId)
  const records = acts.map((act): RequestEffect => ({ type: 'record', request, act }))
  const told: RequestEffect[] = acts.length > 0 ? [{ type: 'tell', request }] : []
  const phoned: RequestEffect[] = isForPhones(requests.get(request.requestId), change)
    ? [{ type: 'phone', request }]
    : []
  return { requests: next, effects: [...records, ...told, ...phoned] }
}

/** [ASK-11] Once it is sent, and whenever it calls again or is heard by nobody any more: never what nobody waits for. */
function isForPhones(before: PatientRequest | undefined, { request, acts }: NonNullable<Change>): boolean {
  if (!isWaiting(request)) return false
  if (before?.progress.type === 'reaching') return true
  return acts.some(({ action }) => action === 'request-alerted' || action === 'request-unheard')
}

/** [ASK-1] [ASK-2] [ASK-3] Never late, never for somebody else, and once for each need. */
function make(requests: Requests, event: Event<'made'>, { askMs }: Timings): RequestDecision {
  const { requestId, bedId, reason, stay, nowMs } = event
  const known = requests.get(requestId)
  if (known) return { requests, effects: [{ type: 'tell', request: known }] }
  const refuse = (why: 'late' | 'stay' | 'open-already'): RequestEffect => {
    return { type: 'refuse', requestId, bedId, stay, why }
  }
  if (event.isPast || nowMs >= event.expiresAtMs) return { requests, effects: [refuse('late')] }
  if (event.seenEpoch !== stay.epoch) return { requests, effects: [refuse('stay')] }
  const open = [...requests.values()].find((one) => one.bedId === bedId && one.reason === reason)
  if (open) return { requests, effects: [refuse('open-already'), { type: 'tell', request: open }] }
  const untilMs = Math.min(event.expiresAtMs, nowMs + askMs)
  const request: PatientRequest = {
    ...{ requestId, bedId, stay, reason, madeMs: nowMs },
    progress: { type: 'reaching', untilMs },
    hearing: { type: 'quiet', sinceMs: nowMs },
  }
  return applied(requests, { request, acts: [{ action: 'request-made', detail: reason, by: 'bed' }] })
}

/** [ASK-1] [ASK-4] The first that sounds makes it sent, or heard again. */
function hear(request: PatientRequest, { endpoint, nowMs }: Event<'sounded'>): Change {
  const { progress, hearing } = request
  if (progress.type !== 'reaching' && !isWaiting(request)) return null
  const by = new Set(hearing.type === 'heard' ? hearing.by : []).add(endpoint)
  const heard: PatientRequest = { ...request, hearing: { type: 'heard', by } }
  const act: RequestAct = { action: 'request-heard', detail: null, by: null }
  if (progress.type === 'reaching')
    return {
      request: { ...heard, progress: { type: 'unseen', sinceMs: nowMs, level: 'first' } },
      acts: [act],
    }
  return { request: heard, acts: hearing.type === 'unheard' ? [act] : [] }
}

/** [ASK-4] Somebody else may still sound for it; if nobody does, it has a moment to be taken up again. */
function fallSilent(request: PatientRequest, { endpoint, nowMs }: Event<'fellSilent'>): Change {
  const { hearing } = request
  if (hearing.type !== 'heard' || !hearing.by.has(endpoint)) return null
  const by = new Set<EndpointId>(hearing.by)
  by.delete(endpoint)
  const now = by.size > 0 ? ({ type: 'heard', by } as const) : ({ type: 'quiet', sinceMs: nowMs } as const)
  return { request: { ...request, hearing: now }, acts: [] }
}

/** [ASK-5] Who has seen it is who said so first; a promise to come stands against a later look. */
function see(request: PatientRequest, { by, nowMs }: Event<'seen'>): Change {
  const { type } = request.progress
  if (type === 'seen' || type === 'coming') return null
  const act: RequestAct = { action: 'request-answered', detail: 'seen', by }
  return { request: { ...request, progress: { type: 'seen', by, atMs: nowMs } }, acts: [act] }
}

/** [ASK-6] Whoever says it last comes. */
function come(request: PatientRequest, { by, inMinutes, nowMs }: Event<'coming'>, timings: Timings): Change {
  const untilMs = nowMs + comingMs(inMinutes, timings)
  const act: RequestAct = { action: 'request-answered', detail: `coming-${inMinutes}`, by }
  return { request: { ...request, progress: { type: 'coming', by, inMinutes, untilMs } }, acts: [act] }
}

function comingMs(inMinutes: ComingIn, { comeNowMs, minuteMs }: Timings): number {
  return inMinutes === 0 ? comeNowMs : inMinutes * minuteMs
}

/** [ASK-7] What is over stays over. */
function end(request: PatientRequest, how: RequestEnd, by: StaffParty | 'bed' | null): Change {
  const act: RequestAct = { action: 'request-ended', detail: how, by }
  return { request: { ...request, progress: { type: 'ended', how } }, acts: [act] }
}

/** [ASK-8] It goes with its patient to another bed, and ends with the stay (HZ-6). */
function followStay(request: PatientRequest, stays: ReadonlyMap<string, Stay>): Change {
  const { bedId, stay } = request
  if (stays.get(bedId)?.epoch === stay.epoch) return null
  const now = [...stays].find(
    ([, { admissionId }]) => admissionId !== null && admissionId === stay.admissionId,
  )
  if (!now) return end(request, 'stay-over', null)
  const act: RequestAct = { action: 'request-moved', detail: bedId, by: null }
  return { request: { ...request, bedId: now[0], stay: now[1] }, acts: [act] }
}

/** [SHIFT-6] Nobody comes for it any more: it is as old as one that nobody looked at when it calls again, or older. */
function reopen(request: PatientRequest, { staffId, nowMs }: Event<'left'>, { unseenMs }: Timings): Change {
  const { progress } = request
  if (takerOf(request)?.staffId !== staffId) return null
  const acts: readonly RequestAct[] = [{ action: 'request-alerted', detail: 'reopened', by: null }]
  if (progress.type === 'overdue') {
    const sinceMs = progress.untilMs - unseenMs
    return { request: { ...request, progress: { type: 'unseen', sinceMs, level: progress.level } }, acts }
  }
  // Nobody has sounded for it since it was seen.
  const hearing = { type: 'quiet', sinceMs: nowMs } as const
  const unseen = { type: 'unseen', sinceMs: nowMs - unseenMs, level: 'again' } as const
  return { request: { ...request, hearing, progress: unseen }, acts }
}

/** [SHIFT-4] With the same promise, which the receiver has seen: its time goes on as it went. */
function handOver(request: PatientRequest, { from, to }: Event<'handedOver'>): Change {
  const { progress } = request
  if (!('by' in progress) || progress.by.staffId !== from) return null
  const act: RequestAct = { action: 'request-answered', detail: 'taken-over', by: to }
  return { request: { ...request, progress: { ...progress, by: to } }, acts: [act] }
}

/** [ASK-9] Everything that is due by now, one step after the other: a server that slept misses none. */
function passTime(requests: Requests, nowMs: number, timings: Timings): RequestDecision {
  const present = [...requests].map(([id, request]) => [id, notAhead(request, nowMs)] as const)
  let decision = unchanged(new Map(present))
  for (;;) {
    const due = [...decision.requests.values()].find((request) => dueMs(request, timings) <= nowMs)
    if (!due) return decision
    const next = applied(decision.requests, elapse(due, nowMs, timings))
    decision = { requests: next.requests, effects: [...decision.effects, ...next.effects] }
  }
}

/** [ASK-9] Nothing waits since a time that is yet to come: the clock was set back. */
function notAhead(request: PatientRequest, nowMs: number): PatientRequest {
  const { progress, hearing } = request
  const isUnseenAhead = progress.type === 'unseen' && progress.sinceMs > nowMs
  const isQuietAhead = hearing.type === 'quiet' && hearing.sinceMs > nowMs
  if (!isUnseenAhead && !isQuietAhead) return request
  return {
    ...request,
    ...(isUnseenAhead && { progress: { ...progress, sinceMs: nowMs } }),
    ...(isQuietAhead && { hearing: { ...hearing, sinceMs: nowMs } }),
  }
}

function elapse(request: PatientRequest, nowMs: number, { askMs }: Timings): Change {
  const { progress, hearing } = request
  if (isWaiting(request) && hearing.type === 'quiet' && hearing.sinceMs + askMs <= nowMs) {
    const act: RequestAct = { action: 'request-unheard', detail: null, by: null }
    return { request: { ...request, hearing: { type: 'unheard' } }, acts: [act] }
  }
  switch (progress.type) {
    case 'reaching':
      return end(request, 'unheard', null)
    case 'unseen':
      return alert(request, { ...progress, level: progress.level === 'first' ? 'again' : 'ward' })
    case 'overdue':
      return alert(request, { ...progress, level: 'ward' })
    case 'coming': {
      const { by, untilMs } = progress
      // Nobody has sounded for it since it was seen.
      const quiet = { ...request, hearing: { type: 'quiet', sinceMs: nowMs } } as const
      return alert(quiet, { type: 'overdue', by, untilMs, level: 'again' })
    }
    case 'seen':
    case 'ended':
      return null
  }
}

function alert(
  request: PatientRequest,
  progress: Extract<PatientRequest['progress'], { type: 'unseen' | 'overdue' }>,
): Change {
  const detail = progress.type === 'overdue' ? `overdue-${progress.level}` : progress.level
  return {
    request: { ...request, progress },
    acts: [{ action: 'request-alerted', detail, by: null }],
  }
}
