/** Who is here: gives sockets their sessions, keeps a session while its socket is away, lets people and tablets go. */
import type { WebSocket } from 'ws'
import { bedEndpoint, callsOf, viewFor } from '../core/switchboard-parties.ts'
import type { EndpointId } from '../core/switchboard-state.ts'
import type { CallRelays } from '../protocol/ice.ts'
import type { Party } from '../protocol/people.ts'
import { closeCode, type Hello, reboundReason, type Timings, type Welcome } from '../protocol/wire.ts'
import type { BoardNews } from './board-news.ts'
import type { Queue } from './queue.ts'
import type { Identity } from './reception.ts'
import {
  acknowledge,
  canReplay,
  createSession,
  replay,
  type Session,
  type Sessions,
  tell,
} from './session.ts'
import { recordHere, recordSeen, seenEveryMs } from './sign-in/unattended.ts'
import type { Db } from './store/store.ts'
import type { Switching } from './switching.ts'
import type { Turn } from './turn.ts'
import { type Bed, recordPresence, takeReport, type Ward } from './ward.ts'
import type { SayWelcome } from './welcome.ts'

export type AttendanceParts = {
  readonly db: Db
  readonly ward: Ward
  readonly timings: Timings
  readonly now: () => number
  readonly queue: Queue
  readonly sessions: Sessions
  readonly switching: Switching
  readonly news: BoardNews
  readonly turn: Turn
  /** Says what a screen that begins anew has to know of besides the board. */
  readonly greet: (session: Session) => void
  /** Nobody can be heard at this endpoint any more, or not until it says so anew. */
  readonly fellSilent: (endpoint: EndpointId) => Promise<void>
  /** Somebody's sign-in is over at one of their screens. */
  readonly sentAway: (staffId: string) => Promise<void>
}

type Resume = NonNullable<Hello['resume']>

export type Attendance = ReturnType<typeof createAttendance>

export function createAttendance(parts: AttendanceParts) {
  const { db, ward, timings, now, queue, sessions, switching, news, turn } = parts
  let seenMs = now()

  /** Gives a socket its session, the old one when nothing was lost. Run it in the queue. */
  async function connect(
    identity: Identity,
    hello: Hello,
    socket: WebSocket,
    welcome: SayWelcome,
  ): Promise<void> {
    const { endpoint, party, actor } = identity
    const { resume, claims } = hello
    const old = sessions.get(endpoint)
    const isResumed =
      old !== undefined && resume !== null && canResume(old, resume) && !hidesNames(old, identity)
    if (old) replace(old)
    if (old) await parts.fellSilent(endpoint)
    const session = isResumed ? old : createSession(endpoint, party, actor)
    sessions.set(endpoint, session)
    occupy(session, identity, socket)
    if (isResumed) acknowledge(session, resume.received)
    if (isResumed) welcome(session, null, [])
    else welcome(session, snapshotFor(session), relaysFor(session))
    replay(session)
    if (session.isLocked) tell(session, { type: 'lock.changed', locked: true })
    if (!isResumed) parts.greet(session)
    const bed = bedOf(party)
    if (bed && hello.client === 'bed') {
      await takeReport(db, bed, hello.report, now())
      await recordPresence(db, bed.party.bedId, null)
    }
    await switching.dispatch({ type: 'connected', endpoint, connection: { party, claims } })
  }

  function canResume(session: Session, { sessionId, received }: Resume): boolean {
    return session.sessionId === sessionId && !isExpired(session) && canReplay(session, received)
  }

  /** What an open screen still had to be told has names in it, and its browser was locked meanwhile. */
  function hidesNames(old: Session, { signIn }: Identity): boolean {
    return !old.isLocked && signIn !== null && signIn.lockedMs !== null
  }

  function isExpired({ socket, lostAtMs }: Session): boolean {
    return !socket && now() - lostAtMs > timings.reconnectMs
  }

  function replace(session: Session): void {
    session.socket?.close(closeCode.replaced, 'replaced by a newer connection')
    session.socket = null
  }

  function occupy(session: Session, { signIn, actor, counter, chain }: Identity, socket: WebSocket): void {
    session.actor = actor
    session.chain = chain
    session.socket = socket
    session.spokeAtMs = performance.now()
    session.counter = counter
    session.tokenHash = signIn?.tokenHash ?? null
    session.expiresMs = signIn?.expiresMs ?? Number.POSITIVE_INFINITY
    session.isLocked = signIn !== null && signIn.lockedMs !== null
  }

  function snapshotFor(session: Session): Welcome['snapshot'] {
    const { endpoint, party } = session
    const board = switching.board()
    return {
      beds: news.bedsFor(session, board),
      calls: callsOf(board, endpoint, party).map(({ call, part }) => viewFor(call, part, now())),
    }
  }

  function relaysFor({ endpoint, party }: Session): CallRelays[] {
    return callsOf(switching.board(), endpoint, party)
      .map(({ call }) => turn.mint(call, endpoint, now()))
      .filter((relays) => relays !== null)
  }

  function bedOf(party: Party): Bed | undefined {
    return party.type === 'bed' ? ward.beds.get(party.bedId) : undefined
  }

  async function leaveBed(bed: Bed | undefined): Promise<void> {
    if (!bed) return
    bed.offlineSinceMs = now()
    await recordPresence(db, bed.party.bedId, bed.offlineSinceMs)
  }

  async function disconnect(session: Session): Promise<void> {
    session.socket = null
    session.lostAtMs = now()
    if (session.tokenHash !== null) await recordSeen(db, [session.tokenHash], now())
    await leaveBed(bedOf(session.party))
    await parts.fellSilent(session.endpoint)
    await switching.dispatch({ type: 'disconnected', endpoint: session.endpoint })
  }

  /** The endpoint must begin anew when it comes back. Closing the socket is the asker's. */
  async function forget(session: Session): Promise<void> {
    if (sessions.get(session.endpoint) !== session) return
    sessions.delete(session.endpoint)
    if (session.socket) await disconnect(session)
  }

  /** Whoever may not be here any more leaves their call with it: a picture must not outlive the right to it. */
  async function expel(session: Session): Promise<void> {
    const { endpoint, party } = session
    for (const { call } of callsOf(switching.board(), endpoint, party)) {
      const isEnd = call.callerEndpoint === endpoint || call.calleeEndpoint === endpoint
      const { callId } = call
      if (isEnd && session.socket)
        await switching.dispatch({ type: 'ended', from: endpoint, callId, reason: 'left' })
      else if (isEnd) await switching.dispatch({ type: 'removed', endpoint })
    }
    await sendAway(session)
  }

  /** Something it was told at its welcome is no longer so: it comes back at once, in its call, and is told anew. */
  async function restart(session: Session): Promise<void> {
    session.socket?.close(closeCode.goingAway, 'begin anew')
    await forget(session)
  }

  async function sendAway(session: Session): Promise<void> {
    session.socket?.close(closeCode.unauthenticated, 'signed out')
    await forget(session)
    if (session.party.type === 'staff') await parts.sentAway(session.party.staffId)
  }

  async function unbindBed(bedId: string, code: number, reason: string): Promise<void> {
    const endpoint = bedEndpoint(bedId)
    const session = sessions.get(endpoint)
    const bed = ward.beds.get(bedId)
    if (session?.socket) await leaveBed(bed)
    // Whatever comes after it has said nothing yet.
    if (bed) bed.health = null
    await switching.dispatch({ type: 'removed', endpoint })
    if (bed) news.tellBed(bed, switching.board())
    sessions.delete(endpoint)
    session?.socket?.close(code, reason)
    if (session) session.socket = null
  }

  function isBedHere(bedId: string): boolean {
    return Boolean(sessions.get(bedEndpoint(bedId))?.socket)
  }

  async function isHere(deviceId: string): Promise<boolean> {
    const device = await db
      .selectFrom('devices')
      .select('bed_id')
      .where('device_id', '=', deviceId)
      .where('revoked_ms', 'is', null)
      .executeTakeFirst()
    return device !== undefined && isBedHere(device.bed_id)
  }

  return {
    connect,
    isBedHere,

    /** Does `act` unless this device is connected at its bed; null then. No hello falls in between. */
    ifAway<T>(deviceId: string, act: () => Promise<T>): Promise<T | null> {
      return new Promise((resolve, reject) => {
        queue.run(async () => {
          await isHere(deviceId)
            .then((here) => (here ? null : act()))
            .then(resolve, reject)
        })
      })
    },

    /** The socket is gone; the session waits for its endpoint to come back. */
    lose(session: Session, socket: WebSocket): void {
      queue.run(async () => {
        if (session.socket === socket) await disconnect(session)
      })
    },

    /** Nothing of this session shall be replayed. */
    forget: (session: Session) => queue.run(() => forget(session)),

    /** The bed has another tablet: the old one leaves its call and is sent away. Resolves when that is done. */
    async unbind(bedId: string): Promise<void> {
      queue.run(() => unbindBed(bedId, closeCode.replaced, reboundReason))
      await queue.settled()
    },

    /** Run these two in the queue. */
    expel,
    restart,
    /** The bed's tablet was revoked: it leaves its call and is sent away. Resolves when that is done. */
    async revoke(bedId: string): Promise<void> {
      queue.run(() => unbindBed(bedId, closeCode.unauthenticated, 'revoked'))
      await queue.settled()
    },

    /** Two tablets have the bed's key: whichever is there leaves its call and is sent away. Run it in the queue. */
    async hold(bedId: string): Promise<void> {
      const bed = ward.beds.get(bedId)
      if (bed) bed.tablet = 'cloned'
      await unbindBed(bedId, closeCode.cloned, 'two tablets use this key')
    },

    /** Somebody at the bed took its tablet off: it leaves its call and is sent away. Run it in the queue. */
    leave: (bedId: string) => unbindBed(bedId, closeCode.unauthenticated, 'taken off its bed'),

    /** Sends away every tab of a browser that signed out. */
    signOut(tokenHash: string, staffId: string): void {
      // Looked for in the queue: a hello that was found true before may be given its session only now.
      queue.run(async () => {
        for (const session of [...sessions.values()])
          if (session.tokenHash === tokenHash) await expel(session)
        await parts.sentAway(staffId)
      })
    },

    /** Forgets sessions that nobody came back for, and ends sign-ins that are over, but not in a call. */
    sweep(): void {
      if (now() - seenMs >= seenEveryMs) {
        seenMs = now()
        queue.run(() => recordHere(db, sessions, now()))
      }
      for (const session of sessions.values()) {
        const isOver = session.expiresMs <= now()
        if (isExpired(session)) queue.run(() => forget(session))
        else if (isOver && callsOf(switching.board(), session.endpoint, session.party).length === 0)
          queue.run(() => sendAway(session))
      }
    },
  }
}
