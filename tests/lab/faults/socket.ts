/** A page's socket as `io/socket.ts` keeps it, over the real outbox: pings, deadlines, backoff, replay. */
import { createOutbox } from '../../../src/io/outbox.ts'
import { closeCode, type Welcome } from '../../../src/protocol/wire.ts'
import type { Clock, SocketListener, SocketPort } from '../../../src/state/ports.ts'
import { type Connection, type DownFrame, newConnection } from './wire.ts'
import { type Device, reachesServer, type World } from './world.ts'

const usual = { pingMs: 5_000, deadMs: 10_000, retryMs: [0, 300, 1_000, 2_000, 4_000, 7_000] }
const hasty = { pingMs: 1_000, deadMs: 2_500, retryMs: [0, 300, 500] }
const doubtMs = hasty.deadMs - hasty.pingMs
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
  let pace = usual
  /** Counts heartbeats: a new pace begins another. */
  let beating = 0

  function connect(): void {
    stopRetry()
    if (!listener || socket || isDead()) return
    const mine = newConnection(world, device, world.server.hear, (frame) => hear(mine, frame))
    socket = mine
    heardAtMs = clock.upMs()
    for (const ms of knocksMs) world.clock.after(ms, () => knock(mine))
    listen(mine)
  }

  function listen(mine: Connection): void {
    beating += 1
    const mineAlone = beating
    clock.after(pace.pingMs / 2, () => beat(mine, mineAlone))
  }

  function knock(mine: Connection): void {
    if (socket !== mine || isDead() || mine.isOpenAtServer || mine.address !== device.address) return
    if (!reachesServer(device)) return
    if (world.server.isUp()) world.server.open(mine)
    else lost(mine)
  }

  function beat(mine: Connection, heart: number): void {
    if (socket !== mine || heart !== beating) return
    clock.after(pace.pingMs / 2, () => beat(mine, heart))
    look(mine)
  }

  function look(mine: Connection): void {
    const nowMs = clock.upMs()
    const { pingMs, deadMs } = pace
    const unanswered = pingedAtMs > heardAtMs && nowMs - pingedAtMs >= deadMs - pingMs
    const beginMs = Math.min(usual.deadMs, deadMs * (1 + attempt / 2))
    const neverWelcomed = !welcomed && nowMs - heardAtMs >= beginMs
    if (unanswered || neverWelcomed) return drop(mine)
    if (welcomed && pingedAtMs <= heardAtMs && nowMs - pingedAtMs >= pingMs) ping(mine)
  }

  function ping(mine: Connection): void {
    pingedAtMs = clock.upMs()
    mine.up({ type: 'text', text: outbox.ping() })
  }

  function askAfter(mine: Connection): void {
    if (pingedAtMs <= heardAtMs) ping(mine)
    const askedAtMs = pingedAtMs
    clock.after(doubtMs, () => {
      if (socket === mine && heardAtMs < askedAtMs) drop(mine)
    })
  }

  function hurry(): void {
    if (!socket) connect()
    else if (welcomed) askAfter(socket)
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
    const waitMs = pace.retryMs[Math.min(attempt, pace.retryMs.length - 1)] ?? 0
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
    hasten(isUrgent) {
      const next = isUrgent ? hasty : usual
      if (next === pace) return
      pace = next
      if (socket) listen(socket)
      if (isUrgent && listener) hurry()
    },
    hurry,
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
