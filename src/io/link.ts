/** The only file that knows simple-peer: a link that is warmed without tracks and outlives a lost network. */
import SimplePeer, { type PeerSignal } from 'simple-peer'
import type { Candidate, Signal } from '../protocol/call.ts'
import type { IceServers } from '../protocol/ice.ts'

export type LinkListener = {
  readonly signal: (signal: Signal) => void
  /** Media arrives, for the first time or again. */
  readonly up: () => void
  /** Nothing has arrived for three polls, or the link is beyond repair. */
  readonly stalled: () => void
  readonly picture: (moving: boolean) => void
}

export type MediaLink = {
  /** Both received tracks, silent and black until the peer attaches its own. */
  readonly remote: MediaStream
  apply(signal: Signal): void
  /** Used the next time a way is looked for; the present one stays. */
  renewRelays(iceServers: IceServers): void
  setOutgoing(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void>
  close(): void
}

const pollMs = 500
/** [HZ-5] Three polls without a byte, a little drift allowed: seen within two seconds, covered within 2.5 s. */
const stallMs = 1_250
const startKbps = 2_000
/** Candidates found within this time travel in one message. */
const batchMs = 20

/**
 * simple-peer with its two suicides removed: it destroys itself when ICE or the connection reads `failed`, which a
 * lift ride does. Here a failed network is only news; `state` decides what becomes of the call.
 */
class EnduringPeer extends SimplePeer {
  negotiation = 0
  answering: () => void = () => {}

  override _onIceStateChange(): void {}
  override _onConnectionStateChange(): void {}

  override _createOffer(): void {
    this.negotiation += 1
    super._createOffer()
  }

  /** Both directions are promised in the first answer, so that attaching a track later needs no negotiation. */
  override _createAnswer(): void {
    for (const transceiver of this._pc.getTransceivers()) transceiver.direction = 'sendrecv'
    this.answering()
    super._createAnswer()
  }
}

export function openLink(
  options: { initiator: boolean; iceServers: IceServers },
  listener: LinkListener,
): MediaLink {
  const { initiator, iceServers } = options
  const peer = new EnduringPeer({ initiator, config: { iceServers, bundlePolicy: 'max-bundle' } })
  const remote = new MediaStream()
  const outgoing = new Map<'audio' | 'video', MediaStreamTrack | null>()
  let candidates: Candidate[] = []
  let early: Signal[] = []
  let answered = 0
  let closed = false
  let up = false

  function watchReceivers(): void {
    for (const { receiver } of peer._pc.getTransceivers()) {
      remote.addTrack(receiver.track)
      receiver.track.onunmute = heard
    }
  }

  function heard(): void {
    if (closed || up) return
    up = true
    // Reading statistics is work for the very threads that bring the first picture; it starts after it.
    watch ??= watchFlow(peer, { moved: heard, lost, picture: listener.picture })
    listener.up()
  }

  function lost(): void {
    if (closed || !up) return
    up = false
    listener.stalled()
  }

  function say(data: PeerSignal): void {
    if (closed) return
    const { negotiation } = peer
    if (data.type === 'offer' && data.sdp) listener.signal({ type: 'offer', negotiation, sdp: data.sdp })
    else if (data.type === 'answer' && data.sdp)
      listener.signal({ type: 'answer', negotiation, sdp: data.sdp })
    else if (data.renegotiate) listener.signal({ type: 'renegotiate' })
    else if (data.candidate?.candidate) gather(data.candidate)
    // `transceiverRequest` is never passed on: it can destroy the peer, and both m-lines are there from the start.
  }

  function gather({ candidate, sdpMid, sdpMLineIndex }: Candidate): void {
    candidates.push({ candidate, sdpMid, sdpMLineIndex })
    if (candidates.length > 1) return
    setTimeout(() => {
      if (!closed) listener.signal({ type: 'candidates', negotiation: peer.negotiation, candidates })
      candidates = []
    }, batchMs)
  }

  /** A repeated or foreign offer, answer or candidate would destroy simple-peer: it is dropped here. */
  function apply(signal: Signal): void {
    if (closed || peer.destroyed) return
    switch (signal.type) {
      case 'offer':
        if (initiator || signal.negotiation <= peer.negotiation) return
        peer.negotiation = signal.negotiation
        peer.signal({ type: 'offer', sdp: startFast(signal.sdp) })
        for (const waiting of early.splice(0)) apply(waiting)
        return
      case 'answer':
        if (!initiator || signal.negotiation !== peer.negotiation || signal.negotiation <= answered) return
        if (peer._pc.signalingState !== 'have-local-offer') return
        answered = signal.negotiation
        peer.signal({ type: 'answer', sdp: startFast(signal.sdp) })
        return
      case 'candidates':
        if (signal.negotiation > peer.negotiation) early = [...early, signal].slice(-16)
        if (signal.negotiation !== peer.negotiation) return
        for (const candidate of signal.candidates) addCandidate(candidate)
        return
      case 'renegotiate':
        if (initiator) peer.signal({ renegotiate: true })
        return
      case 'media':
        return
    }
  }

  /** Chromium and Firefox refuse a candidate of an m-line that does not exist, and simple-peer dies of a refusal. */
  function addCandidate(candidate: Candidate): void {
    const known = candidate.sdpMid === null || /^[0-9]$/.test(candidate.sdpMid)
    if (known && candidate.candidate.startsWith('candidate:')) peer.signal({ candidate })
  }

  async function setOutgoing(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> {
    if (outgoing.get(kind) === track) return
    outgoing.set(kind, track)
    await send(kind, track)
  }

  async function send(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> {
    // Its data channel closed and simple-peer with it: what is outgoing is attached to the link that comes next.
    if (closed || peer.destroyed) return
    const transceiver = peer._pc.getTransceivers().find(({ receiver }) => receiver.track.kind === kind)
    // No transceiver yet: the offer is still on its way, and answering it attaches what is waiting here.
    await transceiver?.sender.replaceTrack(track).catch(() => {})
  }

  let watch: ReturnType<typeof setInterval> | undefined
  peer.answering = () => {
    watchReceivers()
    for (const [kind, track] of outgoing) void send(kind, track)
  }
  peer.on('signal', say)
  peer.on('error', () => {})
  peer.on('data', () => {})
  peer.on('close', lost)
  if (initiator) {
    peer._pc.addTransceiver('audio', { direction: 'sendrecv' })
    peer._pc.addTransceiver('video', { direction: 'sendrecv' })
    watchReceivers()
  }

  return {
    remote,
    apply,
    renewRelays(fresh) {
      if (peer.destroyed) return
      peer._pc.setConfiguration({ ...peer._pc.getConfiguration(), iceServers: fresh })
    },
    setOutgoing,
    close() {
      closed = true
      clearInterval(watch)
      for (const track of remote.getTracks()) track.onunmute = null
      peer.destroy()
    },
  }
}

/**
 * Chromium paces the first picture at 300 kbit/s, which alone takes a tenth of a second; on a hospital's network it
 * may begin faster, and bandwidth estimation corrects it within the first second. Other browsers ignore the line.
 */
function startFast(sdp: string): string {
  return sdp.replace(/a=rtpmap:(\d+) VP8\/90000\r\n/g, `$&a=fmtp:$1 x-google-start-bitrate=${startKbps}\r\n`)
}

type Flow = { moved: () => void; lost: () => void; picture: (moving: boolean) => void }

/** Detects by bytes, not by ICE's opinion, which comes five seconds later; a heartbeat keeps a muted call's bytes moving. */
function watchFlow(peer: EnduringPeer, flow: Flow): ReturnType<typeof setInterval> {
  const bytes = { count: 0, atMs: performance.now() }
  const frames = { count: 0, atMs: performance.now() }
  return setInterval(async () => {
    if (peer._channel?.readyState === 'open') peer._channel.send('.')
    if (peer.destroyed) return
    const counts = await count(peer._pc)
    // It may have closed while it was read: what had flowed until then must not make it look alive again.
    if (peer.destroyed) return
    const nowMs = performance.now()
    const flowed = note(bytes, counts.bytes, nowMs)
    const moved = note(frames, counts.frames, nowMs)
    if (flowed) flow.moved()
    if (nowMs - bytes.atMs >= stallMs) flow.lost()
    if (moved || nowMs - frames.atMs >= stallMs) flow.picture(moved)
  }, pollMs)
}

/** Whether a counter moved since it was last looked at. */
function note(last: { count: number; atMs: number }, now: number, nowMs: number): boolean {
  const moved = now > last.count
  if (moved) last.atMs = nowMs
  last.count = now
  return moved
}

async function count(pc: RTCPeerConnection): Promise<{ bytes: number; frames: number }> {
  const totals = { bytes: 0, frames: 0 }
  for (const report of (await pc.getStats()).values()) {
    if (report.type === 'candidate-pair') totals.bytes += report.bytesReceived ?? 0
    if (report.type === 'inbound-rtp') totals.frames += report.framesDecoded ?? 0
  }
  return totals
}
