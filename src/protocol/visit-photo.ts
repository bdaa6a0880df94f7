/** A photo from an outpatient's camera, piece by piece over the verified link of their call: no server sees it or keeps it. */
import * as v from 'valibot'
import { base64url, counter, id } from './primitives.ts'
import { maxTalk } from './talk.ts'

export const photoLimits = {
  bytes: 3_000_000,
  /** Of its long side, in pixels. */
  side: 1_600,
  /** That came whole, in one call. */
  photos: 10,
  /** In a piece, so that it is no longer than a word may be once it is written in letters. */
  pieceBytes: 12_000,
} as const

export function piecesOf(byteLength: number): number {
  return Math.ceil(byteLength / photoLimits.pieceBytes)
}

/**
 * `too-large`: in bytes; `busy`: another one comes; `too-many`: in this call; `broken`: pieces are not what was offered, or it
 * is no JPEG; `wrong-size`: too many pixels, or none.
 */
export const photoRefusals = ['too-large', 'busy', 'too-many', 'broken', 'wrong-size'] as const
export type PhotoRefusal = (typeof photoRefusals)[number]

const photoId = { photoId: id }
const positive = v.pipe(counter, v.minValue(1))

/** By the outpatient. An offer that is said again asks how far it came. */
const offer = v.strictObject({
  type: v.literal('photo.offer'),
  ...photoId,
  bytes: positive,
  of: positive,
})
const piece = v.strictObject({
  type: v.literal('photo.piece'),
  ...photoId,
  index: counter,
  of: positive,
  data: base64url(maxTalk),
})
const withdrawn = v.strictObject({ type: v.literal('photo.withdrawn'), ...photoId })

/** By whoever sees them. `index`: all before it are here. */
const next = v.strictObject({ type: v.literal('photo.next'), ...photoId, index: counter })
const shown = v.strictObject({ type: v.literal('photo.shown'), ...photoId })
const refused = v.strictObject({
  type: v.literal('photo.refused'),
  ...photoId,
  why: v.picklist(photoRefusals),
})

const fromSender = v.variant('type', [offer, piece, withdrawn])
const fromReceiver = v.variant('type', [next, shown, refused])
export type FromPhotoSender = v.InferOutput<typeof fromSender>
export type FromPhotoReceiver = v.InferOutput<typeof fromReceiver>

const start = '{"type":"photo.'

function parse(text: string): unknown {
  if (!text.startsWith(start) || text.length > maxTalk) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Null: it is nothing of a photo; neither throws. */
export function decodeFromSender(text: string): FromPhotoSender | null {
  const result = v.safeParse(fromSender, parse(text))
  return result.success ? result.output : null
}

export function decodeFromReceiver(text: string): FromPhotoReceiver | null {
  const result = v.safeParse(fromReceiver, parse(text))
  return result.success ? result.output : null
}
