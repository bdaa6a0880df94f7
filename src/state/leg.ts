/** One call at this screen: events go in through one queue, `step()` decides, effects go out to ports. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { step } from '../core/call.ts'
import {
  type CallEffect,
  type CallEvent,
  type CallState,
  type CallTimer,
  callIdOf,
  idle,
} from '../core/call-state.ts'
import type { DeviceCertificate, ProofFailure } from '../core/proof.ts'
import type { Measured } from '../core/quality.ts'
import type { Timings } from '../protocol/wire.ts'
import { createCallFigures } from './call-figures.ts'
import { type CallQuality, createCallQuality } from './call-quality.ts'
import type { CameraFailure, CommonPorts, PeerTracks } from './ports.ts'

export type CallSound = Extract<CallEffect, { type: 'sound' }>['sound']

/** A call with what is known of it; as long as its table has others, one of several at this screen. */
export type Leg = {
  readonly state: Signal<CallState>
  /** What the peer says leaves theirs. */
  readonly theirs: Signal<PeerTracks>
  /** Whether the peer's picture moves. */
  readonly picture: Signal<boolean>
  readonly quality: CallQuality
  readonly peerDevice: Signal<DeviceCertificate | null>
  /** The words of the present link, by number; empty: none are compared. */
  readonly compared: Signal<readonly number[]>
  readonly doubt: Signal<ProofFailure | null>
  readonly cameraFailure: Signal<CameraFailure | null>
  /** The line that the peer shows here. */
  readonly shown: Signal<string>
  /** One function for each call: a screen that draws anew must not hand its video over anew. */
  readonly showRemote: ReadonlySignal<(video: HTMLVideoElement | null) => void>
  /** When its present moment began, by this device's clock. */
  readonly sinceMs: Signal<number>
  /** What it sounds like, where it is this screen's own. */
  sound(): CallSound
  dispatch(event: CallEvent): void
  hearMeasured(callId: string, measured: Measured): void
}

export type LegParts = {
  readonly ports: CommonPorts
  readonly timings: () => Timings
  /** The calls that this page is done with. */
  readonly over: readonly string[]
  readonly isHeard: () => boolean
  readonly openLink: (state: CallState, effect: Extract<CallEffect, { type: 'openLink' }>) => void
  readonly saveOver: (over: readonly string[]) => void
  readonly play: (leg: Leg, sound: CallSound) => void
  /** It has gone from one moment to another. */
  readonly moved: () => void
  /** After what happened, once all that it asks for was asked. */
  readonly changed: () => void
}

export const noTracks: PeerTracks = { camera: false, microphone: false }

/** Of which call media is released: its own, or one whose camera came late; null: whatever is open. */
function releasedBy(before: CallState, event: CallEvent): string | null {
  return event.type === 'cameraOpened' ? event.callId : callIdOf(before)
}

export function createLeg(parts: LegParts): Leg {
  const { ports, timings, over, isHeard } = parts
  const { clock, media, socket } = ports
  const state = signal<CallState>({ ...idle, over })
  const theirs = signal(noTracks)
  const picture = signal(false)
  const quality = createCallQuality(state, media)
  const peerDevice = signal<DeviceCertificate | null>(null)
  const compared = signal<readonly number[]>([])
  const doubt = signal<ProofFailure | null>(null)
  const cameraFailure = signal<CameraFailure | null>(null)
  const shown = signal('')
  const sinceMs = signal(0)
  const callId = computed(() => callIdOf(state.value) ?? '')
  const showRemote = computed(() => {
    const shown = callId.value
    return (video: HTMLVideoElement | null) => media.showRemote(shown, video)
  })
  const lookAtFigures = createCallFigures(state, quality, ports)
  const timers = new Map<CallTimer, () => void>()
  const queue: CallEvent[] = []
  let running = false
  let sound: CallSound = 'none'

  function dispatch(event: CallEvent): void {
    queue.push(event)
    if (running) return
    running = true
    try {
      for (let next = queue.shift(); next; next = queue.shift()) take(next)
    } finally {
      running = false
    }
    parts.changed()
  }

  function take(event: CallEvent): void {
    const before = state.value
    const next = step(before, event, timings())
    if (before.type !== next.state.type) sinceMs.value = clock.nowMs()
    if (callIdOf(before) !== callIdOf(next.state)) {
      theirs.value = noTracks
      picture.value = false
      quality.begin()
      shown.value = ''
      peerDevice.value = null
      compared.value = []
      if (event.type === 'dialled' || event.type === 'reported') cameraFailure.value = null
    }
    if (before.over !== next.state.over) parts.saveOver(next.state.over)
    state.value = next.state
    if (before.type !== next.state.type) parts.moved()
    for (const effect of next.effects) carryOut(effect, before, event)
    lookAtFigures()
  }

  function stopTimers(): void {
    for (const stop of timers.values()) stop()
    timers.clear()
  }

  function carryOut(effect: CallEffect, before: CallState, event: CallEvent): void {
    switch (effect.type) {
      case 'send':
        return socket.send(effect.message)
      case 'openCamera':
        return media.openCamera(effect.callId)
      case 'openLink':
        peerDevice.value = null
        compared.value = []
        doubt.value = null
        return parts.openLink(state.value, effect)
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
        return media.release(releasedBy(before, event))
      case 'sound':
        sound = effect.sound
        return parts.play(leg, sound)
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

  const leg: Leg = {
    ...{
      state,
      theirs,
      picture,
      quality,
      peerDevice,
      compared,
      doubt,
      cameraFailure,
      shown,
      showRemote,
      sinceMs,
      dispatch,
    },
    sound: () => sound,
    hearMeasured(callId, measured) {
      quality.hear(callId, measured)
      lookAtFigures()
    },
  }
  return leg
}
