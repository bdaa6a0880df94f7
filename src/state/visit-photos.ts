/** Photos that come from an outpatient in a call, at the station: piece by piece, shown, and gone with the call (VISIT-5, HZ-6). */
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { isVisitor, type Visitor } from '../core/call-state.ts'
import {
  noReceipt,
  type PhotoReceipt,
  type PhotoReceived,
  photoCut,
  photoHeard,
  photoOpened,
} from '../core/visit-photo-receive.ts'
import { photoSizeIn } from '../core/visit-photo-size.ts'
import { decodeFromSender, type FromPhotoSender, type PhotoRefusal } from '../protocol/visit-photo.ts'
import type { Seat } from './calls.ts'
import type { TalkPort } from './scan-ports.ts'
import type { OpenPhoto, PhotoOpener } from './visit-photo-ports.ts'

export type { PhotoRefusal }

/** One that is here. */
export type VisitPhotoShown = {
  readonly photoId: string
  readonly callId: string
  /** Whose it is (HZ-1). */
  readonly from: Visitor
  readonly photo: OpenPhoto
}

export type PhotoUnderway = {
  readonly callId: string
  readonly from: Visitor
  readonly percent: number
  readonly link: 'there' | 'lost'
}

export type VisitPhotos = {
  readonly coming: ReadonlySignal<PhotoUnderway | null>
  /** The newest last. */
  readonly here: ReadonlySignal<readonly VisitPhotoShown[]>
  /** Which of them is large on the screen; null: none. */
  readonly shown: Signal<string | null>
  /** Why the last one could not be shown. */
  readonly trouble: ReadonlySignal<PhotoRefusal | null>
  /** Nobody who may see them is here any more. */
  drop(): void
}

export type VisitPhotosParts = {
  readonly seats: ReadonlySignal<readonly Seat[]>
  readonly talk: TalkPort
  readonly opener: PhotoOpener
  /** For the audit: one has come, nothing of what is on it. */
  readonly tell: (visitId: string, callId: string, photoId: string) => void
}

/** Of one call: what is let in, and the bytes that are here of it. */
type Receiving = { receipt: PhotoReceipt; bytes: Uint8Array<ArrayBuffer> | null; at: number }

export function createVisitPhotos({ seats, talk, opener, tell }: VisitPhotosParts): VisitPhotos {
  const coming = signal<PhotoUnderway | null>(null)
  const here = signal<readonly VisitPhotoShown[]>([])
  const shown = signal<string | null>(null)
  const trouble = signal<PhotoRefusal | null>(null)
  const receivings = new Map<string, Receiving>()

  function visitorAt(callId: string): Visitor | null {
    const seat = seats.peek().find((one) => one.callId === callId)
    const isAnswered = seat && ['live', 'reconnecting'].includes(seat.state.peek().type)
    return isAnswered && isVisitor(seat.peer) ? seat.peer : null
  }

  function receivingOf(callId: string): Receiving {
    const known = receivings.get(callId) ?? { receipt: noReceipt, bytes: null, at: 0 }
    receivings.set(callId, known)
    return known
  }

  function say(callId: string, effects: readonly PhotoReceived[]): void {
    for (const one of effects) if (one.type === 'say') talk.say(callId, JSON.stringify(one.message), 'steady')
  }

  /** Another one that comes at the same time is nothing to read about. */
  function notice(effects: readonly PhotoReceived[]): void {
    for (const one of effects) {
      if (one.type !== 'say') continue
      const { message } = one
      if (message.type === 'photo.next') trouble.value = null
      else if (message.type === 'photo.refused' && message.why !== 'busy') trouble.value = message.why
    }
  }

  function drop(receiving: Receiving): void {
    receiving.bytes?.fill(0)
    receiving.bytes = null
    receiving.at = 0
  }

  /** False: it is not what it says it is. */
  function keep(receiving: Receiving, data: string, byteLength: number): boolean {
    const piece = opener.bytesOf(data)
    const size = receiving.receipt.coming?.bytes ?? 0
    receiving.bytes ??= new Uint8Array(size)
    if (piece?.length !== byteLength || receiving.at + byteLength > size) return false
    receiving.bytes.set(piece, receiving.at)
    receiving.at += byteLength
    return true
  }

  function hear(callId: string, from: Visitor, message: FromPhotoSender): void {
    const receiving = receivingOf(callId)
    const { receipt, effects } = photoHeard(receiving.receipt, message)
    receiving.receipt = receipt
    if (effects.some(({ type }) => type === 'drop')) drop(receiving)
    const kept = effects.find((one) => one.type === 'keep')
    if (kept && !keep(receiving, kept.data, kept.byteLength))
      return settle(callId, receiving, message.photoId, 'broken')
    notice(effects)
    say(callId, effects)
    follow(callId, from, receiving)
    if (effects.some(({ type }) => type === 'open')) void open(callId, from, receiving, message.photoId)
  }

  function follow(callId: string, from: Visitor, { receipt: { coming: now } }: Receiving): void {
    if (!now) {
      if (coming.peek()?.callId === callId) coming.value = null
      return
    }
    const percent = Math.floor((now.next * 100) / now.of)
    coming.value = { callId, from, percent, link: now.state === 'cut' ? 'lost' : 'there' }
  }

  async function open(callId: string, from: Visitor, receiving: Receiving, photoId: string): Promise<void> {
    const bytes = receiving.bytes ?? new Uint8Array()
    const size = photoSizeIn(bytes)
    if (typeof size === 'string') return settle(callId, receiving, photoId, size)
    const photo = await opener.open(bytes, size).catch(() => null)
    // The call is over by now, or it was taken back.
    const isWanted = receivings.get(callId) === receiving && receiving.receipt.coming?.photoId === photoId
    if (!isWanted) return photo?.wipe()
    if (!photo) return settle(callId, receiving, photoId, 'broken')
    here.value = [...here.value, { photoId, callId, from, photo }]
    shown.value = photoId
    settle(callId, receiving, photoId, null)
    tell(from.guestId, callId, photoId)
  }

  function settle(callId: string, receiving: Receiving, photoId: string, why: PhotoRefusal | null): void {
    const { receipt, effects } = photoOpened(receiving.receipt, photoId, why)
    receiving.receipt = receipt
    drop(receiving)
    trouble.value = why
    if (coming.peek()?.callId === callId) coming.value = null
    say(callId, effects)
  }

  /** Nothing of a call outlives it (HZ-6). */
  function forget(callId: string): void {
    const receiving = receivings.get(callId)
    if (receiving) drop(receiving)
    receivings.delete(callId)
    for (const one of here.peek()) if (one.callId === callId) one.photo.wipe()
    here.value = here.peek().filter((one) => one.callId !== callId)
    if (!here.peek().some(({ photoId }) => photoId === shown.peek())) shown.value = null
    if (coming.peek()?.callId === callId) coming.value = null
    trouble.value = null
  }

  talk.listen({
    opened() {},
    closed(callId) {
      const receiving = receivings.get(callId)
      const from = visitorAt(callId)
      if (!receiving) return
      receiving.receipt = photoCut(receiving.receipt)
      if (from) follow(callId, from, receiving)
    },
    said(callId, text, manner) {
      const message = manner === 'steady' ? decodeFromSender(text) : null
      const from = message && visitorAt(callId)
      if (message && from) hear(callId, from, message)
    },
  })

  effect(() => {
    const there = new Set(seats.value.map(({ callId }) => callId))
    for (const callId of [...receivings.keys()]) if (!there.has(callId)) forget(callId)
  })

  return {
    ...{ coming, here, shown, trouble },
    drop() {
      for (const callId of [...receivings.keys()]) forget(callId)
    },
  }
}
