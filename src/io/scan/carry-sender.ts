/** Sends the files of one share to one viewer: bytes as their turn comes, at the call's pace, on connection after connection. */
import type { Quality } from '../../core/quality.ts'
import type { CarryFailure, CarryManifest } from '../../core/scan/carry.ts'
import { type Come, looked, progressOf } from '../../core/scan/carry-progress.ts'
import {
  heardAgain,
  heardHave,
  heardWant,
  isGivenUp,
  isSettled,
  lackingOf,
  left,
  lookedAt,
  lost,
  type Outgoing,
  outgoingOf,
  reconnecting,
  type Stretch,
  unacknowledged,
  upcoming,
} from '../../core/scan/carry-send.ts'
import { type Allowance, allowed, callIs, type Pace, pieceFor, unpaced } from '../../core/scan/pace.ts'
import { type CarryMessage, encodePiece, mostPayload } from '../../protocol/scan-carry.ts'
import type { Clock } from '../../state/ports.ts'
import type { Sending, SendingListener } from '../../state/scan-ports.ts'
import { type BulkLink, type BulkListener, highWater } from './bulk-link.ts'
import { createEchoes } from './carry-echoes.ts'
import { createShelf } from './carry-shelf.ts'

export type Say = (message: CarryMessage, manner: 'steady' | 'fleeting') => boolean

export type SenderOptions = {
  readonly shareId: string
  readonly manifest: CarryManifest
  readonly bytesOf: (file: number) => Promise<ArrayBuffer | null>
  readonly hear: SendingListener
  readonly say: Say
  readonly open: (generation: number, listener: BulkListener) => BulkLink | null
  readonly clock: Clock
}

/** One end of a carrying, as the carrier knows it. */
export type CarryEnd = {
  hear(message: CarryMessage): void
  linkOpened(): void
  linkClosed(): void
  callIs(quality: Quality): void
  /** Stops, and overwrites what it holds. */
  end(): void
}

const tickMs = 50
const progressMs = 250
/** Nothing leaves and nothing is acknowledged: the connection is dead, whatever the browser says. */
const stalledMs = 5_000
/** To open one may take a relay's round trips. */
const openingMs = 8_000
/** Between connections, after the second in vain. */
const restMs = [0, 0, 1_000, 2_000, 4_000, 8_000] as const

export function createSender(options: SenderOptions): Sending & CarryEnd {
  const { shareId, manifest, hear, say, clock } = options
  let state: Outgoing = outgoingOf(manifest)
  let pace: Pace = unpaced
  let allowance: Allowance = { bytes: 0, atMs: clock.upMs() }
  let bulk: BulkLink | null = null
  let isLinked = false
  let isOver = false
  let isAllThere = false
  /** Bytes that were given to connections, and when anything last moved. */
  let given = 0
  /** The file after this one, as far as is known: fetched while this one leaves. */
  let following: number | null = null
  let moved = { mark: '', atMs: clock.upMs() }
  let come: readonly Come[] = []
  let toldMs = Number.NEGATIVE_INFINITY
  let stopTicking = () => {}
  let stopWaiting = () => {}
  let stopResting = () => {}
  const shelf = createShelf(options.bytesOf, (file) => manifest.files[file]?.bytes ?? 0, pump)
  const echoes = createEchoes(clock, (number) =>
    say({ type: 'carry.echo', shareId, generation: state.generation, number }, 'fleeting'),
  )

  function change(next: Outgoing): void {
    state = next
    if (state.failure && !isOver) fail(state.failure)
    else if (isSettled(state)) rest()
    else pump()
  }

  /** All is there: the connection is of no more use, and files are held no longer. */
  function rest(): void {
    if (isOver || isAllThere) return
    isAllThere = true
    disconnect()
    shelf.wipe()
    tell(true)
  }

  function fail(failure: CarryFailure): void {
    over()
    hear.failed(failure)
  }

  function over(): void {
    isOver = true
    disconnect()
    shelf.wipe()
    say({ type: 'carry.stop', shareId }, 'steady')
  }

  function disconnect(): void {
    for (const stop of [stopTicking, stopWaiting, stopResting]) stop()
    bulk?.close()
    bulk = null
    echoes.clear()
  }

  /** [CARRY-4] Another connection, soon; unless the call has no link, whose return begins one. */
  function reconnect(): void {
    disconnect()
    if (isOver || !isLinked || isSettled(state)) return
    stopResting = clock.after(restMs[state.vain] ?? 0, connect)
  }

  function connect(): void {
    state = reconnecting(state)
    if (state.failure) return fail(state.failure)
    moved = { mark: '', atMs: clock.upMs() }
    const mine = options.open(state.generation, {
      said: (message) => say(message, 'steady'),
      opened: pump,
      low: pump,
      // The presenter is told nothing over it.
      message: () => {},
      closed: () => mine === bulk && reconnect(),
    })
    if (!mine) return reconnect()
    bulk = mine
    tick()
  }

  function tick(): void {
    stopTicking = clock.after(tickMs, tick)
    const nowMs = clock.upMs()
    pace = echoes.ask(pace)
    come = looked(come, { atMs: nowMs, bytes: echoes.arrived() })
    tell(false)
    const waiting = bulk?.waiting() ?? 0
    const mark = `${bulk?.isOpen()} ${given - waiting} ${unacknowledged(state)} ${state.isReady} ${state.most}`
    if (mark !== moved.mark || shelf.isBusy() || pace.quality === 'lost') moved = { mark, atMs: nowMs }
    else if (nowMs - moved.atMs >= (bulk?.isOpen() ? stalledMs : openingMs)) reconnect()
    pump()
  }

  function tell(isLast: boolean): void {
    const nowMs = clock.upMs()
    if (!isLast && nowMs - toldMs < progressMs) return
    toldMs = nowMs
    hear.progress(progress())
  }

  const progress = () =>
    progressOf(state.cargo, state.has, state.kept, (file) => isGivenUp(state, file), come)

  /** Sends what may leave now, and comes back when more may. */
  function pump(): void {
    stopWaiting()
    while (bulk?.isOpen() && pace.quality !== 'lost' && bulk.waiting() < highWater) {
      const stretch = upcoming(state)
      const bytes = stretch && take(stretch)
      if (!stretch || !bytes) return
      const length = Math.min(stretch.end - stretch.offset, pieceFor(pace.rate, mostPayload))
      allowance = allowed(allowance, pace.rate, clock.upMs(), length)
      if (allowance.bytes < length) {
        stopWaiting = clock.after(Math.ceil((1_000 * (length - allowance.bytes)) / pace.rate), pump)
        return
      }
      const payload = bytes.subarray(stretch.offset, stretch.offset + length)
      if (!bulk.send(encodePiece({ file: stretch.file, offset: stretch.offset, payload }))) return reconnect()
      allowance = { ...allowance, bytes: allowance.bytes - length }
      given += length
      state = left(state, stretch, length)
    }
  }

  /** The bytes of this file, when they are here; and the next ones are fetched. */
  function take(stretch: Stretch): Uint8Array<ArrayBuffer> | null {
    if (!state.underWay)
      following = upcoming(left(state, stretch, stretch.end - stretch.offset))?.file ?? null
    const taken = shelf.take(stretch.file, following)
    if (taken !== 'lacking') return taken
    say({ type: 'carry.lacks', shareId, file: stretch.file }, 'steady')
    // In a turn of its own: whoever asks is in the middle of sending.
    queueMicrotask(() => change(lost(state, stretch.file)))
    return null
  }

  return {
    hear(message) {
      if (isOver) return
      switch (message.type) {
        case 'carry.answer':
        case 'carry.candidates':
          if (message.generation === state.generation) bulk?.apply(message)
          return
        case 'carry.have':
          return change(heardHave(state, message))
        case 'carry.again':
          return change(heardAgain(state, message))
        case 'carry.want':
          return change(heardWant(state, message))
        case 'carry.echoed':
          if (message.generation === state.generation)
            pace = echoes.heard(pace, message.number, message.bytes)
          return
        case 'carry.stop': {
          const isMissed = !isSettled(state)
          isOver = true
          disconnect()
          shelf.wipe()
          return isMissed ? hear.failed('stopped') : undefined
        }
      }
    },
    linkOpened() {
      // It may not have heard.
      if (isOver) return void say({ type: 'carry.stop', shareId }, 'steady')
      if (isLinked) return
      isLinked = true
      for (const file of lackingOf(state)) say({ type: 'carry.lacks', shareId, file }, 'steady')
      // That the call's link is new says nothing of the viewer: it counts as no vain connection.
      state = { ...state, vain: 0 }
      reconnect()
    },
    linkClosed() {
      isLinked = false
      disconnect()
    },
    callIs(quality) {
      pace = callIs(pace, quality)
      pump()
    },
    lookAt: (file) => change(lookedAt(state, file)),
    progress,
    stop() {
      if (!isOver) over()
    },
    end() {
      if (!isOver) over()
    },
  }
}
