/**
 * [STRIP-4] A compressed frame bare of what is not its picture. Streams have places for remarks, thumbnails and cameras' notes,
 * and whatever a writer left behind their end: all of that is overwritten with zeros or cut off, so that what is coded stays
 * byte for byte where it was.
 */
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import type { PixelLayout } from '../../core/scan/scan.ts'
import type { Coding } from '../../core/scan/syntax.ts'
import { segmentsOf } from './rle-segments.ts'

type Compressed = Exclude<Coding, 'native'>

const word = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const long = (bytes: Uint8Array, at: number) => word(bytes, at) * 65_536 + word(bytes, at + 2)

/** Application segments that say how colours were coded, and how many bytes of each say it. */
const neededNotes: readonly (readonly [marker: number, name: string, length: number])[] = [
  [0xffe0, 'JFIF\0', 14],
  [0xffe8, 'mrfx', 5],
  [0xffee, 'Adobe', 12],
]

/** How many bytes of a segment's content stay. T.81 table B.1: SOFn, tables, DRI and SOS; LSE of T.87 C.2.4.1. */
function neededOfJpeg(stream: Uint8Array, marker: number, from: number): number {
  const note = neededNotes.find(
    ([one, name]) =>
      one === marker && String.fromCharCode(...stream.subarray(from, from + name.length)) === name,
  )
  if (note) return note[2]
  const isTable = (marker >= 0xffc0 && marker <= 0xffcf) || (marker >= 0xffda && marker <= 0xffdf)
  return isTable || marker === 0xfff7 || marker === 0xfff8 ? 65_535 : 0
}

/** T.800 table A.2: what has to be there to decode; remarks (COM, FF64) and what is unknown does not. */
const neededOf2000 = (marker: number) =>
  (marker >= 0xff50 && marker <= 0xff63) || marker === 0xff90 ? 65_535 : 0

/** Zeros what of a segment is not needed. The place behind it, or null when it reaches beyond the stream. */
function pass(stream: Uint8Array, at: number, needed: number): number | null {
  const length = word(stream, at + 2)
  const end = at + 2 + length
  if (length < 2 || end > stream.length) return null
  stream.fill(0, Math.min(at + 4 + needed, end), end)
  return end
}

/** The first marker behind entropy-coded bytes. FF before less than 80 is one of them in JPEG-LS, before 00 in JPEG. */
function behindScan(stream: Uint8Array, from: number): number {
  let at = from
  while (at + 1 < stream.length) {
    const next = stream[at + 1] ?? 0
    if (stream[at] === 0xff && next >= 0x80 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
    at++
  }
  return stream.length
}

/** Null where the stream has no end. */
function bareJpeg(stream: Uint8Array): Uint8Array | null {
  let at: number | null = 2
  while (at !== null && at + 1 < stream.length) {
    const marker = word(stream, at)
    if (marker === 0xffd9) return stream.subarray(0, at + 2)
    if (marker === 0xffff) at += 1
    else if (marker === 0xff01 || (marker >= 0xffd0 && marker <= 0xffd7)) at += 2
    else if (marker < 0xff80) return null
    else {
      at = pass(stream, at, neededOfJpeg(stream, marker, at + 4))
      if (at !== null && marker === 0xffda) at = behindScan(stream, at)
    }
  }
  return null
}

/** A tile-part by its length; one that tells none is the last (T.800 A.4.2), and ends where the codestream does. */
function behindTilePart(stream: Uint8Array, at: number): number | null {
  const length = long(stream, at + 6)
  let header: number | null = at + 12
  while (header !== null && word(stream, header) !== 0xff93)
    header = word(stream, header) < 0xff00 ? null : pass(stream, header, neededOf2000(word(stream, header)))
  if (header === null) return null
  if (length > 0) return at + length > header ? at + length : null
  let end = header + 2
  while (end + 1 < stream.length && word(stream, end) !== 0xffd9) end++
  return end
}

function bare2000(stream: Uint8Array): Uint8Array | null {
  let at: number | null = 2
  while (at !== null && at + 1 < stream.length) {
    const marker = word(stream, at)
    if (marker === 0xffd9) return stream.subarray(0, at + 2)
    if (marker < 0xff00) return null
    at = marker === 0xff90 ? behindTilePart(stream, at) : pass(stream, at, neededOf2000(marker))
  }
  return null
}

/** How much of a packed segment (PS3.5 G.3.1) fills `length` bytes, and how much of its last run is too much. */
function takenOf(
  segment: Uint8Array,
  length: number,
): { readonly end: number; readonly spare: number } | null {
  let [from, left] = [0, length]
  while (left > 0) {
    const control = segment[from]
    if (control === undefined) return null
    if (control === 128) from += 1
    else {
      const count = control < 128 ? control + 1 : 257 - control
      from += control < 128 ? count + 1 : 2
      left -= count
      if (left < 0 && control < 128) return from <= segment.length ? { end: from, spare: -left } : null
    }
  }
  return from <= segment.length ? { end: from, spare: 0 } : null
}

/** Header and segments put together anew: nothing between them, nothing behind. */
function bareRle(stream: Uint8Array, pixels: PixelLayout): Uint8Array | null {
  const { rows, columns, samplesPerPixel, bitsAllocated } = pixels
  const segments = segmentsOf(stream, samplesPerPixel * (bitsAllocated / 8))
  if (!segments) return null
  const whole = new Uint8Array(64 + segments.reduce((sum, one) => sum + one.length + 1, 0))
  const header = new DataView(whole.buffer)
  header.setUint32(0, segments.length, true)
  let at = 64
  for (const [index, segment] of segments.entries()) {
    const taken = takenOf(segment, rows * columns)
    if (!taken) return null
    header.setUint32(4 + index * 4, at, true)
    whole.set(segment.subarray(0, taken.end - taken.spare), at)
    at += taken.end + (taken.end % 2)
  }
  return whole.subarray(0, at)
}

/** One frame's stream, a copy. `corrupt` when it is none of its kind, or has no end. */
export function bareStream(bytes: Uint8Array, coding: Compressed, pixels: PixelLayout): Outcome<Uint8Array> {
  const is2000 = coding === 'jpeg-2000' || coding === 'htj2k'
  const bare =
    coding === 'rle' ? bareRle(bytes, pixels) : is2000 ? bare2000(bytes.slice()) : bareJpeg(bytes.slice())
  return bare ? done(bare) : fail('corrupt', 'stream')
}
