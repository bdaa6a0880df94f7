/** The one call this screen can be in: events go in through one queue, `step()` decides, effects go out to ports. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { step } from '../core/call.ts'
import {
  type AnswerPolicy,
  type CallEffect,
  type CallEvent,
  type Callee,
  type CallOverride,
  type CallState,
  type CallTimer,
  callIdOf,
  idle,
} from '../core/call-state.ts'
import type { DeviceCertificate, ProofFailure } from '../core/proof.ts'
import type { LinkMake, Measured, Quality } from '../core/quality.ts'
import { sameParty } from '../core/switchboard-parties.ts'
import { standardTimings } from '../core/timings.ts'
import type { CallElsewhere, CallTable, CallView } from '../protocol/call.ts'
import type { CallMode } from '../protocol/call-mode.ts'
import type { CallRelays, Relays } from '../protocol/ice.ts'
import { longestLine } from '../protocol/line.ts'
import type { Party, StaffParty } from '../protocol/people.ts'
import type { ServerMessage, Timings, Welcome } from '../protocol/wire.ts'
import { createCallFigures } from './call-figures.ts'
import { createCallQuality } from './call-quality.ts'
import type { CameraFailure, CommonPorts, DeviceNews, MediaDevice, PeerTracks, Tracks } from './ports.ts'

const noTracks: Tracks = { camera: false, microphone: false }

export { longestLine }

/** A screen is in one call, and is rung for few more. */
const mostRelays = 16
const noRelays: Relays = { iceServers: [] }

/** Somebody at the table of the present call, and the call by which they are seen and heard here. */
export type Seat = {
  readonly callId: string
  readonly peer: Party
  /** `ringing` at a bed: they want to come to the table, and the patient is asked. */
  readonly state: ReadonlySignal<CallState>
  readonly theirs: ReadonlySignal<PeerTracks>
  readonly picture: ReadonlySignal<boolean>
  readonly quality: ReadonlySignal<Quality | null>
  readonly peerDevice: ReadonlySignal<DeviceCertificate | null>
  /** What the server says of the table; null for a call of two that nobody joined by. */
  readonly table: CallTable | null
  /** A stable function: called with the element, and with null when it goes. */
  readonly showRemote: (video: HTMLVideoElement | null) => void
}

/** Somebody who left the table, or did not come to it, while the others go on. */
export type Parted = Pick<Extract<CallState, { type: 'ended' }>, 'callId' | 'peer' | 'reason' | 'by'>

export type Calls = {
  readonly state: Signal<CallState>
  /**
   * All calls of this screen's table, the present one (`state`) among them, in the order in which they began; empty where
   * no call is. Also those that still ring, here or at somebody who was asked to come.
   */
  readonly seats: ReadonlySignal<readonly Seat[]>
  /** The call that the table stands round: what guests are invited to. Null without a call. */
  readonly tableId: ReadonlySignal<string | null>
  /** The last who left while others stayed; null: nobody yet, or it was read. */
  readonly parted: Signal<Parted | null>
  /** Asks a colleague to come to the table of the present call. */
  bringIn(peer: StaffParty): void
  /** Takes back what `bringIn` asked. */
  takeBack(callId: string): void
  /** At a bed: lets whoever rings by this call come to the table, or not. */
  letIn(callId: string): void
  keepOut(callId: string): void
  /** What leaves this device now. */
  readonly mine: Signal<Tracks>
  /** What the peer says leaves theirs. */
  readonly theirs: Signal<PeerTracks>
  /** Whether the peer's picture moves. */
  readonly picture: Signal<boolean>
  /** How the call is; null where there is none, or it has not begun. */
  readonly quality: ReadonlySignal<Quality | null>
  /** This device's own picture is kept back for the sake of the sound. */
  readonly held: ReadonlySignal<boolean>
  /** The peer looks at something closely, and this end's picture is as sharp as it can be. */
  readonly inspected: ReadonlySignal<boolean>
  /** Asks the peer for a sharper picture, or for the usual one. */
  inspect(closely: boolean): void
  /** What last became of a device in this call. */
  readonly device: Signal<DeviceNews | null>
  /** The last half second of the present call, and what its link is made of, for IT. */
  readonly measured: ReadonlySignal<Measured | null>
  linkMake(): Promise<LinkMake | null>
  /** Why the camera would not open, for the sentence on the screen of an ended call. */
  readonly cameraFailure: Signal<CameraFailure | null>
  /** The device that signed the link at the other end; null before one did (HZ-10). */
  readonly peerDevice: Signal<DeviceCertificate | null>
  /** Why the last call did not verify, for the sentence on its ended screen; null when the other end said so. */
  readonly doubt: Signal<ProofFailure | null>
  /** The line that this end shows the peer, and the one it is shown; empty: none. */
  readonly written: ReadonlySignal<string>
  readonly shown: ReadonlySignal<string>
  /** The call that this person is in at another of their screens. */
  readonly elsewhere: ReadonlySignal<CallElsewhere | null>
  /** Takes it over here: the camera opens, and the other screen's is stopped. */
  takeOver(): void
  /** Ends it there. */
  endElsewhere(): void
  /** When the present ring or knock began, by this device's clock. */
  readonly sinceMs: Signal<number>
  readonly timings: () => Timings
  welcomed(welcome: Welcome): void
  received(message: ServerMessage): void
  /** `stay`: the admission epoch of the bed in it as the screen shows it, null between two of staff. */
  dial(peer: Callee, mode: CallMode, stay: number | null, override?: CallOverride, softly?: 'yes'): void
  answer(): void
  refuse(): void
  hangUp(): void
  /** Ends whatever rings, and stops whatever is open, because the patient wants to be alone. */
  drawCurtain(): void
  /** Somebody touched this screen; asked for at a station alone. */
  touched(): void
  /** *Yes* to "Still talking?". */
  stillTalking(): void
  leave(): void
  dismiss(): void
  setTrack(kind: 'camera' | 'microphone', on: boolean): void
  /** Shows the peer this line, on this link of the call and all that follow; empty: takes it back. */
  write(text: string): void
  devices(): Promise<MediaDevice[]>
  choose(device: MediaDevice): void
  showRemote(video: HTMLVideoElement | null): void
  showLocal(video: HTMLVideoElement | null): void
}

/**
 * `isHeard`: the server hears this page. `policy` is asked at the moment something comes in; `mayRestore` of every call the server says this page is in, beside
 * the one that it is in. What may not come back is ended.
 */
export function createCalls(
  ports: CommonPorts,
  isHeard: () => boolean,
  policy: () => AnswerPolicy,
  mayRestore: (call: CallView, present: string | null) => boolean = () => true,
): Calls {
  const { clock, media, socket, sound } = ports
  const state = signal<CallState>({ ...idle, over: ports.page.over() })
  const mine = signal(noTracks)
  const theirs = signal<PeerTracks>(noTracks)
  const picture = signal(false)
  const inspected = signal(false)
  const device = signal<DeviceNews | null>(null)
  const callQuality = createCallQuality(state, media)
  const lookAtFigures = createCallFigures(state, callQuality, ports)
  const cameraFailure = signal<CameraFailure | null>(null)
  const peerDevice = signal<DeviceCertificate | null>(null)
  const doubt = signal<ProofFailure | null>(null)
  const written = signal('')
  const shown = signal('')
  const elsewhere = signal<CallElsewhere | null>(null)
  /** The call that was asked for here, and until when it is waited for: later it would open a camera unasked (HZ-2). */
  let taking: (CallElsewhere & { readonly untilMs: number }) | null = null
  const sinceMs = signal(0)
  const timers = new Map<CallTimer, () => void>()
  const queue: CallEvent[] = []
  let timings = standardTimings
  /** By call, the newest alone; of calls that are over nothing is kept. */
  const relays = new Map<string, Relays>()
  let me: Party | null = null
  let serverAheadMs = 0
  let running = false

  function dispatch(event: CallEvent): void {
    queue.push(event)
    if (running) return
    running = true
    try {
      for (let next = queue.shift(); next; next = queue.shift()) take(next)
    } finally {
      running = false
    }
  }

  function take(event: CallEvent): void {
    const before = state.value
    const next = step(before, event, timings)
    if (before.type !== next.state.type) {
      sinceMs.value = clock.nowMs()
      socket.hasten(next.state.type === 'reconnecting')
    }
    if (callIdOf(before) !== callIdOf(next.state)) {
      theirs.value = noTracks
      picture.value = false
      callQuality.begin()
      device.value = null
      written.value = shown.value = ''
      peerDevice.value = null
      if (event.type === 'dialled' || event.type === 'reported') {
        cameraFailure.value = null
      }
    }
    if (before.over !== next.state.over) ports.page.saveOver(next.state.over)
    state.value = next.state
    for (const effect of next.effects) carryOut(effect)
    lookAtFigures()
  }

  function stopTimers(): void {
    for (const stop of timers.values()) stop()
    timers.clear()
  }

  function carryOut(effect: CallEffect): void {
    switch (effect.type) {
      case 'send':
        return socket.send(effect.message)
      case 'openCamera':
        return media.openCamera(effect.callId)
      case 'openLink':
        return openLink(effect)
      case 'restartLink':
        // What is said to nobody would come late, and in the way of what is said then.
        return isHeard() ? media.restartLink(effect.callId, effect.epoch) : undefined
      case 'attach':
        return media.attach(effect.callId, effect.epoch, effect.tracks)
      case 'present':
        return media.present(effect.callId)
      case 'applySignal':
        return media.applySignal(effect.callId, effect.epoch, effect.signal)
      case 'releaseMedia':
        return media.release()
      case 'sound':
        return sound.play(effect.sound)
      case 'startTimer': {
        const { callId, timer, ms } = effect
        timers.get(timer)?.()
        timers.set(
          timer,
          clock.after(ms, () => dispatch({ type: 'timeElapsed', callId, timer })),
        )
        return
      }
      case 'stopTimer':
        timers.get(effect.timer)?.()
        timers.delete(effect.timer)
        return
      case 'stopTimers':
        return stopTimers()
      case 'log':
        return
    }
  }

  function keepRelays({ callId, ...ofCall }: CallRelays): Relays {
    relays.delete(callId)
    relays.set(callId, ofCall)
    const [oldest] = relays.keys()
    if (relays.size > mostRelays && oldest !== undefined) relays.delete(oldest)
    return ofCall
  }

  /** The link that is there learns them too: it may have to look for another way by itself. */
  function takeRelays(fresh: CallRelays): void {
    media.renewRelays(fresh.callId, keepRelays(fresh))
  }

  /** By the server's clock; counted from its last welcome, so that no correction of this device's clock matters. */
  function serverNowMs(): number {
    return clock.upMs() + serverAheadMs
  }

  function openLink({ callId, epoch, initiator }: Extract<CallEffect, { type: 'openLink' }>): void {
    if (!('call' in state.value) || !me) return
    peerDevice.value = null
    doubt.value = null
    const { peer } = state.value.call
    media.openLink(callId, epoch, initiator, relays.get(callId) ?? noRelays, {
      callId,
      epoch,
      me,
      peer,
      tableId: callId,
      serverNowMs,
    })
  }

  function newsOf(call: CallView): CallEvent {
    const isTaken = taking?.callId === call.callId && sameParty(taking.peer, call.peer)
    if (!taking || !isTaken || clock.upMs() > taking.untilMs)
      return { type: 'reported', call, policy: policy() }
    taking = null
    return { type: 'taken', call }
  }

  function wayChanged(what: 'network' | 'server' | 'seen'): void {
    const { type } = state.peek()
    if (type === 'live' || type === 'reconnecting') dispatch({ type: 'wayChanged', what })
  }

  ports.page.watchNetwork(wayChanged)
  media.listen({
    cameraOpened: (callId) => dispatch({ type: 'cameraOpened', callId }),
    cameraFailed: (callId, failure) => {
      cameraFailure.value = failure
      dispatch({ type: 'cameraFailed', callId, failure: failure === 'denied' ? 'denied' : 'unavailable' })
    },
    linkUp: (callId, epoch) => {
      dispatch({ type: 'linkUp', callId, epoch })
      if (written.value !== '') media.sendLine(written.value)
    },
    linkStalled: (callId, epoch) => dispatch({ type: 'linkStalled', callId, epoch }),
    signal: (callId, epoch, said) => socket.send({ type: 'call.signal', callId, epoch, signal: said }),
    tracks: (tracks) => {
      mine.value = tracks
    },
    peerTracks: (tracks) => {
      theirs.value = tracks
    },
    picture: (moving) => {
      picture.value = moving
    },
    inspected: (closely) => {
      inspected.value = closely
    },
    device: (news) => {
      device.value = news
    },
    measured(callId, measured) {
      callQuality.hear(callId, measured)
      lookAtFigures()
    },
    line: (text) => {
      shown.value = text
    },
    verified: (_callId, peer) => {
      peerDevice.value = peer
    },
    unverified: (callId, failure) => {
      doubt.value = failure
      dispatch({ type: 'verificationFailed', callId })
    },
  })

  const seats = computed((): readonly Seat[] => {
    const now = state.value
    if (now.type === 'idle' || now.type === 'ended') return []
    const peer = 'call' in now ? now.call.peer : now.peer
    const callId = callIdOf(now) ?? ''
    const { quality } = callQuality
    return [{ callId, peer, state, theirs, picture, quality, peerDevice, table: null, showRemote }]
  })
  const showRemote = (video: HTMLVideoElement | null) => media.showRemote(video)

  return {
    state,
    seats,
    tableId: computed(() => callIdOf(state.value)),
    parted: signal<Parted | null>(null),
    bringIn() {},
    takeBack() {},
    letIn() {},
    keepOut() {},
    mine,
    theirs,
    picture,
    quality: callQuality.quality,
    held: callQuality.held,
    device,
    inspected,
    inspect(closely) {
      const now = state.peek()
      if (now.type !== 'live') return
      const { callId, epoch } = now.call
      const wanted = closely ? 'sharp' : 'usual'
      socket.send({ type: 'call.signal', callId, epoch, signal: { type: 'inspect', wanted } })
    },
    measured: callQuality.measured,
    linkMake: () => media.linkMake(),
    cameraFailure,
    peerDevice,
    doubt,
    written,
    shown,
    elsewhere,
    takeOver() {
      const call = elsewhere.peek()
      if (!call || !isHeard()) return
      taking = { ...call, untilMs: clock.upMs() + timings.inviteMs }
      socket.send({ type: 'call.take', callId: call.callId })
    },
    endElsewhere() {
      const callId = elsewhere.peek()?.callId
      if (callId === undefined) return
      // Only the screen that is in a call may end it.
      socket.send({ type: 'call.take', callId })
      socket.send({ type: 'call.end', callId, reason: 'hung-up' })
    },
    sinceMs,
    timings: () => timings,
    welcomed(welcome) {
      timings = welcome.timings
      for (const ofCall of welcome.relays) keepRelays(ofCall)
      me = welcome.me
      // Where nothing is told it is none; a session that goes on is told what has changed.
      if (!welcome.resumed) elsewhere.value = null
      serverAheadMs = welcome.serverTimeMs - clock.upMs()
      for (const call of welcome.snapshot?.calls ?? []) {
        if (mayRestore(call, callIdOf(state.peek()))) dispatch({ type: 'restored', call, policy: policy() })
        else socket.send({ type: 'call.end', callId: call.callId, reason: 'left' })
      }
      wayChanged('server')
    },
    received(message) {
      switch (message.type) {
        case 'call.relays':
          return takeRelays(message.relays)
        case 'call.changed':
          return dispatch(newsOf(message.call))
        case 'call.elsewhere':
          elsewhere.value = message.call
          return
        case 'call.ended':
          relays.delete(message.callId)
          return dispatch({
            type: 'serverEnded',
            callId: message.callId,
            reason: message.reason,
            by: message.by,
          })
        case 'call.glare':
          return dispatch({ type: 'glared', callId: message.callId, call: message.call, policy: policy() })
        case 'call.signal':
          return dispatch({
            type: 'signalled',
            callId: message.callId,
            epoch: message.epoch,
            signal: message.signal,
          })
        case 'bed.changed':
        case 'lock.changed':
        case 'stay.changed':
        case 'admission.answered':
        case 'chain.changed':
        case 'tablet.whereabouts':
        case 'access.changed':
        case 'ward.visited':
          return
      }
    },
    dial(peer, mode, stay, override, softly) {
      const expiresAtMs = serverNowMs() + timings.inviteMs
      const callId = ports.page.newId()
      const manner = { ...(override && { override }), ...(softly && { softly }) }
      dispatch({ type: 'dialled', callId, peer, mode, stay, expiresAtMs, ...manner })
    },
    answer: () => dispatch({ type: 'answered' }),
    refuse: () => dispatch({ type: 'refused' }),
    hangUp: () => dispatch({ type: 'hungUp' }),
    drawCurtain: () => dispatch({ type: 'curtainDrawn' }),
    touched() {
      const { type } = state.peek()
      if (type === 'live' || type === 'reconnecting') dispatch({ type: 'touched' })
    },
    stillTalking: () => dispatch({ type: 'stillTalking' }),
    leave: () => dispatch({ type: 'signedOut' }),
    dismiss: () => dispatch({ type: 'dismissed' }),
    setTrack: (kind, on) => media.setTrack(kind, on),
    write(text) {
      written.value = text.trim()
      media.sendLine(written.value)
    },
    devices: () => media.devices(),
    choose(chosen) {
      device.value = null
      media.choose(chosen)
    },
    showRemote: (video) => media.showRemote(video),
    showLocal: (video) => media.showLocal(video),
  }
}
