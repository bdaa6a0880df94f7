/** How large a JPEG says to be, read before anything decodes it: a few bytes may claim a picture that no memory holds. */
import { type PhotoRefusal, photoLimits } from '../protocol/visit-photo.ts'

export type PhotoSize = { readonly width: number; readonly height: number }

const word = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

/** Baseline, extended and progressive, by Huffman (ITU-T T.81, table B.1): what browsers make. */
const isFrame = (marker: number) => marker >= 0xffc0 && marker <= 0xffc2

/** Walks the segments to the frame (T.81, B.2.2). Null: it has none, or does not begin as a JPEG. */
function frameSize(bytes: Uint8Array): PhotoSize | null {
  if (word(bytes, 0) !== 0xffd8) return null
  let at = 2
  while (at + 9 <= bytes.length) {
    const marker = word(bytes, at)
    if (isFrame(marker)) return { height: word(bytes, at + 5), width: word(bytes, at + 7) }
    const isSegment = marker > 0xff01 && marker < 0xffff && marker !== 0xffda && marker !== 0xffd9
    if (!isSegment) return null
    at += 2 + Math.max(word(bytes, at + 2), 2)
  }
  return null
}

/** [VISIT-5] The size that may be decoded, or why none may. */
export function photoSizeIn(bytes: Uint8Array): PhotoSize | PhotoRefusal {
  const size = frameSize(bytes)
  if (!size) return 'broken'
  const isWithin = (side: number) => side >= 1 && side <= photoLimits.side
  return isWithin(size.width) && isWithin(size.height) ? size : 'wrong-size'
}

/** [VISIT-5] The size that leaves: never larger than the camera's own. */
export function photoSizeFor({ width, height }: PhotoSize): PhotoSize {
  const scale = Math.min(1, photoLimits.side / Math.max(width, height))
  const scaled = (side: number) => Math.max(1, Math.round(side * scale))
  return { width: scaled(width), height: scaled(height) }
}
