/** A link as `io/link.ts` makes it of simple-peer: its negotiations, what it drops, when it is up and when it stalls. */

import { endsLink } from '../../../src/core/proof.ts'
import type { TrackKind } from '../../../src/io/camera.ts'
import type { LinkListener } from '../../../src/io/media-link.ts'
import type { Signal } from '../../../src/protocol/call.ts'
import type { Clock, LinkTerms } from '../../../src/state/ports.ts'
import { between } from '../prng.ts'
import { flows, gather, leave, look, negotiated, newEnd, pairOf } from './air.ts'
import { createFakeNotary, type Description } from './notary.ts'
import type { Device, World } from './world.ts'

const pollMs = 500
const stallMs = 1_250
const restartMs = 400
const answerMs = 2_000

export type FakeLink = {
  readonly epoch: number
  isUp(): boolean
  /** Whether something arrives now, whatever it has noticed; and when something last did. */
  receives(): boolean
  arrivedMs(): number
  present(): void
  expectSilence(): void
  apply(signal: Signal): void
  restart(): void
  setOutgoing(kind: TrackKind, on: boolean): void
  /** `goodbye`: the other end hears of it, if the air lets it. */
  close(goodbye?: boolean): void
}

type Options = { readonly initiator: boolean; readonly terms: LinkTerms; readonly seen: Set<string> }

type Heard = Pick<LinkListener, 'signal' | 'up' | 'stalled' | 'unverified'> & {
  readonly verified: () => void
}

export function openFakeLink(
  world: World,
  device: Device,
  clock: Clock,
  { initiator, terms, seen }: Options,
  listener: Heard,
): FakeLink {
  const notary = createFakeNotary(terms, seen)
  const outgoing = new Set<TrackKind>()
  let negotiation = 0
  let answered = 0
  let isOffering = false
  let awaitsAnswer = false
  let isAnswering = false
  let queue: Signal[] = []
  let early: Signal[] = []
  let restartedMs = Number.NEGATIVE_INFINITY
  let closed = false
  let destroyed = false
  let refused = false
  let up = false
  let presented = false
  let isMet = false
  let watching = false
  let polledMs = 0
  let bytesMs = 0

  const end = newEnd(world, device, {
    sends: (kind) => isMet && (outgoing.has(kind) || (kind === 'camera' && sendsBlack())),
    met() {
      isMet = !refused && !closed
    },
    arrives(kind) {
      if (kind === 'microphone' || presented || !initiator) heard()
    },
    dies: destroy,
  })

  /** A tablet warms its encoder with pictures that no camera made, where its browser can. */
  function sendsBlack(): boolean {
    return world.warms && !initiator && terms.me.type === 'bed'
  }

  function destroy(): void {
    if (closed || destroyed) return
    destroyed = true
    end.isGone = true
    lost()
  }

  // ---- what is said: offers and answers are signed, candidates follow

  function offer(): void {
    if (closed || destroyed) return
    negotiation += 1
    isOffering = false
    awaitsAnswer = true
    describe('offer')
  }

  function describe(type: Description['type']): void {
    gather(world, end)
    world.note(() => `${device.part}: ${type} ${negotiation} of epoch ${terms.epoch}`)
    const proof = notary.sign(type, negotiation, world.newNumber())
    listener.signal({ type, negotiation, sdp: `v=0 ${end.id}`, proof })
    clock.after(between(world.chance, 20, 60), () => {
      const found = { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 }
      if (!closed && !destroyed) listener.signal({ type: 'candidates', negotiation, candidates: [found] })
    })
  }

  function restart(): void {
    if (closed || destroyed || refused) return
    world.note(() => `${device.part}: looks for another way`)
    if (!initiator) return listener.signal({ type: 'restart' })
    if (clock.upMs() - restartedMs < restartMs) return
    restartedMs = clock.upMs()
    if (isOffering || answered === 0) return
    isOffering = true
    awaitsAnswer = false
    clock.after(between(world.chance, 1, 10), offer)
  }

  // ---- what is heard, one after the other

  function apply(signal: Signal): void {
    queue.push(signal)
    hearNext()
  }

  function hearNext(): void {
    for (let [next] = queue; next && !(next.type === 'offer' && isAnswering); [next] = queue) {
      queue = queue.slice(1)
      take(next)
    }
  }

  function take(signal: Signal): void {
    if (closed || destroyed || refused) return
    switch (signal.type) {
      case 'offer':
        return takeOffer(signal)
      case 'answer':
        return takeAnswer(signal)
      case 'candidates':
        if (signal.negotiation > negotiation) early = [...early, signal].slice(-16)
        if (signal.negotiation === negotiation) end.knows = negotiation
        return
      case 'restart':
        return restart()
      default:
        return
    }
  }

  function takeOffer(signal: Description): void {
    if (initiator || signal.negotiation <= negotiation) return takeStale()
    if (!believe(signal)) return
    negotiation = signal.negotiation
    isAnswering = true
    const answer = () => {
      if (closed || destroyed || !isAnswering) return
      end.agreed = negotiation
      describe('answer')
      isAnswering = false
      hearNext()
    }
    clock.after(Math.min(answerMs, between(world.chance, 5, 80)), answer)
    for (const waiting of early.splice(0)) apply(waiting)
  }

  function takeAnswer(signal: Description): void {
    const isAwaited = signal.negotiation === negotiation && negotiation > answered && awaitsAnswer
    if (!initiator || !isAwaited) return takeStale()
    if (!believe(signal)) return
    answered = negotiation
    awaitsAnswer = false
    end.agreed = negotiation
    negotiated(world, end, Number(signal.sdp.slice(4)), negotiation)
  }

  /** What simple-peer would do of it. */
  function takeStale(): void {
    if (world.rules.stale === 'taken') destroy()
  }

  function believe(description: Description): boolean {
    const failure = notary.doubt(description)
    if (failure === null) listener.verified()
    else if (endsLink(failure)) {
      refused = true
      world.note(() => `${device.part}: does not believe an ${description.type}: ${failure}`)
      listener.unverified(failure)
    }
    return failure === null
  }

  // ---- whether anything arrives, as `io/flow.ts` sees it

  function receives(): boolean {
    const pair = pairOf(world, end)
    return pair?.hasMet === true && flows(world, pair)
  }

  function heard(): void {
    if (closed || destroyed || up) return
    up = true
    startWatch()
    listener.up()
  }

  function startWatch(): void {
    if (closed || watching) return
    watching = true
    polledMs = bytesMs = clock.upMs()
    clock.after(pollMs, poll)
  }

  function lost(): void {
    if (closed || !up) return
    up = false
    listener.stalled()
  }

  function poll(): void {
    if (closed || destroyed) return
    clock.after(pollMs, poll)
    const pair = pairOf(world, end)
    const nowMs = clock.upMs()
    const sinceMs = world.clock.nowMs() - (nowMs - polledMs)
    polledMs = nowMs
    if (pair && (receives() || pair.flowedAtMs > sinceMs)) {
      bytesMs = nowMs
      heard()
    }
    if (nowMs - bytesMs >= stallMs) lost()
  }

  if (initiator) clock.after(between(world.chance, 1, 20), offer)

  return {
    epoch: terms.epoch,
    isUp: () => up && !closed,
    receives,
    arrivedMs: () => pairOf(world, end)?.flowedAtMs ?? 0,
    present() {
      presented = true
    },
    expectSilence: startWatch,
    apply,
    restart,
    setOutgoing(kind, on) {
      if (on) outgoing.add(kind)
      else outgoing.delete(kind)
      look(world)
    },
    close(goodbye = true) {
      if (closed) return
      closed = true
      leave(world, end, goodbye && !destroyed)
    },
  }
}
