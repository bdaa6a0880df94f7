/** One page load: `step` and an interpreter of its effects, over a camera, a link and a session that may all fail. */
import {
  type AnswerPolicy,
  type CallEffect,
  type CallEvent,
  type CallState,
  callIdOf,
  claimsOf,
  idle,
} from '../../../src/core/call-state.ts'
import type { ServerMessage } from '../../../src/protocol/wire.ts'
import { between } from '../prng.ts'
import { checkPage } from './checks.ts'
import { bind, close, type Link, look, newLink } from './link.ts'
import { openSession, type Session } from './session.ts'
import { createWitness, type Witness } from './witness.ts'
import { type Device, isOn, type World } from './world.ts'

export type Sound = Extract<CallEffect, { type: 'sound' }>['sound']
export type Stream = { readonly callId: string }

export type Page = {
  readonly device: Device
  readonly state: () => CallState
  /** The admission epoch this page was told of; null at a station. */
  readonly stay: () => number | null
  readonly sound: () => Sound
  readonly link: () => Link | null
  readonly streams: () => readonly Stream[]
  /** The call whose peer is seen and heard here, if pictures arrive. */
  readonly presented: () => string | null
  readonly timers: () => ReadonlyMap<string, unknown>
  readonly witness: Witness
  /** Calls this page has seen the end of. */
  readonly over: ReadonlySet<string>
  session: Session
  dead: boolean
  dispatch(event: CallEvent): void
  /** The page goes: reload, close, crash. `polite`: the browser closes the socket behind it. */
  unload(polite: boolean): void
}

export function loadPage(world: World, device: Device): Page {
  const { clock } = world
  let state: CallState = idle
  let told: number | null = null
  let sound: Sound = 'none'
  let link: Link | null = null
  let streams: Stream[] = []
  let presented: string | null = null
  const timers = new Map<string, () => void>()
  const witness = createWitness(world, device)
  const over = new Set<string>()
  const queue: CallEvent[] = []
  let running = false

  // ---- the rules and their effects

  function dispatch(event: CallEvent): void {
    if (page.dead) return
    queue.push(event)
    if (running) return
    running = true
    for (let next = queue.shift(); next; next = queue.shift()) take(next)
    running = false
  }

  function take(event: CallEvent): void {
    const before = state
    witness.see(event, before)
    const next = world.rules.step(before, event, world.timings)
    state = next.state
    world.note(() => traceLine(device, event, before, next.state, next.effects))
    world.count(`state ${state.type}`)
    noteEnd(before, event)
    for (const effect of next.effects) carryOut(effect)
    checkPage(world, page)
  }

  function noteEnd(before: CallState, event: CallEvent): void {
    const callId = callIdOf(before)
    if (callId !== null && isOn(before) && (!isOn(state) || callIdOf(state) !== callId)) over.add(callId)
    if (state.type !== 'ended' || (before.type === 'ended' && before.callId === state.callId)) return
    const { reason, by } = state
    world.count(`end ${reason}`)
    over.add(state.callId)
    world.endings.push({ callId: state.callId, device, reason, by, told: event.type === 'serverEnded' })
  }

  function carryOut(effect: CallEffect): void {
    switch (effect.type) {
      case 'send':
        return page.session.send(effect.message)
      case 'openCamera':
        return openCamera(effect.callId)
      case 'openLink':
        return openLink(effect)
      case 'attach':
        if (!link || link.closed || link.callId !== effect.callId || link.epoch !== effect.epoch) return
        link.attached = effect.tracks
        lookBothWays(link)
        return
      case 'present':
        presented = effect.callId
        return
      case 'applySignal':
        return applySignal(effect)
      case 'releaseMedia':
        streams = []
        presented = null
        if (link) close(world, link)
        return
      case 'sound':
        witness.hear(effect.sound)
        sound = effect.sound
        return
      case 'startTimer': {
        const { callId, timer, ms } = effect
        timers.get(timer)?.()
        const stop = clock.after(ms, () => {
          timers.delete(timer)
          dispatch({ type: 'timeElapsed', callId, timer })
        })
        timers.set(timer, stop)
        return
      }
      case 'stopTimer':
        timers.get(effect.timer)?.()
        timers.delete(effect.timer)
        return
      case 'stopTimers':
        for (const stop of timers.values()) stop()
        timers.clear()
        return
      case 'log':
        return
    }
  }

  // ---- the camera: opens late, fails, hangs at the browser's question; nothing calls a pending opening back

  function openCamera(callId: string): void {
    if (!witness.consents.has(callId))
      world.fail('HZ-2 a camera starts without consent', `${device.endpoint} ${callId}`)
    const luck = world.chance()
    const ms =
      world.calm || luck < 0.8 ? between(world.chance, 20, 1_500) : between(world.chance, 1_500, 25_000)
    if (luck > 0.99) return
    clock.after(ms, () => {
      if (page.dead) return
      if (luck > 0.94) {
        dispatch({ type: 'cameraFailed', callId, failure: luck > 0.97 ? 'denied' : 'unavailable' })
        return
      }
      streams = [...streams, { callId }]
      dispatch({ type: 'cameraOpened', callId })
    })
  }

  // ---- the link

  function openLink(effect: Extract<CallEffect, { type: 'openLink' }>): void {
    if (link) close(world, link)
    const opened = newLink(world, page, effect)
    link = opened
    if (!effect.initiator) return
    clock.after(between(world.chance, 5, 60), () => {
      if (!opened.closed && !page.dead) signal(opened, 'offer')
    })
  }

  function signal(from: Link, type: 'offer' | 'answer'): void {
    const { callId, epoch } = from
    page.session.send({
      type: 'call.signal',
      callId,
      epoch,
      signal: { type, negotiation: 1, sdp: `v=0 ${from.id}`, proof: null },
    })
  }

  function applySignal({ signal: said, callId, epoch }: Extract<CallEffect, { type: 'applySignal' }>): void {
    const mine = link
    if (!mine || mine.closed || mine.callId !== callId || mine.epoch !== epoch) return
    if (said.type !== 'offer' && said.type !== 'answer') return
    if ((said.type === 'offer') === mine.initiator || mine.remoteId !== null) return
    bind(world, mine, Number(said.sdp.slice(4)))
    if (said.type === 'offer') signal(mine, 'answer')
  }

  function lookBothWays(mine: Link): void {
    const remote = mine.remoteId === null ? undefined : world.links.get(mine.remoteId)
    if (remote) look(world, remote)
    look(world, mine)
  }

  /** What the device allows, for the stay that this page was told of. */
  function policyNow(): AnswerPolicy {
    return { ...device.policy, stay: told }
  }

  function deliver(message: ServerMessage): void {
    const policy = policyNow()
    switch (message.type) {
      case 'call.changed':
        return dispatch({ type: 'reported', call: message.call, policy })
      case 'call.ended':
        return dispatch({ ...message, type: 'serverEnded' })
      case 'call.glare':
        return dispatch({ type: 'glared', callId: message.callId, call: message.call, policy })
      case 'call.signal':
        return dispatch({ ...message, type: 'signalled' })
      case 'stay.changed':
        told = Math.max(told ?? 0, message.stay.epoch)
        return
      case 'call.relays':
      case 'bed.changed':
      case 'access.changed':
      case 'ward.visited':
      case 'lock.changed':
      case 'chain.changed':
      case 'staff-code.changed':
      case 'admission.answered':
        return
    }
  }

  const page: Page = {
    device,
    state: () => state,
    stay: () => told,
    sound: () => sound,
    link: () => (link?.closed ? null : link),
    streams: () => streams,
    presented: () => presented,
    timers: () => timers,
    witness,
    over,
    session: undefined as never,
    dead: false,
    dispatch,
    unload(polite) {
      page.dead = true
      for (const stop of timers.values()) stop()
      streams = []
      if (link) close(world, link)
      session.leave(polite)
    },
  }
  world.pages.push(page)
  const session = openSession(world, page, {
    claims: () => claimsOf(state),
    restored: (call) => dispatch({ type: 'restored', call, policy: policyNow() }),
    told(stay) {
      told = stay
    },
    received: deliver,
    sentAway() {
      dispatch({ type: 'signedOut' })
      page.unload(false)
    },
  })
  page.session = session
  return page
}

function traceLine(
  device: Device,
  event: CallEvent,
  before: CallState,
  after: CallState,
  effects: readonly CallEffect[],
): string {
  const what = effects.map((effect) => (effect.type === 'send' ? `send ${effect.message.type}` : effect.type))
  return `${device.endpoint}: ${event.type} ${JSON.stringify(event)}\n      ${before.type} → ${after.type} [${what.join(', ')}]`
}
