/** One endpoint's numbered conversation: counts both ways, keeps what is not acknowledged, survives its socket. */
import { randomBytes } from 'node:crypto'
import type { WebSocket } from 'ws'
import type { Actor } from '../core/permissions.ts'
import type { EndpointId } from '../core/switchboard-state.ts'
import type { Party } from '../protocol/people.ts'
import type { Chain } from '../protocol/proof.ts'
import type { ServerMessage } from '../protocol/wire.ts'

/** A session that owes more than this is of no use any more: its endpoint is told everything anew. */
const maxUnacked = 512
const maxUnackedChars = 1_048_576
/** A socket that takes this little of what it is sent is as good as lost. */
const maxBufferedBytes = 1_048_576

export type Session = {
  readonly sessionId: string
  readonly endpoint: EndpointId
  readonly party: Party
  /** What it may do, as of its last connect or check. */
  actor: Actor
  /** The sign-in it speaks for; null at a bed. */
  tokenHash: string | null
  expiresMs: number
  /** Its screen is locked: no patient is shown there and nobody is dialled from there. */
  isLocked: boolean
  /** What a tablet keeps beside its key since its last hello; null at a station. */
  counter: number | null
  /** A tablet's certificates, as of its last connect. */
  chain: Chain | null
  socket: WebSocket | null
  lostAtMs: number
  /** When its page, and not only its browser, last said something (`performance.now()`). */
  spokeAtMs: number
  /** Last number received; `handled` is the last one whose effects are durable, which is what we acknowledge. */
  received: number
  handled: number
  sent: number
  acked: number
  /** Texts of messages `acked + 1` to `sent`; null while there are none, which is most of the time. */
  unacked: string[] | null
  unackedChars: number
  /** Too much was owed: nothing can be replayed. */
  overrun: boolean
}

/** All sessions, at most one for each endpoint. */
export type Sessions = Map<EndpointId, Session>

export function createSession(endpoint: EndpointId, party: Party, actor: Actor): Session {
  return {
    sessionId: randomBytes(16).toString('base64url'),
    endpoint,
    party,
    actor,
    tokenHash: null,
    expiresMs: Number.POSITIVE_INFINITY,
    isLocked: false,
    counter: null,
    chain: null,
    socket: null,
    lostAtMs: 0,
    spokeAtMs: 0,
    received: 0,
    handled: 0,
    sent: 0,
    acked: 0,
    unacked: null,
    unackedChars: 0,
    overrun: false,
  }
}

/** Says a message; `text` is its JSON, made once however many it goes to. */
export function tellText(session: Session, text: string): void {
  if (session.overrun) return
  session.sent += 1
  session.unacked ??= []
  session.unacked.push(text)
  session.unackedChars += text.length
  if (session.unacked.length > maxUnacked || session.unackedChars > maxUnackedChars) return overrun(session)
  send(session, session.sent, text)
}

function send(session: Session, seq: number, text: string): void {
  const { socket } = session
  if (!socket) return
  if (socket.bufferedAmount > maxBufferedBytes) return socket.terminate()
  socket.send(`{"seq":${seq},"ack":${session.handled},"message":${text}}`)
}

export function tell(session: Session, message: ServerMessage): void {
  tellText(session, JSON.stringify(message))
}

/**
 * Puts `text` in the place of whatever was said before that is stale now and may not have arrived: when the endpoint
 * comes back it hears what is so, and not first what was.
 */
export function retell(session: Session, isStale: (text: string) => boolean, text: string): void {
  for (const [index, waiting] of session.unacked?.entries() ?? []) {
    if (!session.unacked || !isStale(waiting)) continue
    session.unacked[index] = text
    session.unackedChars += text.length - waiting.length
  }
}

function overrun(session: Session): void {
  session.overrun = true
  session.unacked = null
  session.unackedChars = 0
  session.socket?.terminate()
}

/** Forgets what the other side has. False: it claims to have what was never sent. */
export function acknowledge(session: Session, ack: number): boolean {
  if (ack > session.sent) return false
  const { unacked } = session
  if (!unacked || ack <= session.acked) return true
  const done = unacked.splice(0, ack - session.acked)
  for (const text of done) session.unackedChars -= text.length
  session.acked = ack
  if (unacked.length === 0) session.unacked = null
  return true
}

/** Whether all that the endpoint has not received can still be said again. */
export function canReplay(session: Session, received: number): boolean {
  return !session.overrun && received >= session.acked && received <= session.sent
}

/** Says again, in order, everything that was not acknowledged. */
export function replay(session: Session): void {
  let seq = session.acked
  for (const text of session.unacked ?? []) {
    seq += 1
    send(session, seq, text)
  }
}
