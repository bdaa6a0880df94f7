/** Two pages with a carrier each, the link of their call, and peer connections between them, in a time of their own. */
import { createHash } from 'node:crypto'
import type { CarryFailure } from '../../src/core/scan/carry.ts'
import { createCarrier } from '../../src/io/scan/carrier.ts'
import { type CarryMessage, decodeCarry } from '../../src/protocol/scan-carry.ts'
import type { Clock } from '../../src/state/ports.ts'
import type { CarrierPort } from '../../src/state/scan-ports.ts'

// The browser's own digest takes time of the world, while the time of these pages passes as fast as it can.
crypto.subtle.digest = async (_name, bytes) =>
  new Uint8Array(
    createHash('sha256')
      .update(new Uint8Array(bytes as ArrayBuffer))
      .digest(),
  ).buffer

export const callId = 'call'
const oneWayMs = 10

/** Time that passes as it is told to; what is due happens in its order. */
export function createTime() {
  let nowMs = 0
  let made = 0
  let timers: { readonly number: number; readonly atMs: number; readonly then: () => void }[] = []
  const clock: Clock = {
    nowMs: () => nowMs,
    upMs: () => nowMs,
    after(ms, then) {
      made += 1
      const number = made
      timers.push({ number, atMs: nowMs + Math.max(0, ms), then })
      return () => {
        timers = timers.filter((one) => one.number !== number)
      }
    },
  }
  return {
    clock,
    /** Until then, or until nothing is left to do. */
    async pass(untilMs: number, isDone: () => boolean = () => false): Promise<void> {
      await settled()
      while (!isDone()) {
        const next = timers.reduce<(typeof timers)[number] | null>(
          (first, one) => (first && first.atMs <= one.atMs ? first : one),
          null,
        )
        if (!next || next.atMs > untilMs) break
        timers = timers.filter((one) => one !== next)
        nowMs = Math.max(nowMs, next.atMs)
        next.then()
        await settled()
      }
      nowMs = Math.max(nowMs, untilMs)
    },
  }
}

/** What was promised without waiting for the world. */
const settled = () => new Promise<void>((done) => setImmediate(done))

const sdpOf = (name: string) => `v=0\r\ns=${name}\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n`

type FakeChannel = {
  readyState: 'connecting' | 'open' | 'closed'
  bufferedAmount: number
  onopen: (() => void) | null
  onbufferedamountlow: (() => void) | null
  onclose: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
}

type FakePeer = {
  readonly name: string
  readonly channel: FakeChannel
  localDescription: { readonly type: string; readonly sdp: string } | null
  remoteDescription: { readonly type: string; readonly sdp: string } | null
  other: FakePeer | null
  isDead: boolean
}

/** What of a connection dies: both ends are told, or nobody, as when a radio is out of reach. */
export type Death = 'told' | 'silent'

/** `spoil`: whether this message loses its way inside; the same for either end. */
export function createPeers(clock: Clock, spoil: (message: Uint8Array) => void) {
  const peers: FakePeer[] = []

  function meet(one: FakePeer): void {
    const other = peers.find(({ name }) => one.remoteDescription?.sdp === sdpOf(name))
    if (!other?.remoteDescription || other.remoteDescription.sdp !== sdpOf(one.name)) return
    one.other = other
    other.other = one
    for (const peer of [one, other]) clock.after(2 * oneWayMs, () => openChannel(peer))
  }

  function openChannel({ channel, isDead }: FakePeer): void {
    if (isDead || channel.readyState !== 'connecting') return
    channel.readyState = 'open'
    channel.onopen?.()
  }

  function closeChannel({ channel }: FakePeer): void {
    if (channel.readyState === 'closed') return
    channel.readyState = 'closed'
    channel.onclose?.()
  }

  function connect(): RTCPeerConnection {
    const channel: FakeChannel & { send(message: Uint8Array): void } = {
      ...{ readyState: 'connecting', bufferedAmount: 0 },
      ...{ onopen: null, onbufferedamountlow: null, onclose: null, onmessage: null },
      send(message) {
        if (channel.readyState !== 'open') throw new Error('InvalidStateError')
        const copy = message.slice()
        spoil(copy)
        if (!peer.isDead) clock.after(oneWayMs, () => deliver(copy))
      },
    }
    const peer: FakePeer = {
      ...{ name: `peer-${peers.length}`, channel, other: null, isDead: false },
      ...{ localDescription: null, remoteDescription: null },
    }
    function deliver(message: Uint8Array): void {
      const { other } = peer
      if (!other || peer.isDead || other.isDead) return
      openChannel(other)
      if (other.channel.readyState === 'open') other.channel.onmessage?.({ data: message.buffer })
    }
    peers.push(peer)
    const pc = Object.assign(peer, {
      signalingState: 'stable',
      createDataChannel: () => channel,
      async setLocalDescription() {
        const type = peer.remoteDescription ? 'answer' : 'offer'
        pc.signalingState = type === 'offer' ? 'have-local-offer' : 'stable'
        peer.localDescription = { type, sdp: sdpOf(peer.name) }
        meet(peer)
      },
      async setRemoteDescription(description: { type: string; sdp: string }) {
        pc.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable'
        peer.remoteDescription = description
        meet(peer)
      },
      addIceCandidate: async () => {},
      close() {
        peer.isDead = true
        channel.readyState = 'closed'
        const { other } = peer
        if (other) clock.after(oneWayMs, () => closeChannel(other))
      },
    })
    return pc as unknown as RTCPeerConnection
  }

  return {
    connect,
    /** All connections that are. */
    cut(death: Death): void {
      for (const peer of peers) {
        if (peer.isDead) continue
        peer.isDead = true
        if (death === 'told') closeChannel(peer)
      }
    },
    /** So much waits in every channel; at none it runs low. */
    fill(bytes: number): void {
      for (const { channel } of peers) {
        channel.bufferedAmount = bytes
        if (bytes === 0) channel.onbufferedamountlow?.()
      }
    },
    open: () => peers.filter(({ isDead, channel }) => !isDead && channel.readyState === 'open').length,
  }
}

/** One end of the call for the other to speak to. */
export function createCall(clock: Clock, presenter: CarrierPort, viewer: CarrierPort) {
  let link = 0
  let isUp = false
  const said: CarryMessage[] = []
  const sayTo = (other: CarrierPort) => (_: string, message: CarryMessage) => {
    if (!isUp) return false
    const mine = link
    const read = decodeCarry(JSON.stringify(message))
    if (!read) throw new Error(`not of the form: ${JSON.stringify(message)}`)
    said.push(read)
    clock.after(oneWayMs, () => isUp && mine === link && other.hear(callId, read))
    return true
  }
  presenter.onSay(sayTo(viewer))
  viewer.onSay(sayTo(presenter))
  return {
    said,
    open(): void {
      if (isUp) return
      isUp = true
      link += 1
      for (const carrier of [viewer, presenter]) carrier.linkOpened(callId)
    },
    close(): void {
      isUp = false
      for (const carrier of [presenter, viewer]) carrier.linkClosed(callId)
    },
  }
}

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Bytes that no other file has. */
export function fileOf(number: number, bytes: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at += 4_099) file[at] = (number * 31 + at) % 251
  if (bytes > 0) file[bytes - 1] = number % 256
  return file
}

/** A presenter and a viewer of these files, in a call whose link is not up yet. */
export function createCarrying(
  files: readonly Uint8Array[],
  bytesOf: (file: number) => Promise<ArrayBuffer | null> = async (file) =>
    Uint8Array.from(files[file] ?? []).buffer,
  spoil: (message: Uint8Array) => void = () => {},
) {
  const { clock, pass } = createTime()
  const peers = createPeers(clock, spoil)
  const world = { connect: peers.connect, clock }
  const relays = () => ({ iceServers: [] })
  const [presenter, viewer] = [createCarrier(relays, world), createCarrier(relays, world)]
  const call = createCall(clock, presenter, viewer)
  const manifest = { files: files.map((file) => ({ sha256: sha256Of(file), bytes: file.length })) }
  const came: { readonly index: number; readonly bytes: ArrayBuffer }[] = []
  const failed: { readonly index: number; readonly failure: CarryFailure }[] = []
  const failures: CarryFailure[] = []
  const receiving = viewer.receive(callId, 'share', manifest, {
    file: (index, bytes) => came.push({ index, bytes }),
    failed: (index, failure) => failed.push({ index, failure }),
    progress() {},
  })
  const sending = presenter.send(callId, 'share', manifest, bytesOf, {
    failed: (failure) => failures.push(failure),
    progress() {},
  })
  return {
    ...{ clock, pass, peers, presenter, viewer, call, sending, receiving, came, failed, failures, manifest },
    isDone: () => came.length + failed.length >= files.length,
  }
}
