/**
 * The calls of this screen: one, or several round a table. Each is a leg of its own; the foremost is the screen's call, and
 * when whoever it is with leaves, the next one is.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import {
  type AnswerPolicy,
  type CallEvent,
  type Callee,
  type CallState,
  callIdOf,
  claimsOf,
  isPatient,
  type Manner,
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
import { createLeg, type Leg, noTracks } from './leg.ts'
import type {
  CameraFailure,
  Claims,
  CommonPorts,
  DeviceNews,
  MediaDevice,
  PeerTracks,
  Tracks,
} from './ports.ts'

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
  /** [PROOF-8] The words to be compared with whoever is there, by number; empty: none are. */
  readonly compared: ReadonlySignal<readonly number[]>
  /** What the server says of the table; null for a call of two that nobody joined by. */
  readonly table: CallTable | null
  /** A stable function: called with the element, and with null when it goes. */
  readonly showRemote: (video: HTMLVideoElement | null) => void
}

/** Somebody who left the table, or did not come to it, while the others go on. */
export type Parted = Pick<Extract<CallState, { type: 'ended' }>, 'callId' | 'peer' | 'reason' | 'by'>

export type Calls = {
  readonly state: ReadonlySignal<CallState>
  /**
   * All calls of this screen's table, the present one (`state`) among them, in the order in which they began; empty where
   * no call is. Also those that still ring, here or at somebody who was asked to come.
   */
  readonly seats: ReadonlySignal<readonly Seat[]>
  /** The call that the table stands round: what guests are invited to. Null without a call. */
  readonly tableId: ReadonlySignal<string | null>
  /** The last who left while others stayed; null: nobody yet, or it was read. */
  readonly parted: Signal<Parted | null>
  /** Asks a colleague to come to the table of the present call; by a duty whoever has it, the peer being one of them. */
  bringIn(peer: StaffParty, manner?: Pick<Manner, 'dutyId'>): void
  /** Takes back what `bringIn` asked. */
  takeBack(callId: string): void
  /** At a bed: lets whoever rings by this call come to the table, or not. */
  letIn(callId: string): void
  keepOut(callId: string): void
  /** What leaves this device now. */
  readonly mine: Signal<Tracks>
  /** What the peer says leaves theirs. */
  readonly theirs: ReadonlySignal<PeerTracks>
  /** Whether the peer's picture moves. */
  readonly picture: ReadonlySignal<boolean>
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
  readonly cameraFailure: ReadonlySignal<CameraFailure | null>
  /** The device that signed the link at the other end; null before one did (HZ-10). */
  readonly peerDevice: ReadonlySignal<DeviceCertificate | null>
  /** Why the last call did not verify, for the sentence on its ended screen; null when the other end said so. */
  readonly doubt: ReadonlySignal<ProofFailure | null>
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
  readonly sinceMs: ReadonlySignal<number>
  readonly timings: () => Timings
  /** [PROOF-8] The words are not the same: somebody is between, and the call ends as not verified. */
  doubtWords(callId: string): void
  /** What a page that comes back says it is in. */
  claims(): Claims
  /** "Still talking?" is asked of some call of this screen. */
  readonly isAsked: ReadonlySignal<boolean>
  welcomed(welcome: Welcome): void
  received(message: ServerMessage): void
  /** `stay`: the admission epoch of the bed in it as the screen shows it, null between two of staff. */
  dial(peer: Callee, mode: CallMode, stay: number | null, manner?: Manner): void
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
  showLocal(video: HTMLVideoElement | null): void
  /** What a part that comes with a call is made of. */
  readonly parts: CallParts
}

export type CallParts = {
  readonly ports: CommonPorts
  /** Who this screen is, once it was welcomed. */
  me(): Party | null
  relaysOf(callId: string): Relays
  /** Milliseconds since 1970 by the server's clock. */
  serverNowMs(): number
}

/** All of one screen's table, so that an old report revives none of them. */
const mostOver = 64

function isActive({ state }: Leg): boolean {
  const { type } = state.peek()
  return type !== 'idle' && type !== 'ended'
}

/** The call that its table stands round; null: there is none. */
function tableIdOf(state: CallState): string | null {
  if (state.type === 'idle' || state.type === 'ended') return null
  return ('call' in state ? state.call.table?.tableId : undefined) ?? callIdOf(state)
}

/** It came in by a report alone, after a reload of this page. */
function isAskedAgain({ state }: Leg): boolean {
  const now = state.peek()
  return now.type === 'ringing' && now.call.continued
}

export type CallHooks = {
  /** The server hears this page. */
  isHeard(): boolean
  /** Asked at the moment something comes in. */
  policy(): AnswerPolicy
  /** Asked of every call the server says this page is in, beside the one that it is in. What may not come back is ended. */
  mayRestore?(call: CallView, present: string | null): boolean
  /** Whether whoever is here came to be seated: a guest, who rings nobody and is not rung. */
  mayBeSeated?(): boolean
}

export function createCalls(ports: CommonPorts, hooks: CallHooks): Calls {
  const { clock, media, socket } = ports
  const { isHeard, policy, mayRestore = () => true, mayBeSeated = () => false } = hooks
  const mine = signal<Tracks>(noTracks)
  const inspected = signal(false)
  const device = signal<DeviceNews | null>(null)
  const written = signal('')
  const elsewhere = signal<CallElsewhere | null>(null)
  const parted = signal<Parted | null>(null)
  /** The call that was asked for here, and until when it is waited for: later it would open a camera unasked (HZ-2). */
  let taking: (CallElsewhere & { readonly untilMs: number }) | null = null
  let timings = standardTimings
  /** By call, the newest alone; of calls that are over nothing is kept. */
  const relays = new Map<string, Relays>()
  let me: Party | null = null
  let serverAheadMs = 0
  let over = ports.page.over()
  /** Several end at once: which of them stays on the screen is said when all have. */
  let isEnding = false

  /** The foremost first. Never none: where no call is there is one that is idle. */
  const legs = signal<readonly [Leg, ...Leg[]]>([newLeg()])
  const foremost = computed(() => legs.value[0])
  const of = <T>(pick: (leg: Leg) => ReadonlySignal<T>) => computed(() => pick(foremost.value).value)
  const state = of((leg) => leg.state)

  function first(): Leg {
    return legs.peek()[0]
  }

  function newLeg(): Leg {
    return createLeg({
      ports,
      isHeard,
      timings: () => timings,
      over,
      openLink,
      saveOver(next) {
        // What was taken back is over no more; what the other calls of a table saw the end of stays so.
        over = legs.peek().length > 1 ? [...new Set([...over, ...next])].slice(-mostOver) : next
        ports.page.saveOver(over)
      },
      play(leg, sound) {
        if (leg === first()) ports.sound.play(sound)
      },
      moved: () => socket.hasten(legs.peek().some((leg) => leg.state.peek().type === 'reconnecting')),
      changed: settle,
    })
  }

  function legOf(callId: string): Leg | undefined {
    return legs.peek().find((leg) => callIdOf(leg.state.peek()) === callId)
  }

  function sitsAt(tableId: string): boolean {
    return legs.peek().some((leg) => tableIdOf(leg.state.peek()) === tableId)
  }

  /** What was written to one patient is not shown to the next, nor is news of the call before (HZ-10). */
  function forget(): void {
    written.value = ''
    device.value = null
    parted.value = null
  }

  /** Of several, those that are over go; of the last ones the foremost stays, so that its end is read. */
  function settle(): void {
    const all = legs.peek()
    if (!all.some(isActive)) forget()
    if (isEnding || all.length < 2 || all.every(isActive)) return
    const active = all.filter(isActive)
    const gone = all.map((leg) => leg.state.peek()).filter((one) => one.type === 'ended' && one.by !== 'me')
    batch(() => {
      const last = gone.at(-1)
      const [next, ...others] = active
      if (next && last?.type === 'ended') parted.value = last
      legs.value = next ? [next, ...others] : [all[0]]
    })
    const leg = first()
    if (leg !== all[0]) ports.sound.play(leg.sound())
  }

  /** To each call of this screen, as one act. */
  function dispatchAll(event: CallEvent): void {
    isEnding = true
    for (const leg of legs.peek()) leg.dispatch(event)
    isEnding = false
    settle()
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

  function openLink(
    now: CallState,
    {
      callId,
      epoch,
      initiator,
    }: { readonly callId: string; readonly epoch: number; readonly initiator: boolean },
  ): void {
    if (!('call' in now) || !me) return
    const { peer, table } = now.call
    media.openLink(callId, epoch, initiator, relays.get(callId) ?? noRelays, {
      callId,
      tableId: table?.tableId ?? callId,
      epoch,
      me,
      peer,
      serverNowMs,
    })
  }

  /** One more call of this screen's table. */
  function addLeg(event: CallEvent): void {
    const leg = newLeg()
    legs.value = [...legs.peek(), leg]
    leg.dispatch(event)
  }

  function hear(call: CallView): void {
    const known = legOf(call.callId)
    // One that is over here may be taken over anew (CALL-19).
    if (known && isActive(known)) return known.dispatch({ type: 'reported', call, policy: policy() })
    if (call.table && sitsAt(call.table.tableId)) return addLeg({ type: 'seated', call, policy: policy() })
    first().dispatch(newsOf(call))
  }

  function newsOf(call: CallView): CallEvent {
    if (call.table && mayBeSeated()) return { type: 'seated', call, policy: policy() }
    const isTaken = taking?.callId === call.callId && sameParty(taking.peer, call.peer)
    if (!taking || !isTaken || clock.upMs() > taking.untilMs)
      return { type: 'reported', call, policy: policy() }
    taking = null
    return { type: 'taken', call }
  }

  function restore(call: CallView): void {
    const known = legOf(call.callId)
    const present = known ? call.callId : callIdOf(state.peek())
    if (!mayRestore(call, present))
      return socket.send({ type: 'call.end', callId: call.callId, reason: 'left' })
    const event = { type: 'restored', call, policy: policy() } as const
    if (known) return known.dispatch(event)
    if (sitsAt(call.table?.tableId ?? call.callId)) return addLeg(event)
    first().dispatch(event)
  }

  function wayChanged(what: 'network' | 'server' | 'seen'): void {
    for (const leg of legs.peek()) {
      const { type } = leg.state.peek()
      if (type === 'live' || type === 'reconnecting') leg.dispatch({ type: 'wayChanged', what })
    }
  }

  /** What a camera that fails is of: its own call, or whatever this screen does next. */
  function ofCall(callId: string): Leg {
    return legOf(callId) ?? first()
  }

  ports.page.watchNetwork(wayChanged)
  media.listen({
    cameraOpened: (callId) => ofCall(callId).dispatch({ type: 'cameraOpened', callId }),
    cameraFailed: (callId, failure) => {
      const leg = ofCall(callId)
      leg.cameraFailure.value = failure
      leg.dispatch({ type: 'cameraFailed', callId, failure: failure === 'denied' ? 'denied' : 'unavailable' })
    },
    linkUp: (callId, epoch) => {
      ofCall(callId).dispatch({ type: 'linkUp', callId, epoch })
      if (written.value !== '') media.sendLine(callId, written.value)
    },
    linkStalled: (callId, epoch) => ofCall(callId).dispatch({ type: 'linkStalled', callId, epoch }),
    signal: (callId, epoch, said) => socket.send({ type: 'call.signal', callId, epoch, signal: said }),
    tracks: (tracks) => {
      mine.value = tracks
    },
    peerTracks: (callId, tracks) => {
      const leg = legOf(callId)
      if (leg) leg.theirs.value = tracks
    },
    picture: (callId, moving) => {
      const leg = legOf(callId)
      if (leg) leg.picture.value = moving
    },
    inspected: (closely) => {
      inspected.value = closely
    },
    device: (news) => {
      device.value = news
    },
    measured(callId, measured) {
      legOf(callId)?.hearMeasured(callId, measured)
    },
    line: (callId, text) => {
      const leg = legOf(callId)
      if (leg) leg.shown.value = text
    },
    compared: (callId, words) => {
      const leg = legOf(callId)
      if (leg) leg.compared.value = words
    },
    verified: (callId, peer) => {
      const leg = legOf(callId)
      if (leg) leg.peerDevice.value = peer
    },
    unverified: (callId, failure) => {
      const leg = ofCall(callId)
      leg.doubt.value = failure
      leg.dispatch({ type: 'verificationFailed', callId })
    },
  })

  const seatOf = (leg: Leg): readonly Seat[] => {
    const now = leg.state.value
    if (now.type === 'idle' || now.type === 'ended') return []
    const { theirs, picture, peerDevice, compared } = leg
    const callId = callIdOf(now) ?? ''
    const peer = 'call' in now ? now.call.peer : now.peer
    const table = ('call' in now && now.call.table) || null
    return [
      {
        callId,
        peer,
        state: leg.state,
        theirs,
        picture,
        peerDevice,
        compared,
        table,
        quality: leg.quality.quality,
        showRemote: leg.showRemote.value,
      },
    ]
  }

  return {
    state,
    seats: computed(() => legs.value.flatMap(seatOf)),
    tableId: computed(() => tableIdOf(state.value)),
    parted,
    bringIn(peer, manner) {
      const tableId = tableIdOf(state.peek())
      const { type } = state.peek()
      if (tableId === null || (type !== 'live' && type !== 'reconnecting')) return
      parted.value = null
      const expiresAtMs = serverNowMs() + timings.inviteMs
      const callId = ports.page.newId()
      addLeg({ type: 'dialled', callId, peer, mode: 'ring', stay: null, expiresAtMs, tableId, ...manner })
    },
    takeBack: (callId) => legOf(callId)?.dispatch({ type: 'hungUp' }),
    letIn: (callId) => legOf(callId)?.dispatch({ type: 'answered' }),
    keepOut: (callId) => legOf(callId)?.dispatch({ type: 'refused' }),
    mine,
    theirs: of((leg) => leg.theirs),
    picture: of((leg) => leg.picture),
    quality: of((leg) => leg.quality.quality),
    held: computed(() => legs.value.some((leg) => leg.quality.held.value)),
    device,
    inspected,
    inspect(closely) {
      // Staff look closely at the patient, whoever brought them here.
      const now = legs
        .peek()
        .map((leg) => leg.state.peek())
        .filter((one) => one.type === 'live')
      const looked = now.find(({ call }) => isPatient(call.peer)) ?? now[0]
      if (!looked) return
      const { callId, epoch } = looked.call
      const wanted = closely ? 'sharp' : 'usual'
      socket.send({ type: 'call.signal', callId, epoch, signal: { type: 'inspect', wanted } })
    },
    measured: of((leg) => leg.quality.measured),
    linkMake: () => media.linkMake(callIdOf(state.peek()) ?? ''),
    cameraFailure: of((leg) => leg.cameraFailure),
    peerDevice: of((leg) => leg.peerDevice),
    doubt: of((leg) => leg.doubt),
    written,
    shown: computed(() => legs.value.map((leg) => leg.shown.value).find((text) => text !== '') ?? ''),
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
    sinceMs: of((leg) => leg.sinceMs),
    timings: () => timings,
    claims: () => legs.peek().flatMap((leg) => claimsOf(leg.state.peek())),
    isAsked: computed(() =>
      legs.value.some(({ state: { value } }) => 'still' in value && value.still === 'asked'),
    ),
    welcomed(welcome) {
      timings = welcome.timings
      for (const one of welcome.relays) keepRelays(one)
      me = welcome.me
      // Where nothing is told it is none; a session that goes on is told what has changed.
      if (!welcome.resumed) elsewhere.value = null
      serverAheadMs = welcome.serverTimeMs - clock.upMs()
      for (const call of welcome.snapshot?.calls ?? []) restore(call)
      wayChanged('server')
    },
    received(message) {
      switch (message.type) {
        case 'call.relays':
          return takeRelays(message.relays)
        case 'call.changed':
          return hear(message.call)
        case 'call.elsewhere':
          elsewhere.value = message.call
          return
        case 'call.ended':
          relays.delete(message.callId)
          return ofCall(message.callId).dispatch({ ...message, type: 'serverEnded' })
        case 'call.glare':
          return ofCall(message.callId).dispatch({ ...message, type: 'glared', policy: policy() })
        case 'call.signal':
          return ofCall(message.callId).dispatch({ ...message, type: 'signalled' })
        default:
          return
      }
    },
    dial(peer, mode, stay, manner) {
      const expiresAtMs = serverNowMs() + timings.inviteMs
      const callId = ports.page.newId()
      first().dispatch({ type: 'dialled', callId, peer, mode, stay, expiresAtMs, ...manner })
    },
    answer() {
      const others = legs.peek().slice(1).filter(isAskedAgain)
      first().dispatch({ type: 'answered' })
      // Consent was given to all of the table before the reload, and is given to all of it again.
      for (const leg of others) leg.dispatch({ type: 'answered' })
    },
    refuse: () => dispatchAll({ type: 'refused' }),
    hangUp: () => dispatchAll({ type: 'hungUp' }),
    drawCurtain: () => dispatchAll({ type: 'curtainDrawn' }),
    touched() {
      for (const leg of legs.peek()) {
        const { type } = leg.state.peek()
        if (type === 'live' || type === 'reconnecting') leg.dispatch({ type: 'touched' })
      }
    },
    doubtWords: (callId) => legOf(callId)?.dispatch({ type: 'verificationFailed', callId }),
    stillTalking: () => dispatchAll({ type: 'stillTalking' }),
    leave: () => dispatchAll({ type: 'signedOut' }),
    dismiss: () => first().dispatch({ type: 'dismissed' }),
    setTrack: (kind, on) => media.setTrack(kind, on),
    write(text) {
      written.value = text.trim()
      for (const { callId } of legs.peek().flatMap((leg) => claimsOf(leg.state.peek())))
        media.sendLine(callId, written.value)
    },
    devices: () => media.devices(),
    choose(chosen) {
      device.value = null
      media.choose(chosen)
    },
    showLocal: (video) => media.showLocal(video),
    parts: { ports, me: () => me, relaysOf: (callId) => relays.get(callId) ?? noRelays, serverNowMs },
  }
}
