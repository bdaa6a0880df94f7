/** A page's side of the wire, as io/socket.ts and io/outbox.ts keep it: numbers, replay, reconnection. */
import type { CallView } from '../../../src/protocol/call.ts'
import type { ClientMessage, ServerMessage } from '../../../src/protocol/wire.ts'
import { between } from '../prng.ts'
import type { Page } from './page.ts'
import { type Claims, type Connection, type DownFrame, newConnection, sendUp } from './wire.ts'
import type { World } from './world.ts'

export type SessionHooks = {
  readonly claims: () => Claims
  readonly told: (stay: number | null) => void
  readonly restored: (call: CallView) => void
  readonly received: (message: ServerMessage) => void
  /** By a newer page or another tablet, for good. */
  readonly sentAway: () => void
}

export type Session = {
  send(message: ClientMessage): void
  hear(connection: Connection, frame: DownFrame): void
  /** The page takes itself for connected, and is. */
  isSettled(): boolean
  /** A board is shown, and beds can be called from it, once the first welcome has come. */
  hasBoard(): boolean
  /** The network takes the socket away; the page notices after a while. */
  loseSocket(noticeMs: number): Connection | null
  /** The server died: its last words may still arrive before the page notices. */
  loseServer(noticeMs: number): void
  /** `polite`: the browser closes the socket behind the page. */
  leave(polite: boolean): void
}

type Pending = { readonly seq: number; readonly message: ClientMessage }

export function openSession(world: World, page: Page, hooks: SessionHooks): Session {
  const { clock } = world
  const { device } = page
  const { binding } = device
  let connection: Connection | null = null
  let welcomed = false
  let sessionId: number | null = null
  let pending: Pending[] = []
  let sent = 0
  let received = 0
  let attempt = 0

  function send(message: ClientMessage): void {
    sent += 1
    const item = { seq: sent, message }
    pending.push(item)
    if (welcomed) post(item)
  }

  function post(item: Pending): void {
    if (connection) sendUp(world, connection, { type: 'message', ...item, ack: received })
  }

  function connect(): void {
    if (page.dead || connection) return
    if (!world.server.isUp()) return retry()
    const mine = newConnection(world, page)
    connection = mine
    clock.after(between(world.chance, 1, 40), () => {
      if (connection !== mine || page.dead) return
      const resume = sessionId === null ? null : { sessionId, received }
      sendUp(world, mine, { type: 'hello', binding, resume, claims: hooks.claims() })
    })
  }

  function retry(): void {
    const backoffMs = world.calm ? 300 : Math.min(7_000, 300 * 2 ** attempt)
    attempt += 1
    clock.after(backoffMs * (0.5 + world.chance()), connect)
  }

  function lost(mine: Connection): void {
    if (connection !== mine) return
    connection = null
    welcomed = false
    retry()
  }

  function hear(mine: Connection, frame: DownFrame): void {
    if (page.dead || connection !== mine) return
    switch (frame.type) {
      case 'welcome':
        return begin(frame)
      case 'message': {
        confirm(frame.ack)
        if (frame.seq <= received) return
        if (frame.seq > received + 1) return world.fail('WIRE a gap in a session', device.endpoint)
        received = frame.seq
        hooks.received(frame.message)
        if (world.chance() < 0.02 && !world.calm) hooks.received(frame.message)
        return acknowledgeSoon(mine)
      }
      case 'pong':
        return confirm(frame.ack)
      case 'close':
        mine.cut = true
        connection = null
        welcomed = false
        return hooks.sentAway()
    }
  }

  function acknowledgeSoon(mine: Connection): void {
    clock.after(between(world.chance, 50, 2_000), () => {
      if (connection === mine && welcomed && !page.dead) sendUp(world, mine, { type: 'ping', ack: received })
    })
  }

  function confirm(seq: number): void {
    pending = pending.filter((item) => item.seq > seq)
  }

  function begin(welcome: Extract<DownFrame, { type: 'welcome' }>): void {
    world.note(() => `${device.endpoint} welcomed, ${welcome.resumed ? 'resumed' : 'new session'}`)
    attempt = 0
    hooks.told(welcome.stay)
    device.page = page
    sessionId = welcome.sessionId
    welcomed = true
    if (welcome.resumed) {
      confirm(welcome.received)
    } else {
      received = 0
      pending = pending.map((item, index) => ({ seq: index + 1, message: item.message }))
      sent = pending.length
    }
    for (const item of pending) post(item)
    for (const call of welcome.calls) hooks.restored(call)
  }

  clock.after(between(world.chance, 1, 50), connect)

  return {
    send,
    hear,
    isSettled: () => welcomed && connection !== null && !connection.cut && !connection.orphaned,
    hasBoard: () => sessionId !== null,
    loseSocket(noticeMs) {
      const mine = connection
      if (!mine || mine.cut) return null
      mine.cut = true
      clock.after(noticeMs, () => lost(mine))
      return mine
    },
    loseServer(noticeMs) {
      const mine = connection
      if (!mine || mine.cut) return
      mine.orphaned = true
      clock.after(noticeMs, () => {
        mine.cut = true
        lost(mine)
      })
    },
    leave(polite) {
      if (!connection) return
      // A hello under way is lost with its page: it must not come in after the next page's.
      if (polite && welcomed) sendUp(world, connection, { type: 'close' })
      else connection.cut = true
    },
  }
}
