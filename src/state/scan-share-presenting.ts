/** The side that a share comes from: its files made ready to leave, and sent to each viewer. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Box } from '../core/scan/boxes.ts'
import type { CarryFailure } from '../core/scan/carry.ts'
import type { CarryProgress } from '../core/scan/carry-progress.ts'
import type { Stack } from '../core/scan/stacks.ts'
import type { Outgoing, OutgoingFailure, Refused } from './scan-outgoing.ts'
import type { OpenedScan, Sending } from './scan-ports.ts'
import type { ShareWorld } from './scan-share-world.ts'

/** What is shown, and how it was looked over before. */
export type ShareAsk = {
  readonly stacks: readonly Stack<OpenedScan>[]
  readonly boxes: ReadonlyMap<string, readonly Box[]>
  readonly leftOut: ReadonlySet<string>
  readonly identity: 'shown' | 'hidden'
}

/** `others`: meanwhile other people sit in the call. */
export type ShareTrouble = OutgoingFailure | 'unreachable' | 'others'

/** What stays behind, of so many pictures. */
export type LeftBehind = { readonly of: number; readonly files: readonly Refused[] }

export type Presenting = {
  readonly preparing: ReadonlySignal<{ readonly done: number; readonly of: number } | null>
  readonly trouble: Signal<ShareTrouble | null>
  /** Null: all of it is shown, or it has been read. Where nothing is left to show it says why. */
  readonly refused: Signal<LeftBehind | null>
  readonly sent: ReadonlySignal<ReadonlyMap<string, CarryProgress>>
  /** Who is sent nothing more, by the call to them, and why. */
  readonly unserved: ReadonlySignal<ReadonlyMap<string, CarryFailure>>
  /** What is shown; null: nothing of this screen's. */
  outgoing(): Outgoing | null
  /** Makes files ready under this name; null: it came to nothing, which is said. */
  prepare(shareId: string, ask: ShareAsk): Promise<Outgoing | null>
  giveUp(): void
  /** Sends them to whoever is at the other end of this call, beginning with the one that is looked at. */
  serve(callId: string, lookedAt: number): void
  /** Nobody is there any more. */
  stopServing(callId: string): void
  lookAt(file: number): void
  zeroise(): void
}

export function createPresenting(world: ShareWorld): Presenting {
  const preparing = signal<{ done: number; of: number } | null>(null)
  const trouble = signal<ShareTrouble | null>(null)
  const refused = signal<LeftBehind | null>(null)
  const sent = signal<ReadonlyMap<string, CarryProgress>>(new Map())
  const unserved = signal<ReadonlyMap<string, CarryFailure>>(new Map())
  const sendings = new Map<string, Sending>()
  let outgoing: Outgoing | null = null
  /** What is made ready for a share that has ended meanwhile finds another number. */
  let turn = 0

  async function make(
    shareId: string,
    ask: ShareAsk,
    refuse: (file: Refused) => void,
  ): Promise<Outgoing | ShareTrouble> {
    const mine = turn
    const fetched = await world.fetch()
    const stripper = await fetched?.io.stripper().catch(() => null)
    // Loaded by whoever shows something: most screens only follow.
    const maker = await import('./scan-outgoing.ts').catch(() => null)
    if (!fetched || !stripper || !maker) return 'unreachable'
    return await maker.makeOutgoing(fetched.sharing, stripper, {
      ...ask,
      shareId,
      refused: refuse,
      told: (done, of) => {
        preparing.value = { done, of }
      },
      isOver: () => mine !== turn || preparing.peek() === null,
    })
  }

  /** Whoever is served anew may get it after all. */
  function forgive(callId: string): void {
    const others = new Map(unserved.peek())
    if (others.delete(callId)) unserved.value = others
  }

  return {
    ...{ preparing, trouble, refused, sent, unserved },
    outgoing: () => outgoing,
    async prepare(shareId, ask) {
      trouble.value = null
      refused.value = null
      preparing.value = { done: 0, of: 0 }
      const files: Refused[] = []
      const made = await make(shareId, ask, (file) => files.push(file))
      preparing.value = null
      const left = typeof made === 'string' ? 0 : made.fileIds.length
      const isSaid = made === 'nothing' || left > 0
      if (isSaid && files.length > 0) refused.value = { of: left + files.length, files }
      if (typeof made === 'string') {
        if (made !== 'given-up') trouble.value = made
        return null
      }
      outgoing = made
      return made
    },
    giveUp() {
      preparing.value = null
    },
    serve(callId, lookedAt) {
      const [shown, carrier] = [outgoing, world.carrier()]
      if (!shown || !carrier) return
      const { manifest } = shown
      forgive(callId)
      const bytesOf = async (file: number) => shown.bytesOf(file)
      const sending = carrier.send(callId, manifest.shareId, manifest, bytesOf, {
        progress: (progress) => {
          sent.value = new Map(sent.peek()).set(callId, progress)
        },
        failed: (failure) => {
          unserved.value = new Map(unserved.peek()).set(callId, failure)
        },
      })
      sendings.set(callId, sending)
      sending.lookAt(lookedAt)
    },
    stopServing(callId) {
      sendings.get(callId)?.stop()
      sendings.delete(callId)
      forgive(callId)
    },
    lookAt(file) {
      for (const sending of sendings.values()) sending.lookAt(file)
    },
    zeroise() {
      turn += 1
      sendings.clear()
      outgoing?.zeroise()
      outgoing = null
      refused.value = null
      sent.value = new Map()
      unserved.value = new Map()
    },
  }
}
