/** A page's socket as `io/socket.ts` keeps it, over the real outbox: pings, deadlines, backoff, replay. */
import { createOutbox } from '../../../src/io/outbox.ts'
import { closeCode, type Welcome } from '../../../src/protocol/wire.ts'
import type { Clock, SocketListener, SocketPort } from '../../../src/state/ports.ts'
import { type Connection, type DownFrame, newConnection } from './wire.ts'
import { type Device, reachesServer, type World } from './world.ts'

const pingMs = 5_000
const deadMs = 10_000
const backoffMs = [0, 300, 1_000, 2_000, 4_000, 7_000]
const eagerAck = 32
const nowhere = 0
/** When TCP knocks at a server that does not answer. */
const knocksMs = [0, 1_000, 3_000, 7_000, 15_000]

export type PageSocket = SocketPort & {
  /** The browser has a network again, or is looked at. */
  hurry(): void
  /** The network took the socket away with all that was under way, and the browser knows. */
  reset(): void
  /** The page is gone. */
  unload(): void
}

export function createPageSocket(
  world: World,
  device: Device,
  clock: Clock,
  isDead: () => boolean,
): PageSocket {
  let outbox = createOutbox()
  let socket: Connection | null = null
  let listener: SocketListener | null = null
  let sessionId: string | null = null
  let welcomed = false
  let attempt = 0
  let heardAtMs = 0
  let pingedAtMs = 0
  let stopRetry = () => {}

  function connect(): void {
    stopRetry()
    if (!listener || socket || isDead()) return
    const mine = newConnection(world, device, world.server.hear, (frame) => hear(mine, frame))
    socket = mine
    heardAtMs = clock.upMs()
    for (const ms of knocksMs) world.clock.after(ms, () => knock(mine))
    clock.after(pingMs / 2, () => beat(mine))
  }

  function knock(mine: Connection): void {
    if (socket !== mine || isDead() || mine.isOpenAtServer || mine.address !== device.address) return
    if (!reachesServer(device)) return
    if (world.server.isUp()) world.server.open(mine)
    else lost(mine)
  }

  function beat(mine: Connection): void {
    if (socket !== mine) return
    clock.after(pingMs / 2, () => beat(mine))
    look(mine)
  }

  function look(mine: Connection): void {
    const nowMs = clock.upMs()
    const unanswered = pingedAtMs > heardAtMs && nowMs - pingedAtMs >= deadMs - pingMs
    const neverWelcomed = !welcomed && nowMs - heardAtMs >= deadMs
    if (unanswered || neverWelcomed) return drop(mine)
    if (welcomed && pingedAtMs <= heardAtMs && nowMs - pingedAtMs >= pingMs) {
      pingedAtMs = nowMs
      mine.up({ type: 'text', text: outbox.ping() })
    }
  }

  function drop(mine: Connection): void {
    mine.up({ type: 'close' })
    lost(mine)
  }

  function lost(mine: Connection): void {
    if (socket !== mine) return
    mine.isOpenAtPage = false
    socket = null
    welcomed = false
    listener?.lost()
    const waitMs = backoffMs[Math.min(attempt, backoffMs.length - 1)] ?? 0
    attempt += 1
    stopRetry = clock.after(waitMs * (0.5 + world.chance()), connect)
  }

  function hear(mine: Connection, frame: DownFrame): void {
    if (socket !== mine || isDead()) return
    heardAtMs = clock.upMs()
    switch (frame.type) {
      case 'challenge':
        return void sayHello(mine)
      case 'welcome':
        return begin(mine, frame.welcome)
      case 'pong':
        return outbox.confirm(frame.ack)
      case 'message':
        return take(mine, frame)
      case 'close':
        if (frame.code === closeCode.replaced) world.fail('WIRE a page replaces itself', device.endpoint)
        return lost(mine)
    }
  }

  function sayHello(mine: Connection): void {
    const resume = sessionId === null ? null : { sessionId, received: outbox.received() }
    const claims = device.page?.claims() ?? []
    mine.up({ type: 'hello', resume, claims })
  }

  function begin(mine: Connection, welcome: Welcome): void {
    sessionId = welcome.sessionId
    welcomed = true
    attempt = 0
    pingedAtMs = heardAtMs
    const frames = welcome.resumed ? outbox.resume(welcome.received) : outbox.restart()
    for (const text of frames) mine.up({ type: 'text', text })
    listener?.welcomed(welcome)
  }

  function take(mine: Connection, frame: Extract<DownFrame, { type: 'message' }>): void {
    outbox.confirm(frame.ack)
    const verdict = outbox.accept(frame)
    if (verdict === 'gap') return world.fail('WIRE a gap in a session', device.endpoint)
    if (verdict === 'new') listener?.received(frame.message)
    if (device.blocks.doubled > 0 && world.chance() < 0.3) listener?.received(frame.message)
    if (outbox.unacknowledged() >= eagerAck && socket === mine) mine.up({ type: 'text', text: outbox.ping() })
  }

  return {
    open(next) {
      listener = next
      connect()
    },
    send(message) {
      const text = outbox.add(message)
      if (welcomed) socket?.up({ type: 'text', text })
    },
    close() {
      listener = null
      socket = null
    },
    hurry() {
      if (!socket) connect()
      else if (welcomed) look(socket)
    },
    reset() {
      if (!socket) return
      socket.address = nowhere
      lost(socket)
    },
    unload() {
      outbox = createOutbox()
      if (socket) socket.isOpenAtPage = false
      socket?.up({ type: 'close' })
      socket = null
    },
  }
}
