/** The one WebSocket endpoint: lets our own pages in, times their silence, and closes whoever breaks the protocol. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { addressOf as addressOfParty } from '../core/proof.ts'
import { maxFrameBytes } from '../protocol/primitives.ts'
import { decodeClientFrame, decodeHello, type Hello } from '../protocol/client-frame.ts'
import { closeCode } from '../protocol/wire.ts'
import { addressOf, type IsProxy, networkOf } from './address.ts'
import type { Attendance } from './attendance.ts'
import { readToken } from './cookie.ts'
import { createDoorway, type Visitor } from './doorway.ts'
import type { Limits } from './limits.ts'
import type { Metrics } from './metrics.ts'
import type { Queue } from './queue.ts'
import { type Greeting, identify, type Reception } from './reception.ts'
import type { Relay } from './relay.ts'
import { acknowledge, type Session } from './session.ts'
import { newToken } from './store/secrets.ts'
import type { SayWelcome } from './welcome.ts'

export type SocketParts = {
  readonly reception: Reception
  readonly attendance: Attendance
  readonly relay: Relay
  readonly queue: Queue
  readonly limits: Limits
  readonly isReady: () => boolean
  readonly isProxy: IsProxy
  readonly welcome: SayWelcome
  readonly log: Logger
  readonly metrics: Pick<Metrics, 'refused'> | null
}

/** A constant of its own because the published types do not know `closeTimeout` yet. */
const webSocketOptions = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: maxFrameBytes,
  closeTimeout: 2_000,
}

/** Times are `performance.now()`: a clock that is set must not look like silence. */
type Connection = Visitor & {
  readonly openedAtMs: number
  heardAtMs: number
  isPinged: boolean
  /** Frames it may still send at once. */
  allowance: number
  filledAtMs: number
  /** Null once a hello was taken in. */
  greeting: Greeting | null
  /** Null until the hello was found true. */
  session: Session | null
}

export type Sockets = ReturnType<typeof createSockets>

export function createSockets(parts: SocketParts) {
  const { reception, attendance, relay, queue, limits, isReady, welcome, log, metrics } = parts
  const { origin } = reception
  const connections = new Set<Connection>()
  const doorway = createDoorway(limits)
  let opened = 0
  const webSocketServer = new WebSocketServer(webSocketOptions)

  function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    if (request.url !== '/ws') return refuse(stream, '404 Not Found')
    if (request.headers.origin !== origin) return refuse(stream, '403 Forbidden')
    if (!isReady()) return refuse(stream, '503 Service Unavailable')
    const network = networkOf(addressOf(request, parts.isProxy))
    if (!doorway.isOpenTo(network, performance.now())) return refuse(stream, '429 Too Many Requests')
    webSocketServer.handleUpgrade(request, stream, head, (socket) =>
      open(socket, network, readToken(request.headers.cookie, origin)),
    )
  }

  function refuse(stream: Duplex, status: string): void {
    metrics?.refused('turned-away')
    turnAway(stream, status)
  }

  function open(socket: WebSocket, network: string, token: string | null): void {
    const nowMs = performance.now()
    const nonce = newToken()
    opened += 1
    const order = opened
    const connection: Connection = {
      socket,
      network,
      openedAtMs: nowMs,
      heardAtMs: nowMs,
      isPinged: false,
      allowance: limits.burstFrames,
      filledAtMs: nowMs,
      greeting: { nonce, token, order },
      session: null,
      seat: null,
    }
    connections.add(connection)
    doorway.enter(connection)
    socket.on('message', (data, isBinary) => hear(connection, data, isBinary))
    socket.on('ping', () => admit(connection))
    socket.on('pong', () => admit(connection))
    // `ws` closes by itself after a protocol error (1002, 1007, 1009); the close is what matters.
    socket.on('error', ignore)
    socket.on('close', () => closed(connection))
    socket.send(`{"type":"challenge","nonce":"${nonce}"}`)
  }

  function closed(connection: Connection): void {
    connections.delete(connection)
    doorway.leave(connection)
    if (connection.session) attendance.lose(connection.session, connection.socket)
  }

  /** Counts a frame as a sign of life and against the rate. False: too many, or the socket is closing. */
  function admit(connection: Connection): boolean {
    const { socket } = connection
    if (socket.readyState !== socket.OPEN) return false
    const nowMs = performance.now()
    const earned = ((nowMs - connection.filledAtMs) * limits.framesPerSecond) / 1_000
    connection.allowance = Math.min(limits.burstFrames, connection.allowance + earned) - 1
    connection.filledAtMs = nowMs
    connection.heardAtMs = nowMs
    connection.isPinged = false
    if (connection.allowance >= 0) return true
    metrics?.refused('too-many')
    socket.close(closeCode.tooMany, 'too many messages')
    return false
  }

  function hear(connection: Connection, data: RawData, isBinary: boolean): void {
    if (!admit(connection)) return
    if (isBinary) return offend(connection, 'binary frame')
    const text = data.toString()
    if (connection.session) hearFrame(connection, connection.session, text)
    else hearHello(connection, text)
  }

  /** Closes on a broken protocol. Its session goes too: to replay the offence would offend for ever. */
  function offend(connection: Connection, reason: string): void {
    log.info({ endpoint: connection.session?.endpoint, reason }, 'broke the protocol')
    metrics?.refused('protocol')
    connection.socket.close(closeCode.badMessage, reason)
    if (connection.session) attendance.forget(connection.session)
  }

  function hearFrame(connection: Connection, session: Session, text: string): void {
    const frame = decodeClientFrame(text)
    if (!frame) return offend(connection, 'malformed message')
    if (!acknowledge(session, frame.ack)) return offend(connection, 'acknowledged what was never sent')
    if ('type' in frame) return connection.socket.send(`{"type":"pong","ack":${session.handled}}`)
    if (frame.seq <= session.received) return
    if (frame.seq > session.received + 1) return offend(connection, 'message out of turn')
    session.received = frame.seq
    relay.receive(session, frame.seq, frame.message)
  }

  function hearHello(connection: Connection, text: string): void {
    const { greeting, socket } = connection
    const hello = decodeHello(text)
    if (hello === 'outdated') return socket.close(closeCode.outdated, 'outdated app')
    if (hello === 'bad' || !greeting) return offend(connection, 'expected a hello')
    connection.greeting = null
    // In the queue, so that no revocation falls between the check and the welcome.
    queue.run(() => welcomeIn(connection, hello, greeting))
  }

  async function welcomeIn(connection: Connection, hello: Hello, greeting: Greeting): Promise<void> {
    const { socket } = connection
    const identity = await identify(reception, hello, greeting)
    if (identity && 'type' in identity) {
      if (identity.type === 'late') return socket.close(closeCode.goingAway, 'a newer connection came in')
      if (identity.isNews) await attendance.hold(identity.bedId)
      return socket.close(closeCode.cloned, 'two tablets use this key')
    }
    if (socket.readyState !== socket.OPEN) return
    if (!identity) return socket.close(closeCode.unauthenticated, 'not signed in or not enrolled')
    const { party, endpoint } = identity
    if (!doorway.seat(connection, addressOfParty(party), endpoint))
      return socket.close(closeCode.tooMany, 'too many windows of one person')
    await attendance.connect(identity, hello, socket, (session, ...rest) => {
      connection.session = session
      welcome(session, ...rest)
    })
  }

  function check(connection: Connection, nowMs: number): void {
    const { socket, session, openedAtMs, heardAtMs, isPinged } = connection
    const silentMs = nowMs - heardAtMs
    if (silentMs > limits.silentMs) return socket.terminate()
    if (!session && nowMs - openedAtMs > limits.helloMs) return offend(connection, 'no hello')
    if (silentMs < limits.quietMs || isPinged) return
    connection.isPinged = true
    socket.ping()
  }

  let sweptAtMs = performance.now()
  const sweeper = setInterval(() => {
    const nowMs = performance.now()
    const isLate = nowMs - sweptAtMs > limits.sweepMs + 2_000
    sweptAtMs = nowMs
    // After a pause of our own, what was sent meanwhile is still unread: nobody is judged by it.
    if (!isLate) for (const connection of connections) check(connection, nowMs)
    attendance.sweep()
  }, limits.sweepMs)

  /** Says goodbye to everyone, spread over the drain time. Resolves when all sockets are gone. */
  async function drain(): Promise<void> {
    clearInterval(sweeper)
    for (const { socket } of connections) {
      setTimeout(() => socket.close(closeCode.goingAway, 'restarting'), Math.random() * limits.drainMs)
    }
    const giveUp = setTimeout(() => {
      for (const { socket } of connections) socket.terminate()
    }, limits.drainMs + 500)
    await Promise.all([...connections].map(({ socket }) => new Promise((done) => socket.once('close', done))))
    clearTimeout(giveUp)
  }

  return { upgrade, drain, count: () => connections.size }
}

function ignore(): void {}

function turnAway(stream: Duplex, status: string): void {
  stream.on('error', ignore)
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
