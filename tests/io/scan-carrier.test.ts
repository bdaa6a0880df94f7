/** What the carrier does with its connections, its bytes and its words, over connections that are none. */
import { expect, test } from 'vitest'
import { blockBytes } from '../../src/core/scan/carry.ts'
import type { CarryProgress } from '../../src/core/scan/carry-progress.ts'
import { createCarrier } from '../../src/io/scan/carrier.ts'
import { type CarryMessage, decodePiece, encodePiece } from '../../src/protocol/scan-carry.ts'

import { callId, createCarrying, createTime, fileOf, sha256Of } from '../fakes/carry-world.ts'

async function until(carrying: ReturnType<typeof createCarrying>, isDone: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_000 && !isDone(); tries += 1)
    await carrying.pass(carrying.clock.upMs() + 10, isDone)
  expect(isDone()).toBe(true)
}

const sums = (bytes: Uint8Array) => {
  let sum = 0
  for (const byte of bytes) sum += byte
  return sum
}

test('each file is handed on whole, what is looked at first, and the connection closes behind the last', async () => {
  const files = [fileOf(1, 70_000), fileOf(2, blockBytes + 5), fileOf(3, 9)]
  const carrying = createCarrying(files)
  carrying.sending.lookAt(2)
  carrying.call.open()
  await until(carrying, () => carrying.sending.progress().files === 3)
  expect(carrying.came.map(({ index }) => index)).toEqual([2, 1, 0])
  for (const { index, bytes } of carrying.came)
    expect(sha256Of(new Uint8Array(bytes))).toBe(carrying.manifest.files[index]?.sha256)
  const whole = files.reduce((sum, { length }) => sum + length, 0)
  const done: Partial<CarryProgress> = { files: 3, ofFiles: 3, bytes: whole, ofBytes: whole, ready: [[0, 2]] }
  expect(carrying.sending.progress()).toMatchObject(done)
  expect(carrying.receiving.progress()).toMatchObject({ ...done, leftMs: 0 })
  await carrying.pass(carrying.clock.upMs() + 100)
  expect(carrying.peers.open()).toBe(0)
  expect(carrying.failures).toEqual([])
})

test('a share that nobody takes yet is not lost: what was said of it waits for its manifest', async () => {
  const { clock, pass } = createTime()
  const said: CarryMessage[] = []
  const answers: CarryMessage[] = []
  const connect = () =>
    Object.assign({} as RTCPeerConnection, {
      ...{ signalingState: 'stable', localDescription: null, remoteDescription: null },
      createDataChannel: () => ({ readyState: 'connecting' }),
      setRemoteDescription: async ({ sdp }: { sdp: string }) =>
        void answers.push({ type: 'carry.stop', shareId: sdp }),
      setLocalDescription: async () => {},
      close() {},
    })
  const carrier = createCarrier(() => ({ iceServers: [] }), { connect, clock })
  carrier.onSay((_, message) => said.push(message) > 0)
  carrier.linkOpened(callId)
  const sdp = 'v=0\r\nm=application 9 x y\r\n'
  carrier.hear(callId, { type: 'carry.offer', shareId: 'share', generation: 1, sdp })
  carrier.hear('another', {
    type: 'carry.offer',
    shareId: 'share',
    generation: 1,
    sdp: `${sdp}a=not-mine\r\n`,
  })
  const deaf = { file() {}, progress() {}, failed() {} }
  carrier.receive(callId, 'share', { files: [{ sha256: '00', bytes: 1 }] }, deaf)
  await pass(100)
  expect(said.map(({ type }) => type)).toEqual(['carry.have'])
  expect(answers).toEqual([{ type: 'carry.stop', shareId: sdp }])
})

test('files go by the relays of their call, and by nothing else where it says so', async () => {
  const { clock, pass } = createTime()
  const configs: RTCConfiguration[] = []
  const iceServers = [{ urls: ['turn:relay'], username: 'u', credential: 'c' }]
  const connect = (config: RTCConfiguration) => {
    configs.push(config)
    return Object.assign({} as RTCPeerConnection, {
      createDataChannel: () => ({}),
      setLocalDescription: async () => {},
      close() {},
    })
  }
  const relaysOf = (id: string) =>
    id === callId ? { iceServers, only: 'relay' as const } : { iceServers: [] }
  const carrier = createCarrier(relaysOf, { connect, clock })
  carrier.onSay(() => true)
  for (const id of [callId, 'other']) {
    carrier.linkOpened(id)
    carrier.send(id, 'share', { files: [{ sha256: '00', bytes: 1 }] }, async () => null)
  }
  await pass(100)
  expect(configs).toEqual([
    { iceServers, iceTransportPolicy: 'relay' },
    { iceServers: [], iceTransportPolicy: 'all' },
  ])
})

test('a file that is not to be had, or is not as long as it was said to be, fails by name and the others come', async () => {
  const files = [fileOf(1, 10), fileOf(2, 20), fileOf(3, 30), fileOf(4, 40)]
  const carrying = createCarrying(files, async (file) => {
    if (file === 0) return null
    if (file === 1) return new ArrayBuffer(19)
    if (file === 2) throw new Error('closed')
    return Uint8Array.from(files[file] ?? []).buffer
  })
  carrying.call.open()
  await until(carrying, carrying.isDone)
  expect(carrying.came.map(({ index }) => index)).toEqual([3])
  expect(carrying.failed).toEqual([0, 1, 2].map((index) => ({ index, failure: 'lacking' })))
})

test('what a lost link swallowed is said again: a file that is not to be had', async () => {
  let give: (bytes: ArrayBuffer | null) => void = () => {}
  const carrying = createCarrying([fileOf(1, 10)], () => new Promise((done) => (give = done)))
  carrying.call.open()
  await carrying.pass(500)
  carrying.call.close()
  give(null)
  await carrying.pass(1_000)
  expect(carrying.failed).toEqual([])
  carrying.call.open()
  await carrying.pass(2_000)
  expect(carrying.failed).toEqual([{ index: 0, failure: 'lacking' }])
})

test('[HZ-9] what was sent is overwritten as its turn is over, and all that is held at the end', async () => {
  const given: Uint8Array[] = []
  const files = [fileOf(1, 50_000), fileOf(2, 50_000), fileOf(3, 3 * blockBytes)]
  const carrying = createCarrying(files, async (file) => {
    const bytes = Uint8Array.from(files[file] ?? [])
    given.push(bytes)
    return bytes.buffer
  })
  carrying.call.open()
  await until(carrying, () => carrying.came.length === 2 && carrying.receiving.progress().bytes > blockBytes)
  expect(given.map(sums).slice(0, 2)).toEqual([0, 0])
  expect(sums(given[2] ?? new Uint8Array())).toBeGreaterThan(0)
  const held: Uint8Array[] = []
  const { fill } = Uint8Array.prototype
  Uint8Array.prototype.fill = function (...args) {
    held.push(this)
    return fill.apply(this, args)
  }
  carrying.presenter.end('share')
  carrying.viewer.end('share')
  Uint8Array.prototype.fill = fill
  expect(held.map(({ length }) => length).sort()).toEqual([3 * blockBytes, 3 * blockBytes])
  expect(held.map(sums)).toEqual([0, 0])
  expect(carrying.failed).toEqual([{ index: 2, failure: 'stopped' }])
  await carrying.pass(carrying.clock.upMs() + 5_000)
  expect(carrying.peers.open()).toBe(0)
})

test('a viewer that wants no more is sent no more, and one that had all is no failure', async () => {
  const carrying = createCarrying([fileOf(1, 3 * blockBytes)])
  carrying.call.open()
  await until(carrying, () => carrying.receiving.progress().bytes > 0)
  carrying.receiving.stop()
  await carrying.pass(carrying.clock.upMs() + 1_000)
  expect([carrying.failures, carrying.failed]).toEqual([['stopped'], [{ index: 0, failure: 'stopped' }]])
  expect(carrying.peers.open()).toBe(0)
  const other = createCarrying([fileOf(1, 3)])
  other.call.open()
  await until(other, () => other.sending.progress().files === 1)
  other.receiving.stop()
  await other.pass(other.clock.upMs() + 1_000)
  expect([other.failures, other.failed]).toEqual([[], []])
})

/** Rewrites the header of the one piece that `which` is told of. */
const lying = (which: number, lie: (file: number, offset: number) => readonly [number, number]) => {
  let pieces = 0
  return (message: Uint8Array) => {
    pieces += 1
    if (pieces !== which) return
    const piece = decodePiece(Uint8Array.from(message).buffer)
    if (!piece) return
    const [file, offset] = lie(piece.file, piece.offset)
    message.set(encodePiece({ ...piece, file, offset }))
  }
}

test.each([
  ['not-offered', 'of a file that was not offered', lying(2, () => [9, 0])],
  ['out-of-place', 'that is another’s', lying(2, (_, offset) => [1, offset])],
  ['out-of-place', 'that was sent before', lying(3, (file) => [file, 0])],
  ['malformed', 'that is none', (message: Uint8Array) => message.fill(255, 6, 8)],
] as const)('[CARRY-7] %s: a presenter that sends a piece %s is told to stop', async (failure, _, lie) => {
  const carrying = createCarrying([fileOf(1, 100_000), fileOf(2, 100_000)], undefined, lie)
  carrying.call.open()
  await until(carrying, carrying.isDone)
  expect(carrying.failed).toEqual([0, 1].map((index) => ({ index, failure })))
  await carrying.pass(carrying.clock.upMs() + 1_000)
  expect(carrying.failures).toEqual(['stopped'])
  expect(carrying.peers.open()).toBe(0)
})

test('[CARRY-6] a viewer that acknowledges what never left is sent no more, and one that never does neither', async () => {
  const liar = createCarrying([fileOf(1, 2 * blockBytes)])
  liar.call.open()
  await liar.pass(500)
  const have = { type: 'carry.have' as const, shareId: 'share', generation: 1 }
  liar.presenter.hear(callId, { ...have, blocks: 'c0', kept: '80', refused: '00' })
  expect(liar.failures).toEqual(['has-unsent'])
  const mute = createCarrying([fileOf(1, 100)])
  mute.presenter.onSay((_, message) => {
    if (message.type === 'carry.offer') mute.viewer.hear(callId, message)
    return true
  })
  mute.viewer.onSay((_, message) => {
    if (message.type !== 'carry.have') mute.presenter.hear(callId, message)
    return true
  })
  mute.call.open()
  await mute.pass(300_000)
  expect(mute.failures).toEqual(['no-way'])
  expect(mute.peers.open()).toBe(0)
})

test('[CARRY-9] while a call is lost nothing leaves, and it goes on by itself', async () => {
  const carrying = createCarrying([fileOf(1, 4 * blockBytes)])
  carrying.presenter.callIs(callId, 'lost')
  carrying.call.open()
  await carrying.pass(20_000)
  expect(carrying.receiving.progress().bytes).toBe(0)
  expect(carrying.call.said.filter(({ type }) => type === 'carry.offer').length).toBe(1)
  carrying.presenter.callIs(callId, 'good')
  await until(carrying, carrying.isDone)
  expect(carrying.came.length).toBe(1)
})

test('what waits in the channel stays below its mark', async () => {
  const carrying = createCarrying([fileOf(1, 4 * blockBytes)])
  carrying.call.open()
  await until(carrying, () => carrying.receiving.progress().bytes > 0)
  const { bytes } = carrying.receiving.progress()
  carrying.peers.fill(256 * 1024)
  await carrying.pass(carrying.clock.upMs() + 3_000)
  expect(carrying.receiving.progress().bytes - bytes).toBeLessThan(blockBytes)
  carrying.peers.fill(0)
  await until(carrying, carrying.isDone)
})

test('a browser that makes no more connections is no exception: it is tried again, and then said', async () => {
  const { clock, pass } = createTime()
  const connect = () => {
    throw new Error('UnknownError')
  }
  const carrier = createCarrier(() => ({ iceServers: [] }), { connect, clock })
  const failures: string[] = []
  carrier.onSay(() => true)
  carrier.linkOpened(callId)
  const files = [{ sha256: '00', bytes: 1 }]
  const hear = { progress() {}, failed: (failure: string) => failures.push(failure) }
  carrier.send(callId, 'share', { files }, async () => null, hear)
  await pass(60_000)
  expect(failures).toEqual(['no-way'])
})
