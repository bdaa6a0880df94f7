/** One WebSocket between a page and the server: in order, delayed, and gone without a word when it is cut. */
import type { CallView } from '../../../src/protocol/call.ts'
import type { ClientMessage, ServerMessage } from '../../../src/protocol/wire.ts'
import { between } from '../prng.ts'
import type { Page } from './page.ts'
import type { World } from './world.ts'

export type Claims = readonly { callId: string; epoch: number }[]

export type UpFrame =
  | {
      readonly type: 'hello'
      readonly binding: number
      readonly resume: { sessionId: number; received: number } | null
      readonly claims: Claims
    }
  | { readonly type: 'message'; readonly seq: number; readonly ack: number; readonly message: ClientMessage }
  | { readonly type: 'ping'; readonly ack: number }
  | { readonly type: 'close' }

export type DownFrame =
  | {
      readonly type: 'welcome'
      readonly sessionId: number
      readonly resumed: boolean
      readonly received: number
      readonly calls: readonly CallView[]
      readonly stay: number | null
    }
  | { readonly type: 'message'; readonly seq: number; readonly ack: number; readonly message: ServerMessage }
  | { readonly type: 'pong'; readonly ack: number }
  | { readonly type: 'close' }

export type Connection = {
  readonly id: number
  readonly page: Page
  /** Nothing passes any more; either side notices in its own time. */
  cut: boolean
  /** The server is dead; what it had already sent may still arrive. */
  orphaned: boolean
  upAtMs: number
  downAtMs: number
}

export function newConnection(world: World, page: Page): Connection {
  return { id: world.newNumber(), page, cut: false, orphaned: false, upAtMs: 0, downAtMs: 0 }
}

/** Mostly a few milliseconds, now and then a second; when all is calm, a good LAN. */
function latencyMs(world: World): number {
  if (world.calm) return between(world.chance, 1, 20)
  const luck = world.chance()
  if (luck < 0.8) return between(world.chance, 1, 30)
  return luck < 0.97 ? between(world.chance, 30, 600) : between(world.chance, 600, 4_000)
}

/** Sends a frame up; `arrive` runs at the server unless the connection is cut by then. */
export function sendUp(world: World, connection: Connection, frame: UpFrame): void {
  connection.upAtMs = Math.max(connection.upAtMs, world.clock.nowMs() + latencyMs(world))
  carry(world, connection, connection.upAtMs, () => {
    if (!connection.orphaned) world.server.hear(connection, frame)
  })
}

export function sendDown(world: World, connection: Connection, frame: DownFrame): void {
  connection.downAtMs = Math.max(connection.downAtMs, world.clock.nowMs() + latencyMs(world))
  carry(world, connection, connection.downAtMs, () => connection.page.session.hear(connection, frame))
}

function carry(world: World, connection: Connection, atMs: number, arrive: () => void): void {
  if (connection.cut) return
  world.inFlight += 1
  world.clock.after(atMs - world.clock.nowMs(), () => {
    world.inFlight -= 1
    if (!connection.cut) arrive()
  })
}
