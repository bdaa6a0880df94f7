/**
 * Looking at a scan together, at this screen: what is said on the links of its calls goes through `core/scan/share.ts`, and
 * what comes of it out to carrier, reader and server. It comes with a call, and holds nothing once a share is over.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { CarryFailure } from '../core/scan/carry.ts'
import type { CarryProgress } from '../core/scan/carry-progress.ts'
import { step } from '../core/scan/share.ts'
import {
  isSource,
  noShare,
  roleIn,
  type ShareEffect,
  type ShareEvent,
  type ShareRole,
  type ShareState,
} from '../core/scan/share-state.ts'
import type { View } from '../core/scan/view.ts'
import { endIdOf } from '../core/switchboard-parties.ts'
import type { Party } from '../protocol/people.ts'
import { decodeManifest, type SharePoint, type ShareSlice, type ShareView } from '../protocol/scan-share.ts'
import type { CallParts, Seat } from './calls.ts'
import type { Incoming } from './scan-incoming.ts'
import type { OutgoingFailure } from './scan-outgoing.ts'
import type { ScanIo, ScanReader, TalkPort } from './scan-ports.ts'
import { createFollowing } from './scan-share-following.ts'
import { createPace } from './scan-share-pace.ts'
import {
  createPresenting,
  type LeftBehind,
  type ShareAsk,
  type ShareTrouble,
} from './scan-share-presenting.ts'
import { mayShow, watchSeats } from './scan-share-seats.ts'
import { createShareWorld } from './scan-share-world.ts'

export type { LeftBehind, OutgoingFailure, ShareAsk, SharePoint, ShareSlice, ShareTrouble, ShareView }

export const sameSlice = (one: ShareSlice, other: ShareSlice): boolean =>
  one.file === other.file && one.frame === other.frame

export type ScanShare = {
  readonly state: ReadonlySignal<ShareState>
  readonly role: ReadonlySignal<ShareRole>
  /** It comes from this screen. */
  readonly isMine: ReadonlySignal<boolean>
  /** Whether this person may show anything. */
  readonly mayPresent: ReadonlySignal<boolean>
  /** What is seen of it by whoever follows; null: nothing is shared, or its reader is being fetched. */
  readonly incoming: ReadonlySignal<Incoming | null>
  readonly io: ReadonlySignal<ScanIo | null>
  readonly reader: ReadonlySignal<ScanReader | null>
  /** While files are made ready to leave. */
  readonly preparing: ReadonlySignal<{ readonly done: number; readonly of: number } | null>
  readonly trouble: Signal<ShareTrouble | null>
  /** What of it cannot leave; null: nothing, or it has been read. */
  readonly refused: Signal<LeftBehind | null>
  /** How far each viewer is, by the call to them. */
  readonly sent: ReadonlySignal<ReadonlyMap<string, CarryProgress>>
  /** Who is sent nothing more, by the call to them, and why. */
  readonly unserved: ReadonlySignal<ReadonlyMap<string, CarryFailure>>
  readonly received: ReadonlySignal<CarryProgress | null>
  /** Everybody else in the call, also who has no link yet, by the call to them. */
  readonly others: ReadonlySignal<readonly { readonly callId: string; readonly party: Party }[]>
  /** Who somebody at the table is. */
  partyOf(endId: string): Party | null
  /** `to`: the calls to whoever it is shown to, as its presenter read it. */
  start(ask: ShareAsk, to?: readonly string[]): Promise<void>
  /** Which picture of the share a slice of this screen's own viewer is; null: it is not shown. */
  sliceOf(fileId: string, frame: number): ShareSlice | null
  /** The presenter looks at this; a view of a file that is not shown is nobody's. */
  show(view: View): void
  /** Whoever has the turn changes what is looked at, from what it is now; anybody else changes nothing. */
  lead(how: (now: ShareView) => ShareView): void
  point(slice: ShareSlice, at: SharePoint | null): void
  draw(slice: ShareSlice, points: SharePoint[]): void
  undraw(): void
  erase(): void
  ask(): void
  grant(endId: string): void
  deny(endId: string): void
  takeBack(): void
  stop(): void
  /** What was said of the last end has been read. */
  dismiss(): void
}

export type ShareParts = Pick<CallParts, 'ports' | 'me' | 'relaysOf' | 'serverNowMs'> & {
  readonly seats: ReadonlySignal<readonly Seat[]>
}

/** How often what is not said any more is looked for. */
const tickMs = 250

export function createScanShare(parts: ShareParts, talk: TalkPort): ScanShare {
  const { ports, seats } = parts
  const { clock, socket, page } = ports
  const state = signal(noShare({ id: 'nobody', mayPresent: false }))
  const share = computed(() => state.value.share)
  const world = createShareWorld(parts, talk, () => seats.peek().map(({ callId }) => callId))
  const presenting = createPresenting(world)
  const following = createFollowing(
    world,
    state,
    () => presenting.outgoing()?.files ?? null,
    (report) => dispatch({ type: 'shown', report }),
  )
  const pace = createPace(clock, (view, manner) => dispatch({ type: 'viewed', view, manner }))
  let stopTicking = () => {}

  function dispatch(event: ShareEvent): void {
    const before = state.peek()
    const next = step(before, event)
    state.value = next.state
    for (const one of next.effects) carryOut(one)
    if (next.state.share && !before.share) tick()
    if (!next.state.share) stopTicking()
    // What waits to be said was of a turn that is over.
    if (roleIn(next.state) !== 'presenting') pace.stop()
  }

  function tick(): void {
    stopTicking()
    stopTicking = clock.after(tickMs, () => {
      dispatch({ type: 'ticked', nowMs: clock.upMs() })
      if (state.peek().share) tick()
    })
  }

  function carryOut(one: ShareEffect): void {
    switch (one.type) {
      case 'say':
        talk.say(one.callId, JSON.stringify(one.message), one.manner)
        return
      case 'readManifest':
        return void readManifest(one)
      case 'serve':
        return presenting.serve(one.callId, share.peek()?.view?.slice.file ?? 0)
      case 'receive':
        return void following.receive(one)
      case 'zeroise':
        return zeroise(one.shareId)
      case 'receipt':
        return tellServer(one)
    }
  }

  async function readManifest({
    shareId,
    digest,
    text,
  }: Extract<ShareEffect, { type: 'readManifest' }>): Promise<void> {
    const fetched = await world.fetch()
    // Without its parts nothing is shown; it is asked for again as long as it is offered.
    if (!fetched) return
    const isPromised = (await fetched.sharing.sha256(text)) === digest
    dispatch({ type: 'manifestRead', shareId, manifest: isPromised ? decodeManifest(text) : null })
  }

  /** [LIVE-8] */
  function zeroise(shareId: string): void {
    pace.stop()
    presenting.zeroise()
    following.zeroise()
    world.carrier()?.end(shareId)
  }

  function tellServer({ what, shareId, callId, digest }: Extract<ShareEffect, { type: 'receipt' }>): void {
    if (what === 'seen') return socket.send({ type: 'scan.seen', callId, shareId })
    if (what === 'ended') return socket.send({ type: 'scan.ended', callId, shareId })
    const files = share.peek()?.manifest?.files.length ?? 1
    const patientNumber = presenting.outgoing()?.patientNumber ?? null
    socket.send({ type: 'scan.shared', callId, shareId, digest, files, patientNumber })
  }

  const { learnMe } = watchSeats(parts, talk, world, { state, dispatch, gone: presenting.stopServing })
  // The files that are looked at come first.
  const lookedAt = computed(() => share.value?.view?.slice.file ?? null)
  effect(() => {
    const file = lookedAt.value
    if (file !== null) presenting.lookAt(file)
  })

  const callIds = () => seats.peek().map(({ callId }) => callId)
  /** [HZ-1] Nobody else sits here than whom it was said to be shown to. */
  const isStill = (to: readonly string[]) =>
    callIds().length > 0 && callIds().every((one) => to.includes(one))

  async function start(ask: ShareAsk, to: readonly string[] = callIds()): Promise<void> {
    if (state.peek().share || presenting.preparing.peek()) return
    learnMe()
    const made = await presenting.prepare(page.newId(), ask)
    if (!made) return
    if (!isStill(to)) {
      presenting.zeroise()
      presenting.trouble.value = 'others'
      return
    }
    const { manifest, pieces, digest } = made
    const [startedMs, nowMs] = [parts.serverNowMs(), clock.upMs()]
    dispatch({ type: 'begun', manifest, pieces, digest, startedMs, nowMs })
    // Another share was there first, or nobody is left to see it.
    if (state.peek().share?.shareId !== manifest.shareId) presenting.zeroise()
  }

  /** A view of a file that is not shown is nobody's. */
  function show({ fileId, frame, centre: [x, y], ...how }: View): void {
    const file = fileOf(fileId)
    if (file !== null) pace.move({ ...how, centre: [x, y], slice: { file, frame } })
  }

  function lead(how: (now: ShareView) => ShareView): void {
    const now = pace.waiting() ?? share.peek()?.view
    if (now && roleIn(state.peek()) === 'presenting') pace.move(how(now))
  }

  /** Which file of the manifest it is: of one's own, or of those that came. */
  function fileOf(fileId: string): number | null {
    const index = presenting.outgoing()?.fileIds.indexOf(fileId) ?? -1
    if (index >= 0) return index
    const taken = [...(following.incoming.peek()?.files.peek() ?? [])].find(
      ([, file]) => file.fileId === fileId,
    )
    return taken ? taken[0] : null
  }

  const { preparing, trouble, refused, sent, unserved } = presenting
  const { incoming, received } = following
  const { io, reader } = world
  return {
    ...{
      state,
      incoming,
      io,
      reader,
      preparing,
      trouble,
      refused,
      sent,
      unserved,
      received,
      start,
      show,
      lead,
    },
    role: computed(() => roleIn(state.value)),
    isMine: computed(() => isSource(state.value)),
    mayPresent: computed(() => seats.value.length > 0 && mayShow(parts.me())),
    others: computed(() => seats.value.map(({ callId, peer }) => ({ callId, party: peer }))),
    partyOf(endId) {
      const me = parts.me()
      if (me && endIdOf(me) === endId) return me
      return seats.value.find(({ peer }) => endIdOf(peer) === endId)?.peer ?? null
    },
    sliceOf(fileId, frame) {
      const file = fileOf(fileId)
      return file === null ? null : { file, frame }
    },
    point: (slice, at) => dispatch({ type: 'pointed', slice, at, nowMs: clock.upMs() }),
    draw: (slice, points) => dispatch({ type: 'drawn', id: page.newId(), slice, points }),
    undraw: () => dispatch({ type: 'undrawn' }),
    erase: () => dispatch({ type: 'erased' }),
    ask: () => dispatch({ type: 'asked' }),
    grant: (to) => dispatch({ type: 'granted', to }),
    deny: (to) => dispatch({ type: 'denied', to }),
    takeBack: () => dispatch({ type: 'takenBack' }),
    stop() {
      presenting.giveUp()
      dispatch({ type: 'stopped' })
    },
    dismiss() {
      trouble.value = null
      state.value = { ...state.peek(), ended: null }
    },
  }
}
