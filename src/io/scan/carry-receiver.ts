/** Takes the files of one share from its presenter: each whole, checked by its hash, and handed on once. */
import { hasBit } from '../../core/scan/bits.ts'
import type { CarryFailure, CarryManifest } from '../../core/scan/carry.ts'
import { type Come, looked, progressOf } from '../../core/scan/carry-progress.ts'
import {
  arrived,
  awaited,
  broken,
  checked,
  haveOf,
  type Incoming,
  incomingOf,
  lacked,
  offered,
} from '../../core/scan/carry-receive.ts'
import { type CarryMessageOf, decodePiece } from '../../protocol/scan-carry.ts'
import type { Clock } from '../../state/ports.ts'
import type { Receiving, ReceivingListener } from '../../state/scan-ports.ts'
import type { BulkLink, BulkListener } from './bulk-link.ts'
import type { CarryEnd, Say } from './carry-sender.ts'

export type ReceiverOptions = {
  readonly shareId: string
  readonly manifest: CarryManifest
  readonly hear: ReceivingListener
  readonly say: Say
  readonly open: (generation: number, listener: BulkListener) => BulkLink | null
  readonly clock: Clock
}

/** What came in so short a time is acknowledged together. */
const haveMs = 20
const progressMs = 250

export function createReceiver(options: ReceiverOptions): Receiving & CarryEnd {
  const { shareId, manifest, hear, say, clock } = options
  let state: Incoming = incomingOf(manifest)
  let bulk: BulkLink | null = null
  let isOver = false
  /** Files that are not whole, as far as they came. */
  const files = new Map<number, Uint8Array<ArrayBuffer>>()
  let total = 0
  let come: readonly Come[] = []
  let toldMs = Number.NEGATIVE_INFINITY
  let stopWaiting: (() => void) | null = null

  function disconnect(): void {
    bulk?.close()
    bulk = null
    stopWaiting?.()
    stopWaiting = null
  }

  function wipe(file: number): void {
    files.get(file)?.fill(0)
    files.delete(file)
  }

  /** Nothing more comes; whoever waits for a file is told why. */
  function over(failure: CarryFailure): void {
    if (isOver) return
    isOver = true
    disconnect()
    state = broken(state, failure)
    for (const file of [...files.keys()]) wipe(file)
    for (const file of awaited(state)) hear.failed(file, failure)
  }

  /** [CARRY-7] Whoever does not keep to it is not listened to any longer, nor offered to again. */
  function breakOff(failure: CarryFailure): void {
    say({ type: 'carry.stop', shareId }, 'steady')
    over(failure)
  }

  function sayHave(): void {
    stopWaiting?.()
    stopWaiting = null
    say(haveOf(state, shareId), 'steady')
  }

  function sayHaveSoon(): void {
    stopWaiting ??= clock.after(haveMs, sayHave)
  }

  function answer(offer: CarryMessageOf<'carry.offer'>): void {
    const next = offered(state, offer.generation)
    if (next === state) return
    state = next
    disconnect()
    bulk = options.open(offer.generation, {
      said: (message) => say(message, 'steady'),
      opened: () => {},
      low: () => {},
      message: take,
      // The presenter notices by itself and offers another.
      closed: () => {},
    })
    sayHave()
    bulk?.apply(offer)
  }

  function take(message: unknown): void {
    const piece = message instanceof ArrayBuffer ? decodePiece(message) : null
    if (!piece) return breakOff('malformed')
    const { file, offset, payload } = piece
    const arrival = arrived(state, file, offset, payload.length)
    state = arrival.state
    if (state.failure) return breakOff(state.failure)
    const bytes = arrival.keep ? bytesFor(file) : null
    if (!bytes) return breakOff('no-memory')
    bytes.set(payload, offset)
    total += payload.length
    tell(false)
    if (arrival.finished !== 'nothing') sayHaveSoon()
    if (arrival.finished === 'file') void check(file, bytes)
  }

  /** As many as the manifest says, of which pieces can never be more. */
  function bytesFor(file: number): Uint8Array<ArrayBuffer> | null {
    const begun = files.get(file)
    if (begun) return begun
    try {
      const bytes = new Uint8Array(manifest.files[file]?.bytes ?? 0)
      files.set(file, bytes)
      return bytes
    } catch {
      return null
    }
  }

  /** [CARRY-5] Only what has the hash of the manifest leaves this file. */
  async function check(file: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const hash = await hashOf(bytes)
    if (isOver) return
    const { state: next, outcome } = checked(state, file, hash === manifest.files[file]?.sha256)
    state = next
    if (outcome === 'kept') {
      files.delete(file)
      hear.file(file, bytes.buffer)
    } else {
      wipe(file)
      if (outcome === 'again')
        say({ type: 'carry.again', shareId, generation: state.generation, file }, 'steady')
      if (outcome === 'failed') hear.failed(file, 'wrong-hash')
    }
    if (isOver) return
    sayHaveSoon()
    tell(awaited(state).length === 0)
  }

  function tell(isLast: boolean): void {
    const nowMs = clock.upMs()
    if (!isLast && nowMs - toldMs < progressMs) return
    toldMs = nowMs
    come = looked(come, { atMs: nowMs, bytes: total })
    hear.progress(progress())
  }

  const progress = () =>
    progressOf(state.cargo, state.has, state.kept, (file) => hasBit(state.failed, file), come)

  return {
    hear(message) {
      // It may not have heard.
      if (isOver && message.type === 'carry.offer') say({ type: 'carry.stop', shareId }, 'steady')
      if (isOver) return
      switch (message.type) {
        case 'carry.offer':
          return answer(message)
        case 'carry.candidates':
          if (message.generation === state.generation) bulk?.apply(message)
          return
        case 'carry.echo': {
          if (message.generation !== state.generation) return
          const { generation, number } = message
          say({ type: 'carry.echoed', shareId, generation, number, bytes: state.received }, 'fleeting')
          return
        }
        case 'carry.lacks': {
          const { state: next, isNews } = lacked(state, message.file)
          state = next
          if (!isNews) return
          wipe(message.file)
          sayHaveSoon()
          return hear.failed(message.file, 'lacking')
        }
        case 'carry.stop':
          return over('stopped')
      }
    },
    linkOpened() {},
    linkClosed: disconnect,
    callIs() {},
    lookAt: (file) => void say({ type: 'carry.want', shareId, file }, 'steady'),
    progress,
    stop() {
      if (!isOver) breakOff('stopped')
    },
    end: () => over('stopped'),
  }
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
