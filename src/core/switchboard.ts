/**
 * What the server decides about calls, as one pure function: who rings, who is busy, who was first, who is too late.
 * Everything two clients could disagree on is settled here and recorded before anyone is told.
 */
import type { CallMode, CallView, EndReason } from '../protocol/call.ts'
import type { BedState, Party, Stay } from '../protocol/people.ts'
import type { Timings } from '../protocol/wire.ts'
import { Roll } from './roll.ts'

/** One connected screen: `bed:BED` or `tab:STAFF:TAB`. A bed has one, a member of staff as many as they have open. */
export type EndpointId = string

/** A call that is going on. Ended ones live in the ledger only. */
export type ServerCall = {
  readonly callId: string
  readonly epoch: number
  readonly phase: 'ringing' | 'accepted'
  readonly mode: CallMode
  readonly callerEndpoint: EndpointId
  readonly caller: Party
  readonly callee: Party
  /** Who lay in the bed that is in it when it began; null between two of staff. */
  readonly stay: Stay | null
  /** Known once answered: first answer wins. */
  readonly calleeEndpoint: EndpointId | null
  readonly ringUntilMs: number
}

export type Connection = {
  readonly party: Party
  readonly claims: readonly { callId: string; epoch: number }[]
}

export type Switchboard = {
  readonly calls: ReadonlyMap<string, ServerCall>
  /** Who is connected. */
  readonly endpoints: Roll
  /** [SWITCH-8] Screens that lost their socket while a call rang for them, until it rings no more. */
  readonly away: ReadonlyMap<EndpointId, Party>
}

export type SwitchboardEvent =
  | { readonly type: 'connected'; readonly endpoint: EndpointId; readonly connection: Connection }
  | { readonly type: 'disconnected'; readonly endpoint: EndpointId }
  | {
      readonly type: 'invited'
      readonly from: EndpointId
      readonly callId: string
      readonly to: Party
      readonly mode: CallMode
      /** Who lies in the bed that is in it, and the epoch that the caller says it saw there. */
      readonly stay: Stay | null
      readonly seenEpoch: number | null
      readonly nowMs: number
      readonly expiresAtMs: number
      /** The ledger already holds this call as ended: a repeat, which must not ring again. */
      readonly isPast: boolean
    }
  | { readonly type: 'accepted'; readonly from: EndpointId; readonly callId: string }
  | { readonly type: 'ended'; readonly from: EndpointId; readonly callId: string; readonly reason: EndReason }
  | { readonly type: 'relinked'; readonly from: EndpointId; readonly callId: string; readonly epoch: number }
  /** The party is no longer who it was: a tablet re-bound or revoked. */
  | { readonly type: 'removed'; readonly endpoint: EndpointId }
  /** Somebody else lies in this bed from now on, or nobody. */
  | { readonly type: 'stayChanged'; readonly bedId: string; readonly stay: Stay }
  | { readonly type: 'timeElapsed'; readonly callId: string; readonly timer: SwitchboardTimer }

/** `abandoned`: neither side of an answered call is connected, so nobody can say that it goes on. */
export type SwitchboardTimer = 'ring' | 'return' | 'abandoned'

export type SwitchboardEffect =
  /** Must be durable before any effect after it is carried out. */
  | { readonly type: 'recordOpen'; readonly call: ServerCall }
  | {
      readonly type: 'recordEnd'
      readonly call: ServerCall
      readonly reason: EndReason
      readonly by: 'caller' | 'callee' | 'server'
    }
  | { readonly type: 'report'; readonly to: EndpointId; readonly call: ServerCall }
  | {
      readonly type: 'tellEnded'
      readonly to: EndpointId
      readonly callId: string
      readonly reason: EndReason
      readonly by: 'me' | 'peer' | 'server'
    }
  | {
      readonly type: 'tellGlare'
      readonly to: EndpointId
      readonly callId: string
      readonly call: ServerCall
    }
  /** The call is not going on: tell the asker how it ended, from the ledger. */
  | { readonly type: 'tellPast'; readonly to: EndpointId; readonly callId: string }
  | {
      readonly type: 'startTimer'
      readonly callId: string
      readonly timer: SwitchboardTimer
      readonly ms: number
    }
  | { readonly type: 'stopTimer'; readonly callId: string; readonly timer: SwitchboardTimer }

export type Decision = { readonly board: Switchboard; readonly effects: readonly SwitchboardEffect[] }

export const emptySwitchboard: Switchboard = { calls: new Map(), endpoints: Roll.empty, away: new Map() }

export function bedEndpoint(bedId: string): EndpointId {
  return `bed:${bedId}`
}

export function tabEndpoint(staffId: string, tabId: string): EndpointId {
  return `tab:${staffId}:${tabId}`
}

export function sameParty(a: Party, b: Party): boolean {
  if (a.type === 'bed') return b.type === 'bed' && a.bedId === b.bedId
  return b.type === 'staff' && a.staffId === b.staffId
}

/** Which side of the call this endpoint is, or null when it is on neither. */
export function partOf(call: ServerCall, endpoint: EndpointId, party: Party): 'caller' | 'callee' | null {
  if (call.callerEndpoint === endpoint) return 'caller'
  if (call.calleeEndpoint !== null) return call.calleeEndpoint === endpoint ? 'callee' : null
  return sameParty(call.callee, party) ? 'callee' : null
}

/** The call as `endpoint` is told of it; `nowMs` turns the ring's deadline into what is left of it. */
export function viewFor(call: ServerCall, part: 'caller' | 'callee', nowMs: number): CallView {
  return {
    callId: call.callId,
    epoch: call.epoch,
    phase: call.phase,
    mode: call.mode,
    part,
    peer: part === 'caller' ? call.callee : call.caller,
    stay: call.stay?.epoch ?? null,
    remainingMs: Math.max(0, call.ringUntilMs - nowMs),
  }
}

/**
 * Every endpoint the call concerns: the caller's, and either the one that answered or all that ring. [SWITCH-8] Those
 * that are away hear of it when they are back: a session that goes on replays the ring, so it must replay its end too,
 * or a knock would count down in a call that is over (HZ-3).
 */
export function endpointsOf(board: Switchboard, call: ServerCall): EndpointId[] {
  const callees = call.calleeEndpoint === null ? ringingFor(board, call.callee) : [call.calleeEndpoint]
  return [call.callerEndpoint, ...callees.filter((endpoint) => endpoint !== call.callerEndpoint)]
}

function endpointsOfParty(endpoints: Iterable<[EndpointId, Party]>, party: Party): EndpointId[] {
  return [...endpoints].filter(([, other]) => sameParty(other, party)).map(([endpoint]) => endpoint)
}

function ringingFor(board: Switchboard, callee: Party): EndpointId[] {
  return [...endpointsOfParty(board.endpoints, callee), ...endpointsOfParty(board.away, callee)]
}

function withoutAway(board: Switchboard, callee: Party): Switchboard {
  if (board.away.size === 0) return board
  return { ...board, away: new Map([...board.away].filter(([, party]) => !sameParty(party, callee))) }
}

/** The calls an endpoint is a part of, with its part; what a welcome's snapshot is made of. */
export function callsOf(
  board: Switchboard,
  endpoint: EndpointId,
  party: Party,
): { call: ServerCall; part: 'caller' | 'callee' }[] {
  return [...board.calls.values()].flatMap((call) => {
    const part = partOf(call, endpoint, party)
    return part ? [{ call, part }] : []
  })
}

/** What the board shows of a bed (HZ-4's honest presence): a call first, then whether its tablet is there. */
export function bedStateOf(board: Switchboard, bedId: string, offlineSinceMs: number): BedState {
  for (const call of board.calls.values()) {
    const bedSide = call.callee.type === 'bed' ? call.callee : call.caller
    if (bedSide.type !== 'bed' || bedSide.bedId !== bedId) continue
    const other = bedSide === call.callee ? call.caller : call.callee
    const name = other.type === 'staff' ? other.name : `Bed ${other.label}`
    return call.phase === 'ringing' ? { type: 'ringing', with: name } : { type: 'in-call', with: name }
  }
  return board.endpoints.has(bedEndpoint(bedId))
    ? { type: 'ready' }
    : { type: 'offline', sinceMs: offlineSinceMs }
}

function engagedIn(board: Switchboard, party: Party): ServerCall | undefined {
  return [...board.calls.values()].find(
    (call) => sameParty(call.caller, party) || sameParty(call.callee, party),
  )
}

function withCall(board: Switchboard, call: ServerCall): Switchboard {
  return { ...board, calls: new Map(board.calls).set(call.callId, call) }
}

function withoutCall(board: Switchboard, callId: string): Switchboard {
  const calls = new Map(board.calls)
  calls.delete(callId)
  return { ...board, calls }
}

function reports(board: Switchboard, call: ServerCall): SwitchboardEffect[] {
  return endpointsOf(board, call).map((to) => ({ type: 'report', to, call }))
}

/** [SWITCH-7] A screen in another call takes up nothing else; what rang meanwhile is told again when that is over (HZ-4). */
function ringingAt(board: Switchboard, endpoint: EndpointId, party: Party): SwitchboardEffect[] {
  return callsOf(board, endpoint, party)
    .filter(({ call, part }) => part === 'callee' && call.phase === 'ringing')
    .map(({ call }) => ({ type: 'report', to: endpoint, call }))
}

/** [SWITCH-1] Invitations: late ones ring nobody, a pair that rings each other has one call, a bed has one call. */
function invite(
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
  const calleeCall = engagedIn(board, to)
  if (
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
  if (calleeCall || engagedIn(board, caller)) return refuse('busy')
  if (endpointsOfParty(board.endpoints, to).length === 0) return refuse('device-unready')
  const call = newCall({ ...event, mode }, caller, timings)
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
  }
}

/**
 * [SWITCH-2] First answer wins; every other screen of the callee is told that it was taken elsewhere. A member of
 * staff may have several screens, and any of them may hold the warm link: the answer gets a fresh one, so that no
 * picture flows to a screen that did not answer (HZ-2). A bed has one screen and keeps the link that was warmed.
 */
function accept(board: Switchboard, event: Extract<SwitchboardEvent, { type: 'accepted' }>): Decision {
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
  const others = ringingFor(board, call.callee).filter((endpoint) => endpoint !== from)
  return {
    board: next,
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
    ],
  }
}

/** [SWITCH-3] Any party of a call may end it at any time; the end is recorded once and told to everyone on it. */
function finish(board: Switchboard, call: ServerCall, reason: EndReason, ender: EndpointId | null): Decision {
  const party = ender === null ? undefined : board.endpoints.get(ender)
  const part = ender === null || !party ? null : partOf(call, ender, party)
  return {
    board: withoutAway(withoutCall(board, call.callId), call.callee),
    effects: [
      { type: 'recordEnd', call, reason, by: part ?? 'server' },
      { type: 'stopTimer', callId: call.callId, timer: 'ring' },
      { type: 'stopTimer', callId: call.callId, timer: 'return' },
      ...endpointsOf(board, call).map(
        (to): SwitchboardEffect => ({
          type: 'tellEnded',
          to,
          callId: call.callId,
          reason,
          // My act at another of my screens is still mine.
          by: part === null ? 'server' : (to === call.callerEndpoint) === (part === 'caller') ? 'me' : 'peer',
        }),
      ),
    ],
  }
}

function end(board: Switchboard, event: Extract<SwitchboardEvent, { type: 'ended' }>): Decision {
  const call = board.calls.get(event.callId)
  const party = board.endpoints.get(event.from)
  if (!call || !party || !partOf(call, event.from, party)) return { board, effects: [] }
  return finish(board, call, event.reason, event.from)
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

/**
 * [SWITCH-5] An endpoint is back. Losing its socket ended nothing. Calls it claims that are over are told so;
 * one it is in but does not claim (its page was reloaded) must be taken up again within the reconnection time.
 */
function connect(
  board: Switchboard,
  event: Extract<SwitchboardEvent, { type: 'connected' }>,
  timings: Timings,
): Decision {
  const { endpoint, connection } = event
  const away = new Map(board.away)
  away.delete(endpoint)
  const next: Switchboard = {
    ...board,
    away,
    endpoints: board.endpoints.with(endpoint, connection.party),
  }
  const claimed = new Set(connection.claims.map((claim) => claim.callId))
  const mine = callsOf(next, endpoint, connection.party)
  const effects: SwitchboardEffect[] = []
  for (const { callId, epoch } of connection.claims) {
    // Epoch 0: the invitation is still on its way, and will be answered itself.
    if (epoch > 0 && !mine.some(({ call }) => call.callId === callId))
      effects.push({ type: 'tellPast', to: endpoint, callId })
  }
  for (const { call } of mine) {
    const { callId, phase } = call
    if (phase !== 'accepted') continue
    if (claimed.has(callId)) effects.push({ type: 'stopTimer', callId, timer: 'return' })
    else effects.push({ type: 'startTimer', callId, timer: 'return', ms: timings.reconnectMs })
  }
  return { board: next, effects: [...effects, ...ringingAt(next, endpoint, connection.party)] }
}

/** Media may flow without the server for a while; a call that both sides have left for so long would keep them busy. */
export function abandonMs(timings: Timings): number {
  return 10 * timings.reconnectMs
}

function isAbandoned(board: Switchboard, call: ServerCall): boolean {
  const { callerEndpoint, calleeEndpoint } = call
  const isCalleeHere = calleeEndpoint !== null && board.endpoints.has(calleeEndpoint)
  return call.phase === 'accepted' && !isCalleeHere && !board.endpoints.has(callerEndpoint)
}

/** [SWITCH-6] Losing a socket ends nothing; an answered call that both sides have left ends after a long while. */
function disconnect(board: Switchboard, endpoint: EndpointId, timings: Timings): Decision {
  const endpoints = board.endpoints.without(endpoint)
  const party = board.endpoints.get(endpoint)
  const rings = party !== undefined && ringingAt(board, endpoint, party).length > 0
  const away = rings ? new Map(board.away).set(endpoint, party) : board.away
  const next: Switchboard = { ...board, endpoints, away }
  const left = [...board.calls.values()].filter(
    (call) =>
      (call.callerEndpoint === endpoint || call.calleeEndpoint === endpoint) && isAbandoned(next, call),
  )
  const effects = left.map(
    ({ callId }): SwitchboardEffect => ({
      type: 'startTimer',
      callId,
      timer: 'abandoned',
      ms: abandonMs(timings),
    }),
  )
  return { board: next, effects }
}

/** A tablet that is bound to its bed no more leaves its call: the bed is somebody else's now. */
function remove(board: Switchboard, endpoint: EndpointId, timings: Timings): Decision {
  const party = board.endpoints.get(endpoint) ?? board.away.get(endpoint)
  const effects: SwitchboardEffect[] = []
  let next = board
  for (const call of board.calls.values()) {
    const concerned =
      call.callerEndpoint === endpoint ||
      call.calleeEndpoint === endpoint ||
      (call.calleeEndpoint === null && party !== undefined && sameParty(call.callee, party))
    if (!concerned) continue
    const decision = finish(next, call, 'device-unready', null)
    next = decision.board
    effects.push(...decision.effects)
  }
  return { board: disconnect(next, endpoint, timings).board, effects }
}

/** The bed of a call, if there is one in it. */
export function bedOf(call: Pick<ServerCall, 'caller' | 'callee'>): Extract<Party, { type: 'bed' }> | null {
  if (call.callee.type === 'bed') return call.callee
  return call.caller.type === 'bed' ? call.caller : null
}

/** [SWITCH-13] A call belongs to the stay it began in: it ends when the patient moves or leaves (HZ-1). */
function changeStay(board: Switchboard, { bedId, stay }: Extract<SwitchboardEvent, { type: 'stayChanged' }>) {
  const over = [...board.calls.values()].filter(
    (call) => bedOf(call)?.bedId === bedId && call.stay?.epoch !== stay.epoch,
  )
  return over.reduce<Decision>(
    (last, call) => {
      const { board: next, effects } = finish(last.board, call, 'left', null)
      return { board: next, effects: [...last.effects, ...effects] }
    },
    { board, effects: [] },
  )
}

function elapse(board: Switchboard, event: Extract<SwitchboardEvent, { type: 'timeElapsed' }>): Decision {
  const call = board.calls.get(event.callId)
  if (!call) return { board, effects: [] }
  switch (event.timer) {
    case 'ring':
      return call.phase === 'ringing' ? finish(board, call, 'no-answer', null) : { board, effects: [] }
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
      return accept(board, event)
    case 'ended':
      return end(board, event)
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
