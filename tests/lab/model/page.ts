/** One page load: `step` and an interpreter of its effects, over a camera, a link and a session that may all fail. */
import {
  type CallEffect,
  type CallEvent,
  type CallState,
  callIdOf,
  claimsOf,
  idle,
} from '../../../src/core/call.ts'
import type { ClientMessage, ServerMessage } from '../../../src/protocol/wire.ts'
import { between } from '../prng.ts'
import { checkPage } from './checks.ts'
import { bind, close, type Link, look, newLink } from './link.ts'
import { type Connection, type DownFrame, newConnection, sendUp } from './wire.ts'
import { type Device, isOn, type World } from './world.ts'

export type Stream = { readonly callId: string }

export type Page = {
  readonly device: Device
  readonly state: () => CallState
  readonly sound: () => CallEffect & { type: 'sound' }
  readonly link: () => Link | null
  readonly streams: () => readonly Stream[]
  readonly timers: () => ReadonlyMap<string, unknown>
  /** Calls a person at this page said yes to, as the model itself saw it, never as `step` believes. */
  readonly consents: ReadonlySet<string>
  /** Calls this page has seen the end of. */
  readonly over: ReadonlySet<string>
  /** Whether the policy let the present call knock when it came in. */
  readonly mayKnock: (callId: string) => boolean
  readonly mayRing: (callId: string) => boolean
  /** True once everything it sent was received and everything sent to it has arrived. */
  readonly isSettled: () => boolean
  /** A board is shown, and beds can be called from it, once the first welcome has come. */
  readonly hasBoard: () => boolean
  dead: boolean
  dispatch(event: CallEvent): void
  hear(connection: Connection, frame: DownFrame): void
  /** The network takes the socket away; the page notices after a while. */
  loseSocket(noticeMs: number): Connection | null
  /** The server died: its last words may still arrive before the page notices. */
  loseServer(noticeMs: number): void
  /** The page goes: reload, close, crash. `polite`: the browser closes the socket behind it. */
  unload(polite: boolean): void
}

type Pending = { readonly seq: number; readonly message: ClientMessage }

export function loadPage(world: World, device: Device): Page {
  const { clock } = world
  const { binding, dialled } = device
  let state: CallState = idle
  let sound: CallEffect & { type: 'sound' } = { type: 'sound', sound: 'none' }
  let link: Link | null = null
  let streams: Stream[] = []
  const timers = new Map<string, () => void>()
  const consents = new Set<string>()
  const over = new Set<string>()
  const allowed = new Map<string, { ring: boolean; knock: boolean }>()
  let knockedAtMs = 0
  const queue: CallEvent[] = []
  let running = false

  let connection: Connection | null = null
  let welcomed = false
  let sessionId: number | null = null
  let pending: Pending[] = []
  let sent = 0
  let received = 0
  let attempt = 0

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
    witness(event)
    const next = world.rules.step(before, event, world.timings)
    state = next.state
    world.note(() => traceLine(device, event, before, next.state, next.effects))
    world.count(`state ${state.type}`)
    noteEnd(before, event)
    for (const effect of next.effects) carryOut(effect)
    checkPage(world, page)
  }

  /** What a bystander would call consent (CALL-4), worked out without asking `step`. */
  function witness(event: CallEvent): void {
    switch (event.type) {
      case 'dialled':
        if (isOn(state)) return
        dialled.add(event.callId)
        consents.add(event.callId)
        return
      case 'answered':
        if (state.type === 'ringing' || state.type === 'knocking') consents.add(state.call.callId)
        return
      case 'timeElapsed': {
        const knocked = clock.nowMs() - knockedAtMs >= world.timings.knockMs && sound.sound === 'knock'
        if (event.timer === 'knock' && state.type === 'knocking' && knocked) {
          world.count('knocks counted down')
          consents.add(event.callId)
        }
        return
      }
      case 'restored':
        if (event.call.part === 'caller' && dialled.has(event.call.callId)) consents.add(event.call.callId)
        return admit(event)
      case 'reported':
      case 'glared':
        return admit(event)
    }
  }

  function admit(event: Extract<CallEvent, { policy: unknown }>): void {
    const { callId, mode, phase } = event.call
    if (isOn(state) && callIdOf(state) === callId) return
    const { knock, privacy, away, audible } = event.policy
    const again = event.type === 'restored' && phase === 'accepted'
    const ring = again || (!privacy && !away)
    allowed.set(callId, { ring, knock: ring && !again && mode === 'knock' && knock && audible })
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
        return send(effect.message)
      case 'openCamera':
        return openCamera(effect.callId)
      case 'openLink':
        return openLink(effect)
      case 'attach':
        if (!link || link.closed || link.callId !== effect.callId || link.epoch !== effect.epoch) return
        link.attached = true
        lookBothWays(link)
        return
      case 'applySignal':
        return applySignal(effect)
      case 'releaseMedia':
        streams = []
        if (link) close(world, link)
        return
      case 'sound':
        if (effect.sound === 'knock') knockedAtMs = clock.nowMs()
        sound = effect
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
    if (!consents.has(callId))
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
    send({ type: 'call.signal', callId, epoch, signal: { type, negotiation: 1, sdp: `v=0 ${from.id}` } })
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

  // ---- the session, as io/socket.ts and io/outbox.ts keep it

  function send(message: ClientMessage): void {
    sent += 1
    const item = { seq: sent, message }
    pending.push(item)
    if (welcomed) post(item)
  }

  function post(item: Pending): void {
    if (connection) sendUp(world, connection, { type: 'message', ...item, ack: received })
  }

  function connect(): void {
    if (page.dead || connection) return
    if (!world.server.isUp()) return retry()
    const mine = newConnection(world, page)
    connection = mine
    clock.after(between(world.chance, 1, 40), () => {
      if (connection !== mine || page.dead) return
      const resume = sessionId === null ? null : { sessionId, received }
      sendUp(world, mine, { type: 'hello', binding, resume, claims: claimsOf(state) })
    })
  }

  function retry(): void {
    const backoffMs = world.calm ? 300 : Math.min(7_000, 300 * 2 ** attempt)
    attempt += 1
    clock.after(backoffMs * (0.5 + world.chance()), connect)
  }

  function lost(mine: Connection): void {
    if (connection !== mine) return
    connection = null
    welcomed = false
    retry()
  }

  function hear(mine: Connection, frame: DownFrame): void {
    if (page.dead || connection !== mine) return
    switch (frame.type) {
      case 'welcome':
        return begin(frame)
      case 'message': {
        confirm(frame.ack)
        if (frame.seq <= received) return
        if (frame.seq > received + 1) return world.fail('WIRE a gap in a session', device.endpoint)
        received = frame.seq
        deliver(frame.message)
        if (world.chance() < 0.02 && !world.calm) deliver(frame.message)
        return acknowledgeSoon(mine)
      }
      case 'pong':
        return confirm(frame.ack)
      case 'close':
        mine.cut = true
        return retire()
    }
  }

  /** Sent away for good, by a newer page or another tablet: it leaves whatever call it is in. */
  function retire(): void {
    connection = null
    welcomed = false
    dispatch({ type: 'signedOut' })
    page.unload(false)
  }

  function acknowledgeSoon(mine: Connection): void {
    clock.after(between(world.chance, 50, 2_000), () => {
      if (connection === mine && welcomed && !page.dead) sendUp(world, mine, { type: 'ping', ack: received })
    })
  }

  function confirm(seq: number): void {
    pending = pending.filter((item) => item.seq > seq)
  }

  function begin(welcome: Extract<DownFrame, { type: 'welcome' }>): void {
    world.note(() => `${device.endpoint} welcomed, ${welcome.resumed ? 'resumed' : 'new session'}`)
    attempt = 0
    device.page = page
    sessionId = welcome.sessionId
    welcomed = true
    if (welcome.resumed) {
      confirm(welcome.received)
    } else {
      received = 0
      pending = pending.map((item, index) => ({ seq: index + 1, message: item.message }))
      sent = pending.length
    }
    for (const item of pending) post(item)
    for (const call of welcome.calls) dispatch({ type: 'restored', call, policy: device.policy })
  }

  function deliver(message: ServerMessage): void {
    const { policy } = device
    switch (message.type) {
      case 'call.changed':
        return dispatch({ type: 'reported', call: message.call, policy })
      case 'call.ended':
        return dispatch({ ...message, type: 'serverEnded' })
      case 'call.glare':
        return dispatch({ type: 'glared', callId: message.callId, call: message.call, policy })
      case 'call.signal':
        return dispatch({ ...message, type: 'signalled' })
      case 'bed.changed':
        return
    }
  }

  const page: Page = {
    device,
    state: () => state,
    sound: () => sound,
    link: () => (link?.closed ? null : link),
    streams: () => streams,
    timers: () => timers,
    consents,
    over,
    mayRing: (callId) => allowed.get(callId)?.ring ?? false,
    mayKnock: (callId) => allowed.get(callId)?.knock ?? false,
    isSettled: () => welcomed && connection !== null && !connection.cut && !connection.orphaned,
    hasBoard: () => sessionId !== null,
    dead: false,
    dispatch,
    hear,
    loseSocket(noticeMs) {
      const mine = connection
      if (!mine || mine.cut) return null
      mine.cut = true
      clock.after(noticeMs, () => lost(mine))
      return mine
    },
    loseServer(noticeMs) {
      const mine = connection
      if (!mine || mine.cut) return
      mine.orphaned = true
      clock.after(noticeMs, () => {
        mine.cut = true
        lost(mine)
      })
    },
    unload(polite) {
      page.dead = true
      for (const stop of timers.values()) stop()
      streams = []
      if (link) close(world, link)
      if (!connection) return
      // A hello under way is lost with its page: it must not come in after the next page's.
      if (polite && welcomed) sendUp(world, connection, { type: 'close' })
      else connection.cut = true
    },
  }
  world.pages.push(page)
  clock.after(between(world.chance, 1, 50), connect)
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
