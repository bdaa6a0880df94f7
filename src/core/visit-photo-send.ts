/** How an outpatient's photo leaves: offered, then a few pieces ahead of what has arrived, and from there on after a lost link. */
import { type FromPhotoReceiver, type PhotoRefusal, photoLimits, piecesOf } from '../protocol/visit-photo.ts'

/** Said at once, so that neither the call nor its line waits behind a photo. */
const mostAhead = 4
/** So many ticks without a word, and it is offered again; so many more, and nobody is there for it. */
const ticksToAsk = 3
const ticksToGiveUp = 20

/** `next`: all before it have arrived; `sent`: all before it were said on this link. */
export type PhotoSending = {
  readonly photoId: string
  readonly bytes: number
  readonly of: number
  readonly next: number
  readonly sent: number
  /** `offered`: how far it came is asked; `checking`: all of it is there. */
  readonly state: 'cut' | 'offered' | 'going' | 'checking' | 'shown' | 'refused'
  readonly why: PhotoRefusal | 'unanswered' | null
  /** Since anything was heard. */
  readonly silentTicks: number
}

export type PhotoSendEvent =
  | { readonly type: 'opened' | 'closed' | 'ticked' }
  | { readonly type: 'heard'; readonly message: FromPhotoReceiver }

export type PhotoSay = { readonly type: 'offer' } | { readonly type: 'piece'; readonly index: number }

type Step = { readonly sending: PhotoSending; readonly says: readonly PhotoSay[] }

/** [VISIT-5] Refused here already where it is sure to be there. */
export function newSending(photoId: string, bytes: number): PhotoSending {
  const isTooLarge = bytes > photoLimits.bytes
  return {
    ...{ photoId, bytes, of: piecesOf(bytes), next: 0, sent: 0, silentTicks: 0 },
    state: isTooLarge ? 'refused' : 'cut',
    why: isTooLarge ? 'too-large' : null,
  }
}

export const isSent = ({ state }: PhotoSending) => state === 'shown' || state === 'refused'

/** In hundredths; all of it only once it is seen. */
export function photoPercent({ state, next, of }: PhotoSending): number {
  return state === 'shown' ? 100 : Math.min(99, Math.floor((next * 100) / of))
}

const stay = (sending: PhotoSending): Step => ({ sending, says: [] })

export function photoSendStep(sending: PhotoSending, event: PhotoSendEvent): Step {
  if (isSent(sending)) return stay(sending)
  switch (event.type) {
    case 'opened':
      return offer({ ...sending, silentTicks: 0 })
    case 'closed':
      return stay({ ...sending, state: 'cut' })
    case 'ticked':
      return ticked(sending)
    case 'heard':
      return heard({ ...sending, silentTicks: 0 }, event.message)
  }
}

function offer(sending: PhotoSending): Step {
  return { sending: { ...sending, state: 'offered' }, says: [{ type: 'offer' }] }
}

/** A lost link is waited for as long as the call is; somebody who says nothing is not. */
function ticked(sending: PhotoSending): Step {
  if (sending.state === 'cut') return stay(sending)
  const silentTicks = sending.silentTicks + 1
  if (silentTicks >= ticksToGiveUp)
    return stay({ ...sending, silentTicks, state: 'refused', why: 'unanswered' })
  const isDue = silentTicks % ticksToAsk === 0
  return isDue ? offer({ ...sending, silentTicks }) : stay({ ...sending, silentTicks })
}

function heard(sending: PhotoSending, message: FromPhotoReceiver): Step {
  if (message.photoId !== sending.photoId || sending.state === 'cut') return stay(sending)
  switch (message.type) {
    case 'photo.shown':
      return stay({ ...sending, state: 'shown' })
    case 'photo.refused':
      return stay({ ...sending, state: 'refused', why: message.why })
    case 'photo.next':
      return goOn(sending, Math.min(message.index, sending.of))
  }
}

/** After an offer all that has not arrived is said again; else only what was not said yet. */
function goOn(sending: PhotoSending, index: number): Step {
  const isAsked = sending.state === 'offered'
  if (!isAsked && index < sending.next) return stay(sending)
  const from = isAsked ? index : Math.max(index, sending.sent)
  const until = Math.min(sending.of, index + mostAhead)
  const says = Array.from({ length: Math.max(0, until - from) }, (_, ahead) => ({
    type: 'piece' as const,
    index: from + ahead,
  }))
  const state = index === sending.of ? 'checking' : 'going'
  return { sending: { ...sending, next: index, sent: Math.max(from, until), state }, says }
}
