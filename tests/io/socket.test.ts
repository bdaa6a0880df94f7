import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSocket } from '../../src/io/socket.ts'
import type { SocketListener } from '../../src/state/ports.ts'
import { anna, welcomeOf } from '../fakes/ports.ts'

/** A server's end of a socket, in the test's hands. */
class FakeSocket {
  static opened: FakeSocket[] = []
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  readonly sent: { type?: string; seq?: number }[] = []
  constructor() {
    FakeSocket.opened.push(this)
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  close(): void {}
  say(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

const lost = vi.fn()
const listener: SocketListener = {
  hello: async () => ({ client: 'station', tabId: 'tab', claims: [] }),
  welcomed() {},
  received() {},
  lost,
  refused() {},
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
  FakeSocket.opened = []
  lost.mockClear()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

async function welcomed() {
  const port = createSocket('ws://server/ws', () => 0.5)
  port.open(listener)
  const socket = FakeSocket.opened[0]
  if (!socket) throw new Error('no socket')
  socket.say({ type: 'challenge', nonce: 'nonce' })
  await vi.advanceTimersByTimeAsync(20)
  socket.say(welcomeOf(anna))
  return { port, socket }
}

function pings(socket: FakeSocket): number {
  return socket.sent.filter(({ type }) => type === 'ping').length
}

test('[SESSION-4] a quiet connection is asked after every five seconds, and kept as long as it answers', async () => {
  const { socket } = await welcomed()
  for (let turn = 1; turn <= 12; turn += 1) {
    const before = pings(socket)
    for (let wait = 0; wait < 8 && pings(socket) === before; wait += 1)
      await vi.advanceTimersByTimeAsync(1_000)
    expect(pings(socket)).toBe(before + 1)
    socket.say({ type: 'pong', ack: 0 })
  }
  expect(lost).not.toHaveBeenCalled()
  expect(FakeSocket.opened).toHaveLength(1)
})

test('[SESSION-5] a server that answers no ping is left within fifteen seconds and tried again', async () => {
  await welcomed()
  await vi.advanceTimersByTimeAsync(15_000)
  expect(lost).toHaveBeenCalled()
  expect(FakeSocket.opened.length).toBeGreaterThan(1)
})

test('[SESSION-7] a server that another request does not find is lost at once, however long the browser holds a socket back', async () => {
  const port = createSocket(
    'ws://server/ws',
    () => 0.5,
    async () => false,
  )
  port.open(listener)
  await vi.advanceTimersByTimeAsync(1)
  expect(lost).toHaveBeenCalledOnce()
  expect(FakeSocket.opened.length).toBeGreaterThan(1)
})

test('[SESSION-7] a socket that was heard is believed, and not what failed beside it', async () => {
  let failed = () => {}
  const port = createSocket(
    'ws://server/ws',
    () => 0.5,
    () =>
      new Promise((done) => {
        failed = () => done(false)
      }),
  )
  port.open(listener)
  await vi.advanceTimersByTimeAsync(1)
  FakeSocket.opened[0]?.say({ type: 'challenge', nonce: 'nonce' })
  failed()
  await vi.advanceTimersByTimeAsync(1)
  expect(lost).not.toHaveBeenCalled()
})

test('[SESSION-6] what was owed goes out before what the welcome makes us say, in order of its numbers', async () => {
  const port = createSocket('ws://server/ws', () => 0.5)
  const talkative = { ...listener, welcomed: () => port.send({ type: 'call.accept', callId: 'second' }) }
  port.open(talkative)
  port.send({ type: 'call.accept', callId: 'first' })
  const socket = FakeSocket.opened[0]
  socket?.say({ type: 'challenge', nonce: 'nonce' })
  await vi.advanceTimersByTimeAsync(20)
  socket?.say(welcomeOf(anna))
  expect(socket?.sent.flatMap(({ seq }) => seq ?? [])).toEqual([1, 2])
})

test('[SESSION-8] for a silent call a server that answers no ping is left after 1.5 s, and found within two tries', async () => {
  const { port, socket } = await welcomed()
  await vi.advanceTimersByTimeAsync(100)
  port.hasten(true)
  expect(pings(socket)).toBe(1)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(lost).toHaveBeenCalledOnce()
  expect(FakeSocket.opened).toHaveLength(2)
  // The second is let go sooner than one of a page that merely starts.
  await vi.advanceTimersByTimeAsync(5_000)
  expect(FakeSocket.opened.length).toBeGreaterThan(2)
})

test('[SESSION-8] a server that answers in time is kept, and asked as seldom as ever once the call is heard again', async () => {
  const { port, socket } = await welcomed()
  port.hasten(true)
  for (let turn = 0; turn < 10; turn += 1) {
    socket.say({ type: 'pong', ack: 0 })
    await vi.advanceTimersByTimeAsync(1_000)
  }
  socket.say({ type: 'pong', ack: 0 })
  port.hasten(false)
  const before = pings(socket)
  await vi.advanceTimersByTimeAsync(4_000)
  expect(pings(socket)).toBe(before)
  expect(FakeSocket.opened).toHaveLength(1)
})

test('[SESSION-8] after another network came, whoever does not answer is left; an answer to another ping does not count', async () => {
  const doors = new EventTarget()
  vi.stubGlobal('addEventListener', doors.addEventListener.bind(doors))
  await welcomed()
  await vi.advanceTimersByTimeAsync(1_000)
  doors.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(1_600)
  expect(lost).toHaveBeenCalledOnce()
})
