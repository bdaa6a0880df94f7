/** The one WebSocket: says hello, keeps the session alive over losses, and replays what the server missed. */
import { protocolVersion } from '../protocol/primitives.ts'
import {
  closeCode,
  decodeServerFrame,
  reboundReason,
  type ServerFrame,
  type Welcome,
} from '../protocol/wire.ts'
import type { SocketListener, SocketPort, SocketRefusal } from '../state/ports.ts'
import { createOutbox } from './outbox.ts'

/**
 * How often a quiet server is asked after, after how long without an answer or a welcome it is gone, whatever TCP
 * believes, and how long the tries after that wait.
 */
type Pace = { readonly pingMs: number; readonly deadMs: number; readonly retryMs: readonly number[] }
const usual: Pace = { pingMs: 5_000, deadMs: 10_000, retryMs: [0, 300, 1_000, 2_000, 4_000, 7_000] }
/** [SESSION-8] A silent call can only look for another way once the server hears this end. */
const hasty: Pace = { pingMs: 1_000, deadMs: 2_500, retryMs: [0, 300, 500] }
/** Where another network may have taken the place of this socket's. */
const doubtMs = hasty.deadMs - hasty.pingMs
/** So many unacknowledged messages are acknowledged without waiting for the next ping. */
const eagerAck = 32

const refusals: ReadonlyMap<number, SocketRefusal> = new Map([
  [closeCode.unauthenticated, 'unauthenticated'],
  [closeCode.replaced, 'replaced'],
  [closeCode.outdated, 'outdated'],
  [closeCode.cloned, 'cloned'],
])

/**
 * `url` is the server's WebSocket address; `random` (0…1) jitters the retries so that a ward does not come back as one.
 * `isThere` asks the server in another way: a browser makes a page whose WebSockets failed wait for its next one, by
 * seconds in Chromium, and whoever opens the app without a network must not wait for that.
 */
export function createSocket(
  url: string,
  random: () => number = Math.random,
  isThere: () => Promise<boolean> = async () => true,
): SocketPort {
  let outbox = createOutbox()
  let socket: WebSocket | null = null
  let listener: SocketListener | null = null
  let sessionId: string | null = null
  let welcomed = false
  let attempt = 0
  let heardAt = 0
  let pingedAt = 0
  let pace = usual
  let retry: ReturnType<typeof setTimeout> | undefined
  let heartbeat: ReturnType<typeof setInterval> | undefined

  function connect(): void {
    clearTimeout(retry)
    if (!listener || socket) return
    const mine = new WebSocket(url)
    socket = mine
    heardAt = performance.now()
    mine.onmessage = (event) => {
      if (socket === mine) hear(mine, event.data)
    }
    mine.onclose = (event) => {
      if (socket === mine) closed(event.code, event.reason)
    }
    listen(mine)
  }

  function listen(mine: WebSocket): void {
    clearInterval(heartbeat)
    heartbeat = setInterval(() => beat(mine), pace.pingMs / 2)
  }

  async function doubt(): Promise<void> {
    const [mine, since] = [socket, heardAt]
    if ((await isThere()) || socket !== mine || heardAt !== since) return
    if (mine) drop(mine)
  }

  function beat(mine: WebSocket): void {
    if (socket !== mine) return
    const now = performance.now()
    const { pingMs, deadMs } = pace
    // Only an unanswered ping proves a loss: a throttled page must not take its own sleep for the server's.
    const unanswered = pingedAt > heardAt && now - pingedAt >= deadMs - pingMs
    // A slow way is given more time with every try.
    const beginMs = Math.min(usual.deadMs, deadMs * (1 + attempt / 2))
    const neverWelcomed = !welcomed && now - heardAt >= beginMs
    if (unanswered || neverWelcomed) return drop(mine)
    if (welcomed && pingedAt <= heardAt && now - pingedAt >= pingMs) ping(mine)
  }

  function ping(mine: WebSocket): void {
    pingedAt = performance.now()
    mine.send(outbox.ping())
  }

  /** Asks now, and does not wait long: the socket may be one of a network that is gone. */
  function askAfter(mine: WebSocket): void {
    if (pingedAt <= heardAt) ping(mine)
    const askedAt = pingedAt
    setTimeout(() => {
      if (socket === mine && heardAt < askedAt) drop(mine)
    }, doubtMs)
  }

  /** Leaves a socket without waiting for a close that a dead network would never bring. */
  function drop(mine: WebSocket): void {
    mine.onclose = null
    mine.close()
    closed(1006, '')
  }

  function closed(code: number, reason: string): void {
    socket = null
    welcomed = false
    clearInterval(heartbeat)
    const refusal = reason === reboundReason ? 'unauthenticated' : refusals.get(code)
    const current = listener
    if (!current) return
    if (refusal) {
      listener = null
      sessionId = null
      outbox = createOutbox()
      current.refused(refusal)
      return
    }
    if (code === closeCode.badMessage) {
      // Our own message was not understood: repeating it would close us for ever. Start afresh without it.
      sessionId = null
      outbox = createOutbox()
    }
    current.lost()
    const wait = pace.retryMs[Math.min(attempt, pace.retryMs.length - 1)] ?? 0
    attempt += 1
    retry = setTimeout(connect, wait * (0.5 + random()))
  }

  function hear(mine: WebSocket, data: unknown): void {
    heardAt = performance.now()
    const frame = typeof data === 'string' ? decodeServerFrame(data) : null
    if (!frame) return drop(mine)
    if ('seq' in frame) return take(mine, frame)
    switch (frame.type) {
      case 'challenge':
        void sayHello(mine, frame.nonce)
        return
      case 'welcome':
        return begin(mine, frame)
      case 'pong':
        return outbox.confirm(frame.ack)
    }
  }

  async function sayHello(mine: WebSocket, nonce: string): Promise<void> {
    const part = await listener?.hello(nonce).catch(() => undefined)
    if (!part || socket !== mine) return
    const resume = sessionId === null ? null : { sessionId, received: outbox.received() }
    mine.send(JSON.stringify({ type: 'hello', version: protocolVersion, ...part, resume }))
  }

  function begin(mine: WebSocket, welcome: Welcome): void {
    sessionId = welcome.sessionId
    welcomed = true
    attempt = 0
    // Nothing is unanswered yet: the welcome counts as the answer to a ping of its own time.
    pingedAt = heardAt
    const frames = welcome.resumed ? outbox.resume(welcome.received) : outbox.restart()
    // What is owed goes first: what the welcome makes us say has later numbers.
    for (const frame of frames) mine.send(frame)
    listener?.welcomed(welcome)
  }

  function take(mine: WebSocket, frame: Extract<ServerFrame, { seq: number }>): void {
    outbox.confirm(frame.ack)
    const verdict = outbox.accept(frame)
    if (verdict === 'gap') {
      sessionId = null
      return drop(mine)
    }
    if (verdict === 'new') listener?.received(frame.message)
    if (outbox.unacknowledged() >= eagerAck && socket === mine) mine.send(outbox.ping())
  }

  /** The network or the page came back: try now, not when the backoff says. */
  function hurry(): void {
    if (listener && !socket) connect()
    else if (socket && welcomed) askAfter(socket)
  }

  globalThis.addEventListener?.('online', hurry)
  globalThis.document?.addEventListener('visibilitychange', hurry)

  return {
    open(next) {
      listener = next
      attempt = 0
      connect()
      void doubt()
    },
    send(message) {
      const frame = outbox.add(message)
      if (welcomed) socket?.send(frame)
    },
    hasten(isUrgent) {
      const next = isUrgent ? hasty : usual
      if (next === pace) return
      pace = next
      if (socket) listen(socket)
      if (isUrgent) hurry()
    },
    close() {
      listener = null
      sessionId = null
      outbox = createOutbox()
      clearTimeout(retry)
      clearInterval(heartbeat)
      socket?.close(1000)
      socket = null
      welcomed = false
    },
  }
}
