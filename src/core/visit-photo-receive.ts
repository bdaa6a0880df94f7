/** What is let in of an outpatient's photo, at whoever sees them: each piece in its turn, and never more than was offered. */
import {
  type FromPhotoReceiver,
  type FromPhotoSender,
  type PhotoRefusal,
  photoLimits,
  piecesOf,
} from '../protocol/visit-photo.ts'

type Offer = Extract<FromPhotoSender, { type: 'photo.offer' }>

/** `cut`: its link was lost, and it may go on by the next one; `whole`: it is being looked at. */
export type PhotoComing = {
  readonly photoId: string
  readonly bytes: number
  readonly of: number
  readonly next: number
  readonly state: 'coming' | 'cut' | 'whole'
}

/** Of one call. `shown`: those that came, so that one that is offered again is not asked for again; `came`: how many were whole. */
export type PhotoReceipt = {
  readonly coming: PhotoComing | null
  readonly shown: readonly string[]
  readonly came: number
}

export type PhotoReceived =
  | { readonly type: 'say'; readonly message: FromPhotoReceiver }
  | { readonly type: 'keep'; readonly data: string; readonly byteLength: number }
  /** All pieces are here. */
  | { readonly type: 'open' }
  /** What is here of it is overwritten. */
  | { readonly type: 'drop' }

type Step = { readonly receipt: PhotoReceipt; readonly effects: readonly PhotoReceived[] }

export const noReceipt: PhotoReceipt = { coming: null, shown: [], came: 0 }

const stay = (receipt: PhotoReceipt): Step => ({ receipt, effects: [] })

function say(message: FromPhotoReceiver): PhotoReceived {
  return { type: 'say', message }
}

function refuse(receipt: PhotoReceipt, photoId: string, why: PhotoRefusal): Step {
  return { receipt, effects: [say({ type: 'photo.refused', photoId, why })] }
}

/** What is under way ends with it. */
function end(receipt: PhotoReceipt, said: readonly PhotoReceived[]): Step {
  return { receipt: { ...receipt, coming: null }, effects: [{ type: 'drop' }, ...said] }
}

export function photoHeard(receipt: PhotoReceipt, message: FromPhotoSender): Step {
  if (message.type === 'photo.offer') return offered(receipt, message)
  const { coming } = receipt
  if (coming?.photoId !== message.photoId) return stay(receipt)
  return message.type === 'photo.withdrawn' ? end(receipt, []) : pieceCame(receipt, coming, message)
}

function offered(receipt: PhotoReceipt, offer: Offer): Step {
  const { photoId, bytes, of } = offer
  const { coming } = receipt
  if (receipt.shown.includes(photoId)) return { receipt, effects: [say({ type: 'photo.shown', photoId })] }
  if (coming?.photoId === photoId) return offeredAgain(receipt, coming, offer)
  if (coming && coming.state !== 'cut') return refuse(receipt, photoId, 'busy')
  if (receipt.came >= photoLimits.photos) return refuse(receipt, photoId, 'too-many')
  if (bytes > photoLimits.bytes) return refuse(receipt, photoId, 'too-large')
  if (of !== piecesOf(bytes)) return refuse(receipt, photoId, 'broken')
  const begun: PhotoComing = { photoId, bytes, of, next: 0, state: 'coming' }
  const effects: PhotoReceived[] = [say({ type: 'photo.next', photoId, index: 0 })]
  return {
    receipt: { ...receipt, coming: begun },
    effects: coming ? [{ type: 'drop' }, ...effects] : effects,
  }
}

/** By a fresh link it goes on where it was cut; a photo that is another by now does not. */
function offeredAgain(receipt: PhotoReceipt, coming: PhotoComing, { bytes, of }: Offer): Step {
  const { photoId, next } = coming
  if (bytes !== coming.bytes || of !== coming.of)
    return end(receipt, refuse(receipt, photoId, 'broken').effects)
  const state = coming.state === 'whole' ? 'whole' : 'coming'
  return {
    receipt: { ...receipt, coming: { ...coming, state } },
    effects: [say({ type: 'photo.next', photoId, index: next })],
  }
}

function pieceCame(
  receipt: PhotoReceipt,
  coming: PhotoComing,
  { index, of, data }: Extract<FromPhotoSender, { type: 'photo.piece' }>,
): Step {
  const { photoId } = coming
  // Said twice, around a link that was lost.
  if (index < coming.next || coming.state === 'whole') return stay(receipt)
  const byteLength = Math.floor((data.length * 3) / 4)
  if (index !== coming.next || of !== coming.of || byteLength !== lengthOf(coming, index))
    return end(receipt, refuse(receipt, photoId, 'broken').effects)
  const next = index + 1
  const isWhole = next === coming.of
  const effects: PhotoReceived[] = [
    { type: 'keep', data, byteLength },
    say({ type: 'photo.next', photoId, index: next }),
  ]
  return {
    receipt: { ...receipt, coming: { ...coming, next, state: isWhole ? 'whole' : 'coming' } },
    effects: isWhole ? [...effects, { type: 'open' }] : effects,
  }
}

/** All pieces are full but the last. */
function lengthOf({ bytes, of }: PhotoComing, index: number): number {
  return index < of - 1 ? photoLimits.pieceBytes : bytes - index * photoLimits.pieceBytes
}

/** What became of one that was whole; null: it is on the screen. */
export function photoOpened(receipt: PhotoReceipt, photoId: string, refusal: PhotoRefusal | null): Step {
  if (receipt.coming?.photoId !== photoId) return stay(receipt)
  const counted = { ...receipt, came: receipt.came + 1 }
  if (refusal !== null) return end(counted, refuse(counted, photoId, refusal).effects)
  const shown = [...receipt.shown, photoId].slice(-photoLimits.photos)
  return end({ ...counted, shown }, [say({ type: 'photo.shown', photoId })])
}

/** Its link is gone: what is here waits for the next one. */
export function photoCut(receipt: PhotoReceipt): PhotoReceipt {
  const { coming } = receipt
  return coming?.state === 'coming' ? { ...receipt, coming: { ...coming, state: 'cut' } } : receipt
}
