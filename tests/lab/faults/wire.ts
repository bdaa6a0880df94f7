/** A WebSocket as TCP carries it: in order, held up while nothing passes, and each side learns of its end by itself. */
import type { ServerMessage, Welcome } from '../../../src/protocol/wire.ts'
import type { Claims } from '../../../src/state/ports.ts'
import { between } from '../prng.ts'
import { type Device, reachesServer, type World } from './world.ts'

export type UpFrame =
  | {
      readonly type: 'hello'
      readonly resume: { readonly sessionId: string; readonly received: number } | null
      readonly claims: Claims
    }
  /** A frame of the outbox: a numbered message, or a ping. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'close' }

export type DownFrame =
  | { readonly type: 'challenge' }
  | { readonly type: 'welcome'; readonly welcome: Welcome }
  | { readonly type: 'message'; readonly seq: number; readonly ack: number; readonly message: ServerMessage }
  | { readonly type: 'pong'; readonly ack: number }
  | { readonly type: 'close'; readonly code: number }

export type Connection = {
  readonly order: number
  readonly device: Device
  /** Of its device when it was opened; nothing passes at another. */
  address: number
  isOpenAtPage: boolean
  isOpenAtServer: boolean
  heardAtMs: number
  up(frame: UpFrame): void
  down(frame: DownFrame): void
}

/** TCP repeats what was lost after so long, then after twice as long, and so on. */
const firstRepeatMs = 300
const lastRepeatMs = 8_000

/** Mostly a few milliseconds, now and then more; seconds on a way that is slow. */
function latencyMs({ chance, calm }: World, { blocks }: Device): number {
  if (blocks.slow > 0) return between(chance, 500, 4_000)
  return calm || chance() < 0.95 ? between(chance, 1, 30) : between(chance, 30, 600)
}

function lane<Frame>(
  world: World,
  device: Device,
  passes: () => boolean,
  arrive: (frame: Frame) => void,
): (frame: Frame) => void {
  const { clock } = world
  const waiting: { readonly frame: Frame; readonly atMs: number }[] = []
  let repeatMs = firstRepeatMs
  let isBusy = false

  function pump(): void {
    const [first] = waiting
    if (isBusy || !first) return
    isBusy = true
    clock.after(first.atMs - clock.nowMs(), deliver)
  }

  function deliver(): void {
    if (!passes()) {
      clock.after(repeatMs, deliver)
      repeatMs = Math.min(2 * repeatMs, lastRepeatMs)
      return
    }
    repeatMs = firstRepeatMs
    isBusy = false
    const next = waiting.shift()
    if (next) arrive(next.frame)
    pump()
  }

  return (frame) => {
    waiting.push({ frame, atMs: clock.nowMs() + latencyMs(world, device) })
    pump()
  }
}

export function newConnection(
  world: World,
  device: Device,
  toServer: (connection: Connection, frame: UpFrame) => void,
  toPage: (frame: DownFrame) => void,
): Connection {
  const passes = () => reachesServer(device) && device.address === connection.address
  const isOver = () => !connection.isOpenAtPage && !connection.isOpenAtServer
  const connection: Connection = {
    order: world.newNumber(),
    device,
    address: device.address,
    isOpenAtPage: true,
    isOpenAtServer: false,
    heardAtMs: world.clock.nowMs(),
    up: lane(
      world,
      device,
      () => passes() || isOver(),
      (frame) => connection.isOpenAtServer && toServer(connection, frame),
    ),
    down: lane(
      world,
      device,
      () => passes() || isOver(),
      (frame) => connection.isOpenAtPage && toPage(frame),
    ),
  }
  return connection
}
