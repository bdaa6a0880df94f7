/**
 * What a compressed frame says of itself: read before a codec sees it, so that nothing is allocated for a size the file
 * does not have. JPEG and JPEG-LS by their SOF (ITU-T T.81 B.2.2, T.87 C.2.2), JPEG 2000 by SIZ (T.800 A.5.1).
 */
import { done, fail, type Outcome } from './outcome.ts'
import type { PixelLayout } from './scan.ts'

export type StreamHeader = {
  readonly rows: number
  readonly columns: number
  readonly components: number
  /** Bits of a sample. */
  readonly precision: number
  /** The start-of-frame marker, FFxx; of JPEG 2000 its SIZ. */
  readonly marker: number
}

const word = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const long = (bytes: Uint8Array, at: number) => word(bytes, at) * 65_536 + word(bytes, at + 2)

const standsAlone = (marker: number) => marker === 0xff01 || (marker >= 0xffd0 && marker <= 0xffd7)
const isStartOfFrame = (marker: number) =>
  marker === 0xfff7 || (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker))

/** Walks the segments to the start of frame; null when there is none before the picture. */
function startOfFrame(bytes: Uint8Array): StreamHeader | null {
  let at = 2
  while (at + 4 <= bytes.length) {
    const marker = word(bytes, at)
    if (marker === 0xffff) at += 1
    else if (standsAlone(marker)) at += 2
    else if (isStartOfFrame(marker)) {
      const [precision = 0, components = 0] = [bytes[at + 4], bytes[at + 9]]
      return { marker, precision, rows: word(bytes, at + 5), columns: word(bytes, at + 7), components }
    } else if (marker < 0xff01 || marker === 0xffda || marker === 0xffd9) return null
    else at += 2 + Math.max(word(bytes, at + 2), 2)
  }
  return null
}

/** More tiles than this have no use, and each costs a decoder memory. */
const mostTiles = 4096

/** A bare codestream begins with SOC and SIZ (T.800 A.4.1, A.5.1). */
function sizeSegment(bytes: Uint8Array): StreamHeader | null {
  if (word(bytes, 2) !== 0xff51 || bytes.length < 44) return null
  const [right, bottom, left, top] = [8, 12, 16, 20].map((at) => long(bytes, at))
  const [tileWidth, tileHeight, tileLeft, tileTop] = [24, 28, 32, 36].map((at) => long(bytes, at))
  if (right === undefined || bottom === undefined || left === undefined || top === undefined) return null
  if (!tileWidth || !tileHeight || tileLeft === undefined || tileTop === undefined) return null
  const components = word(bytes, 40)
  const tiles = Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight)
  if (tiles < 1 || tiles > mostTiles || left > right || top > bottom || components > 4) return null
  const each = Array.from({ length: components }, (_, index) =>
    bytes.subarray(42 + index * 3, 45 + index * 3),
  )
  const [first] = each
  // Components of other sizes or depths are no picture of this kind: a decoder would read past one of them.
  if (!first || each.some((one) => one[0] !== first[0] || one[1] !== 1 || one[2] !== 1)) return null
  const precision = ((first[0] ?? 0) & 127) + 1
  return { marker: 0xff51, precision, rows: bottom - top, columns: right - left, components }
}

/** What a JPEG that is a photograph says of its size; what a camera puts behind its end is no fault. Null: no JPEG. */
export const pictureHeaderOf = (bytes: Uint8Array): StreamHeader | null =>
  word(bytes, 0) === 0xffd8 ? startOfFrame(bytes) : null

/** `corrupt` when the stream does not begin as one of its kind, `truncated` when it has no end. */
export function streamHeaderOf(bytes: Uint8Array): Outcome<StreamHeader> {
  const start = word(bytes, 0)
  const header = start === 0xffd8 ? startOfFrame(bytes) : start === 0xff4f ? sizeSegment(bytes) : null
  if (!header) return fail('corrupt', 'stream header')
  return endsProperly(bytes) ? done(header) : fail('truncated', 'stream')
}

/** EOI and EOC are one marker, FFD9; padding may follow, which should be 0 (PS3.5 A.4) and is also met as FF. */
function endsProperly(bytes: Uint8Array): boolean {
  let end = bytes.length
  while (end > 2 && (bytes[end - 1] === 0 || bytes[end - 1] === 0xff)) end--
  return end >= 2 && word(bytes, end - 2) === 0xffd9
}

/**
 * [SCAN-5] Whether a stream is of the size and the depth that its data set says. One of more bits than are allocated, or
 * than are stored, is of another picture.
 */
export function fits(header: StreamHeader, pixels: PixelLayout): Outcome<null> {
  const { rows, columns, samplesPerPixel, bitsAllocated } = pixels
  if (header.rows !== rows || header.columns !== columns) return fail('corrupt', 'size of the stream')
  if (header.components !== samplesPerPixel) return fail('corrupt', 'colours of the stream')
  const isDeep = header.precision < 1 || header.precision > bitsAllocated
  return isDeep ? fail('corrupt', 'depth of the stream') : done(null)
}
