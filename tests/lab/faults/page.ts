/** One page of the station or the bed: the real `createCalls` and `connect` over ports that may fail. */
import { effect } from '@preact/signals'
import { callIdOf, ringOnly } from '../../../src/core/call-state.ts'
import { type Calls, createCalls } from '../../../src/state/calls.ts'
import { connect, newConnection } from '../../../src/state/connection.ts'
import type { Claims, Clock, CommonPorts } from '../../../src/state/ports.ts'
import { createWishes } from '../../../src/state/wishes.ts'
import { fakeWorld, knockAgreed } from '../../fakes/ports.ts'
import { checkPage } from './checks.ts'
import { createPageMedia, type PageMedia } from './media.ts'
import { createPageSocket, type PageSocket } from './socket.ts'
import { type Device, type World, whenAwake } from './world.ts'

export type Page = {
  readonly device: Device
  readonly calls: Calls
  readonly media: PageMedia
  readonly socket: PageSocket
  /** How long it has had its present connection to the server. */
  heardMs(): number
  /** How long it has been in its present state. */
  stateMs(): number
  /** It was welcomed, so that there is a board to call from. */
  hasBoard(): boolean
  claims(): Claims
  hearNetwork(what: 'network' | 'seen'): void
  /** Every way into the page: a timer, the server, a link, a person. */
  run(then: () => void): void
  unload(goodbye: boolean): void
}

export function loadPage(world: World, device: Device): Page {
  const bornMs = world.clock.nowMs()
  let dead = false
  let sinceMs = bornMs
  let welcomedMs = 0
  let hearNetwork = (_what: 'network' | 'seen') => {}
  /** What the server said last, while it is taken in. */
  let hearing: string | null = null

  function run(then: () => void): void {
    if (dead) return
    then()
    checkPage(world, page)
  }

  const clock: Clock = world.rules.clock({
    nowMs: () => world.clock.nowMs() + device.aheadMs,
    upMs: () => world.clock.nowMs() - bornMs,
    after(ms, then) {
      let stopped = false
      const stop = world.clock.after(ms, () => whenAwake(device, () => stopped || run(then)))
      return () => {
        stopped = true
        stop()
      }
    },
  })
  const rest: CommonPorts = fakeWorld().ports
  const media = createPageMedia(world, device, clock, rest.media)
  const socket = createPageSocket(world, device, clock, () => dead)
  const ports: CommonPorts = {
    ...rest,
    clock,
    media: world.rules.media(media),
    socket: world.rules.socket(socket),
    page: {
      ...rest.page,
      newId: () => `call-${world.newNumber()}`,
      over: () => device.over,
      saveOver(callIds) {
        device.over = callIds
      },
      watchNetwork(hear) {
        hearNetwork = hear
      },
    },
  }
  const isOpen = () => connection.peek().type === 'open'
  const connection = newConnection()
  const calls =
    device.part === 'station'
      ? createCalls(ports, { isHeard: isOpen, policy: () => ringOnly })
      : bedCalls(ports, isOpen)
  connect(ports, calls, connection, {
    hello: () => Promise.reject(new Error('said by the socket')),
    welcomed({ resumed }) {
      welcomedMs = world.clock.nowMs()
      world.note(() => `${device.part}: welcomed${resumed ? ', resumed' : ''}`)
    },
    received(message) {
      hearing = message.type === 'call.ended' ? message.callId : null
    },
  })

  /** As `state/bed.ts` makes them, for a patient who agreed that staff knock. */
  function bedCalls(bedPorts: CommonPorts, isHeard: () => boolean): Calls {
    const wishes = createWishes(clock)
    wishes.agreed.value = knockAgreed
    return createCalls(bedPorts, {
      isHeard,
      policy: () => wishes.policy('on', 1),
      mayRestore: (call, present) => call.part === 'callee' || call.callId === present,
    })
  }

  let before = calls.state.peek()
  let cameBack = false
  const stopWatching = effect(() => {
    const state = calls.state.value
    if (state.type === before.type) return
    world.note(
      () => `${device.part}: ${before.type} → ${state.type}${'reason' in state ? ` ${state.reason}` : ''}`,
    )
    world.checks.moved(page, before, state, { sinceMs, told: hearing === callIdOf(state), cameBack })
    cameBack = before.type === 'idle'
    before = state
    sinceMs = world.clock.nowMs()
  })

  const page: Page = {
    ...{ device, calls, media, socket, run },
    stateMs: () => world.clock.nowMs() - sinceMs,
    heardMs: () => (isOpen() && world.server.isSettled(device) ? world.clock.nowMs() - welcomedMs : 0),
    hasBoard: () => welcomedMs > 0,
    claims: calls.claims,
    hearNetwork: (what) => hearNetwork(what),
    unload(goodbye) {
      dead = true
      stopWatching()
      media.unload(goodbye)
      socket.unload()
    },
  }
  return page
}
