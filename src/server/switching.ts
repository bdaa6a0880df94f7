/** The shell round the switchboard: carries out what it decides, in order, each record durable before what follows. */

import { reasonFor } from '../core/family.ts'
import { decide } from '../core/switchboard.ts'
import { endpointsOf, partOf, sameParty, sideOf, viewFor } from '../core/switchboard-parties.ts'
import { abandonMs } from '../core/switchboard-presence.ts'
import {
  type EndpointId,
  emptySwitchboard,
  type ServerCall,
  type Switchboard,
  type SwitchboardEffect,
  type SwitchboardEvent,
} from '../core/switchboard-state.ts'
import type { Timings } from '../protocol/wire.ts'
import { auditDeclined } from './audit/calls.ts'
import type { BoardNews } from './board-news.ts'
import { createElsewhere } from './elsewhere.ts'
import { findPast, recordEnd, recordOpen } from './ledger.ts'
import type { Metrics } from './metrics.ts'
import type { Queue } from './queue.ts'
import type { ScanShares } from './scan-shares.ts'
import { type Session, type Sessions, tell } from './session.ts'
import type { Db } from './store/store.ts'
import { createTimers } from './timers.ts'
import type { Turn } from './turn.ts'

export type SwitchingParts = {
  readonly db: Db
  readonly timings: Timings
  readonly now: () => number
  readonly queue: Queue
  readonly sessions: Sessions
  readonly news: BoardNews
  readonly turn: Turn
  readonly scanShares: Pick<ScanShares, 'settle'>
  /** Null: nobody reads any. */
  readonly metrics: Pick<Metrics, 'callEnded'> | null
}

export type Switching = ReturnType<typeof createSwitching>

type Follow = (
  before: Switchboard,
  after: Switchboard,
  effects: readonly SwitchboardEffect[],
) => Promise<void>

type Ended = Omit<Extract<SwitchboardEffect, { type: 'tellEnded' }>, 'type'>
type Past = Extract<SwitchboardEffect, { type: 'tellPast' }>

/** Goes on with the calls that were open when the server last stopped: nothing ends because it restarted. */
export function createSwitching(parts: SwitchingParts, openCalls: readonly ServerCall[]) {
  const { db, timings, now, queue, sessions, news, turn, scanShares, metrics } = parts
  const timers = createTimers((callId, timer) =>
    queue.run(() => dispatch({ type: 'timeElapsed', callId, timer })),
  )
  const elsewhere = createElsewhere(sessions)
  const followers: Follow[] = []
  let board: Switchboard = {
    ...emptySwitchboard,
    calls: new Map(openCalls.map((call) => [call.callId, { ...call, takenUp: 'yes' }])),
  }
  for (const call of openCalls) {
    if (call.phase === 'ringing') timers.start(call.callId, 'ring', Math.max(0, call.ringUntilMs - now()))
    else timers.start(call.callId, 'abandoned', abandonMs(timings))
  }

  /** Decides about an event and does what follows from it. Run it in the queue. */
  async function dispatch(event: SwitchboardEvent): Promise<void> {
    const before = board
    const decision = decide(board, event, timings)
    board = decision.board
    for (const effect of decision.effects) await perform(effect)
    news.tellTouched(event, before, board)
    elsewhere.tellTouched(before, board)
    for (const follow of followers) await follow(before, decision.board, decision.effects)
  }

  async function perform(effect: SwitchboardEffect): Promise<void> {
    switch (effect.type) {
      case 'recordOpen':
        return await recordOpen(db, effect.call, now())
      case 'recordEnd':
        await recordEnd(db, effect.call, effect, now())
        await scanShares.settle(board)
        return metrics?.callEnded(effect.call, effect.reason)
      case 'recordDeclined':
        return await auditDeclined(db, effect.call, effect.by, now())
      case 'report':
        return report(effect.to, effect.call)
      case 'tellEnded':
        return tellEnded(effect)
      case 'tellGlare':
        return tellGlare(effect)
      case 'tellPast':
        return await tellPast(effect)
      case 'startTimer':
        return timers.start(effect.callId, effect.timer, effect.ms)
      case 'stopTimer':
        return timers.stop(effect.callId, effect.timer)
    }
  }

  function report(to: EndpointId, call: ServerCall): void {
    const session = sessions.get(to)
    const part = session && partOf(call, to, session.party)
    if (!part) return
    tellRelays(session, call)
    tell(session, { type: 'call.changed', call: viewFor(call, part, now()) })
  }

  /** Before the call itself: the link is built at once. */
  function tellRelays(session: Session, call: ServerCall): void {
    const relays = turn.mint(call, session.endpoint, now())
    if (relays) tell(session, { type: 'call.relays', relays })
  }

  /** A call that lives may need a fresh link at any time, without asking us first. */
  function renewRelays(): void {
    for (const call of board.calls.values()) {
      if (call.phase !== 'accepted') continue
      for (const endpoint of endpointsOf(board, call)) {
        const session = sessions.get(endpoint)
        if (session?.socket) tellRelays(session, call)
      }
    }
  }
  const renewal = setInterval(renewRelays, turn.renewMs)

  /** Whoever is told of an end is told so much of why as they may know (FAMILY-3). */
  function tellEnded({ to, callId, reason, by }: Ended): void {
    const session = sessions.get(to)
    if (session) tell(session, { type: 'call.ended', callId, reason: reasonFor(session.party, reason), by })
  }

  function tellGlare({ to, callId, call }: Extract<SwitchboardEffect, { type: 'tellGlare' }>): void {
    const session = sessions.get(to)
    if (!session) return
    tellRelays(session, call)
    tell(session, { type: 'call.glare', callId, call: viewFor(call, 'callee', now()) })
  }

  /** Says how a call ended to one of its parties; for anyone else it never was. */
  async function tellPast({ to, callId }: Past): Promise<void> {
    const party = sessions.get(to)?.party
    if (!party) return
    const live = board.calls.get(callId)
    const wasRung = live?.duty?.holders.some((holder) => sameParty(holder, party))
    if (live && (wasRung || sideOf(live, party))) {
      return tellEnded({ to, callId, reason: 'taken-elsewhere', by: 'server' })
    }
    const past = await findPast(db, callId)
    const part = past && sideOf(past, party)
    const reason = part ? past.reason : 'connection-lost'
    const by = !part || past.by === 'server' ? 'server' : past.by === part ? 'me' : 'peer'
    tellEnded({ to, callId, reason, by })
  }

  function stop(): void {
    clearInterval(renewal)
    timers.stopAll()
  }

  return {
    dispatch,
    board: () => board,
    /** What comes to nothing before there is a call. */
    tellEnded,
    /** `hear` runs after every decision, in its turn. */
    onDecided(hear: Follow): void {
      followers.push(hear)
    },
    /** What a screen that begins anew has to know of its person's call. */
    greet: (session: Session) => elsewhere.tellOne(session, board),
    stop,
  }
}
