/** The only file that knows simple-peer: a verified link, warmed without tracks, that outlives a lost network. */
import SimplePeer, { type PeerSignal } from 'simple-peer'
import { isVisitor } from '../core/call-state.ts'
import { endsLink, type ProofFailure } from '../core/proof.ts'
import { placeOf } from '../core/sharing.ts'
import type { Candidate, Signal } from '../protocol/call.ts'
import type { Relays } from '../protocol/ice.ts'
import { decodeLine, encodeLine } from '../protocol/line.ts'
import type { TalkManner } from '../state/scan-ports.ts'
import { learnCodecs, preferCodecs } from './codecs.ts'
import { createComparison } from './compare.ts'
import { metFingerprints, watchFlow } from './flow.ts'
import { makeOf } from './measure.ts'
import type { LinkListener, LinkOptions, MediaLink } from './media-link.ts'
import { createNotary, type Description } from './notary.ts'
import { type PictureWeight, scalesOf } from './outgoing.ts'
import { openTalk, type Talk } from './talk.ts'
import { warmUp } from './warm-up.ts'

const startKbps = 2_000
/** Candidates found within this time travel in one message. */
const batchMs = 20
/** Searches for another way closer together than this are one. */
const restartMs = 400
/** How long the first pictures are light, and sound is left as it began: a change of its weight holds up the first face. */
const firstMs = 1_000
/** A browser that has not answered an offer by then will not. */
const answerMs = 2_000

// This file comes ahead of the first call.
void learnCodecs()

/**
 * simple-peer with its two suicides removed: it destroys itself when ICE or the connection reads `failed`, which a
 * lift ride does. Here a failed network is only news; `state` decides what becomes of the call.
 */
class EnduringPeer extends SimplePeer {
  negotiation = 0
  /** An offer that is about to be made: answers to the one before come too late. */
  offering = false
  answering: () => void = () => {}

  override _onIceStateChange(): void {}
  override _onConnectionStateChange(): void {}

  override _createOffer(): void {
    this.negotiation += 1
    this.offering = false
    preferCodecs(this._pc)
    super._createOffer()
  }

  /**
   * Offers anew, with other ICE credentials and all addresses gathered again. An offer that nobody has answered is taken
   * back: it may be lost, and simple-peer would wait for its answer for ever.
   */
  async restart(): Promise<void> {
    if (this.offering || !this._pc.remoteDescription) return
    this.offering = true
    if (this._pc.signalingState === 'have-local-offer')
      await this._pc.setLocalDescription({ type: 'rollback' }).catch(() => {})
    if (this.destroyed) return
    this._isNegotiating = false
    this._queuedNegotiation = false
    this._pc.restartIce()
    this.negotiate()
  }

  /** Both directions are promised in the first answer, so that attaching a track later needs no negotiation. */
  override _createAnswer(): void {
    for (const transceiver of this._pc.getTransceivers()) transceiver.direction = 'sendrecv'
    preferCodecs(this._pc)
    this.answering()
    super._createAnswer()
  }
}

export function openLink(options: LinkOptions, listener: LinkListener): MediaLink {
  const { initiator, relays, credentials, terms, seen } = options
  const notary = createNotary(credentials, terms, seen)
  const peer = new EnduringPeer({ initiator, config: { ...waysOf(relays), bundlePolicy: 'max-bundle' } })
  const remote = new MediaStream()
  const outgoing = new Map<'audio' | 'video', MediaStreamTrack | null>()
  const scales = scalesOf(senderOf, placeOf(terms.me, terms.peer))
  let weight: PictureWeight = 'full'
  let peers = 1
  let candidates: Candidate[] = []
  let early: Signal[] = []
  let answered = 0
  let restartedMs = Number.NEGATIVE_INFINITY
  /** One description after the other: an answer made for one offer must not be set for the next. */
  let lastAnswer = Promise.resolve()
  let hasAnswered = () => {}
  let closed = false
  let up = false
  /** [CALL-5] Before, what arrives is decoded, but black and silent to whatever plays it. */
  let presented = false
  /** [PROOF-7] No track is attached before DTLS `met` the certificate that was signed, and none after a failure. */
  let trust: 'none' | 'met' | 'refused' = 'none'
  let talk: Talk | null = null
  /** [PROOF-8] Nothing of it says who anybody is, so it waits for nobody's consent. */
  const comparison = [terms.me, terms.peer].some(isVisitor) ? createComparison(sendText, compared) : null
  let theirs = ''
  /** Signing and checking take turns: what is said and what is heard keep their order. */
  let saying = Promise.resolve()
  let hearing = Promise.resolve()

  function watchReceivers(): void {
    for (const { receiver } of peer._pc.getTransceivers()) {
      receiver.track.enabled = presented
      remote.addTrack(receiver.track)
      receiver.track.onunmute = () => arrived(receiver.track.kind)
    }
  }

  /** What a bed sends while it rings is black, and no news; with the answer its sound comes as soon as its picture. */
  function arrived(kind: string): void {
    if (kind === 'audio' || presented || !initiator) heard()
  }

  function heard(): void {
    if (closed || up) return
    up = true
    // Reading statistics is work for the very threads that bring the first picture; it starts after it.
    startWatch()
    listener.up()
  }

  function startWatch(): void {
    const { picture, measured } = listener
    if (!closed) watch ??= watchFlow(peer, { moved: heard, lost, picture, measured })
  }

  function lost(): void {
    if (closed || !up) return
    up = false
    listener.stalled()
  }

  function refuse(failure: ProofFailure): void {
    if (closed || trust === 'refused') return
    trust = 'refused'
    for (const { sender } of peer._pc.getTransceivers()) void sender.replaceTrack(null).catch(() => {})
    listener.unverified(failure)
  }

  function tell(make: () => Promise<Signal | null>): void {
    saying = saying
      .then(async () => {
        const signal = closed || trust === 'refused' ? null : await make()
        if (signal && !closed) listener.signal(signal)
      })
      // What cannot be signed at all is not sent unsigned.
      .catch(() => refuse('uncertified'))
  }

  function say(data: PeerSignal): void {
    if (closed) return
    const { negotiation } = peer
    const { type, sdp } = data
    if (type === 'answer') hasAnswered()
    if ((type === 'offer' || type === 'answer') && sdp) tell(() => sign(type, negotiation, sdp))
    else if (data.renegotiate) tell(async () => ({ type: 'renegotiate' }))
    else if (data.candidate?.candidate) gather(data.candidate)
    // `transceiverRequest` is never passed on: it can destroy the peer, and both m-lines are there from the start.
  }

  async function sign(type: Description['type'], negotiation: number, sdp: string): Promise<Signal | null> {
    const proof = await notary.sign(type, negotiation, sdp)
    if (!proof) refuse('uncertified')
    return proof && { type, negotiation, sdp, proof }
  }

  function gather({ candidate, sdpMid, sdpMLineIndex }: Candidate): void {
    candidates.push({ candidate, sdpMid, sdpMLineIndex })
    if (candidates.length > 1) return
    setTimeout(() => {
      const found = candidates
      const { negotiation } = peer
      candidates = []
      tell(async () => ({ type: 'candidates', negotiation, candidates: found }))
    }, batchMs)
  }

  function apply(signal: Signal): void {
    hearing = hearing.then(() => take(signal)).catch(() => refuse('malformed'))
  }

  /** A repeated or foreign offer, answer or candidate would destroy simple-peer: it is dropped here. */
  async function take(signal: Signal): Promise<void> {
    if (closed || peer.destroyed || trust === 'refused') return
    switch (signal.type) {
      case 'offer':
        if (initiator || signal.negotiation <= peer.negotiation) return
        await lastAnswer
        if (!(await believe(signal))) return
        peer.negotiation = signal.negotiation
        lastAnswer = new Promise((done) => {
          hasAnswered = done
          setTimeout(done, answerMs)
        })
        peer.signal({ type: 'offer', sdp: startFast(signal.sdp) })
        for (const waiting of early.splice(0)) apply(waiting)
        return
      case 'answer':
        if (!initiator || !isAwaited(signal.negotiation)) return
        if (!(await believe(signal))) return
        if (!isAwaited(signal.negotiation)) return
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
      case 'restart':
        return restart()
      default:
        return
    }
  }

  function isAwaited(negotiation: number): boolean {
    const isLast = negotiation === peer.negotiation && negotiation > answered && !peer.offering
    return isLast && peer._pc.signalingState === 'have-local-offer'
  }

  /** Both ends miss each other at the same moment: one search serves both. */
  function restart(): void {
    if (closed || peer.destroyed || trust === 'refused') return
    if (!initiator) return tell(async () => ({ type: 'restart' }))
    const nowMs = performance.now()
    if (nowMs - restartedMs < restartMs) return
    restartedMs = nowMs
    void peer.restart()
  }

  /** [PROOF-7] Nothing that does not verify reaches simple-peer, and with it the browser's own link. */
  async function believe(description: Description): Promise<boolean> {
    const checked = await notary.check(description)
    if (closed || peer.destroyed) return false
    if (!checked.ok) {
      if (endsLink(checked.failure)) refuse(checked.failure)
      return false
    }
    theirs = checked.value.keyId
    listener.verified(checked.value)
    return true
  }

  function compared(words: readonly number[] | null): void {
    if (words === null) refuse('bad-signature')
    else if (!closed) listener.compared(words)
  }

  /**
   * Once DTLS has met the peer's certificate it is compared with the signed one, whatever the browser made of the SDP.
   * A browser that cannot say whom it met is not believed.
   * A picture may be waiting for the link while it rings, so nothing leaves before that.
   */
  async function compare(): Promise<void> {
    if (peer._pc.connectionState !== 'connected') return
    const met = await metFingerprints(peer._pc)
    const isSigned = met.length > 0 && met.every((fingerprint) => fingerprint === notary.agreed())
    if (!isSigned) return refuse('wrong-fingerprint')
    if (closed || trust !== 'none') return
    trust = 'met'
    talk = openTalk(peer._pc, { opened: talkOpened, said: heardSaid, closed: talkClosed })
    scales.picture('first', peers)
    comparison?.begin({ isFirst: initiator, own: notary.keyId, theirs })
    for (const [kind, track] of outgoing) void send(kind, track)
    // So that the patient's first picture is seen, and not only what follows it.
    const isFree = () => !closed && trust === 'met' && !outgoing.get('video')
    const sender = senderOf('video')
    if (sender && !initiator && terms.me.type === 'bed') void warmUp(sender, isFree).catch(() => {})
  }

  /** [CALL-5] Nothing is said to a peer, or read of one, before both have agreed. */
  function talkOpened(): void {
    if (presented && !closed && talk?.isOpen()) listener.talkOpened()
  }

  function talkClosed(): void {
    if (!closed) listener.talkClosed()
  }

  function heardSaid(text: string, manner: TalkManner): void {
    if (presented && !closed && trust === 'met') listener.said(text, manner)
  }

  function senderOf(kind: 'audio' | 'video'): RTCRtpSender | undefined {
    return peer._pc.getTransceivers().find(({ receiver }) => receiver.track.kind === kind)?.sender
  }

  /** Chromium and Firefox refuse a candidate of an m-line that does not exist, and simple-peer dies of a refusal. */
  function addCandidate(candidate: Candidate): void {
    const known = candidate.sdpMid === null || /^[0-9]$/.test(candidate.sdpMid)
    if (known && candidate.candidate.startsWith('candidate:')) peer.signal({ candidate })
  }

  function sendText(text: string): void {
    const channel = peer._channel
    if (trust !== 'met' || !channel) return
    const send = () => closed || channel.send(text)
    if (channel.readyState === 'open') send()
    else if (channel.readyState === 'connecting') channel.addEventListener('open', send, { once: true })
  }

  async function setOutgoing(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> {
    if (outgoing.get(kind) === track) return
    outgoing.set(kind, track)
    await send(kind, track)
  }

  async function send(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> {
    // Its data channel closed and simple-peer with it: what is outgoing is attached to the link that comes next.
    if (closed || peer.destroyed) return
    // [PROOF-7] Nobody is certain to be there yet; what is waiting is attached once somebody is.
    if (track && trust !== 'met') return
    const sender = senderOf(kind)
    await sender?.replaceTrack(track).catch(() => {})
    if (track && kind === 'video') setTimeout(grow, firstMs)
  }

  function grow(): void {
    if (closed) return
    scales.picture(weight, peers)
    scales.sound()
  }

  let watch: ReturnType<typeof setInterval> | undefined
  peer.answering = watchReceivers
  peer._pc.addEventListener('connectionstatechange', () => void compare())
  peer.on('signal', say)
  peer.on('error', () => {})
  // [CALL-5] Nothing of a peer is read before both have agreed, nor of one that is not certain to be it.
  peer.on('data', (data) => {
    const said = new TextDecoder().decode(data)
    if (comparison?.hear(said)) return
    const text = presented && trust === 'met' ? decodeLine(said) : null
    if (text !== null && !closed) listener.line(text)
  })
  peer.on('close', lost)
  if (initiator) {
    peer._pc.addTransceiver('audio', { direction: 'sendrecv' })
    peer._pc.addTransceiver('video', { direction: 'sendrecv' })
    watchReceivers()
  }

  return {
    remote,
    present() {
      presented = true
      for (const track of remote.getTracks()) track.enabled = true
      talkOpened()
    },
    apply,
    restart,
    renewRelays(fresh) {
      if (peer.destroyed) return
      peer._pc.setConfiguration({ ...peer._pc.getConfiguration(), ...waysOf(fresh) })
    },
    setOutgoing,
    expectSilence: startWatch,
    setPicture(next, among) {
      if (next === weight && among === peers) return
      weight = next
      peers = among
      scales.picture(weight, peers)
    },
    make: async () => makeOf(await peer._pc.getStats()),
    sendLine: (text) => sendText(encodeLine(text)),
    say: (text, manner) => trust === 'met' && !closed && (talk?.say(text, manner) ?? false),
    close() {
      closed = true
      clearInterval(watch)
      for (const track of remote.getTracks()) track.onunmute = null
      peer.destroy()
    },
  }
}

function waysOf({ iceServers, only }: Relays): RTCConfiguration {
  return { iceServers, iceTransportPolicy: only ?? 'all' }
}

/**
 * Chromium paces the first picture at 300 kbit/s, which alone takes a tenth of a second; on a hospital's network it
 * may begin faster, and bandwidth estimation corrects it within the first second. Other browsers ignore the line.
 */
function startFast(sdp: string): string {
  const fast = `x-google-start-bitrate=${startKbps}`
  return sdp
    .replace(/a=rtpmap:(\d+) VP8\/90000\r\n/g, `$&a=fmtp:$1 ${fast}\r\n`)
    .replace(/a=fmtp:\d+ [^\r]*packetization-mode=[^\r]*/g, `$&;${fast}`)
}
