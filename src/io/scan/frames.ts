/** Which bytes are which frame's (PS3.5 section 8.2 and A.4). */
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import type { PixelLayout, Scan } from '../../core/scan/scan.ts'
import type { Stored } from './data-set.ts'

type Fragments = Extract<Stored, { type: 'fragments' }>

/** YBR_FULL_422 that is not compressed has a chroma for two pixels. */
export function nativeLength({
  rows,
  columns,
  samplesPerPixel,
  photometric,
  bitsAllocated,
}: PixelLayout): number {
  const samples = photometric === 'YBR_FULL_422' ? 2 : samplesPerPixel
  return rows * columns * samples * (bitsAllocated / 8)
}

function nativeFrame(bytes: Uint8Array, pixels: PixelLayout, frame: number): Outcome<Uint8Array> {
  const length = nativeLength(pixels)
  const found = bytes.subarray(frame * length, (frame + 1) * length)
  return found.length === length ? done(found) : fail('truncated', 'pixel data')
}

/** Every stream of a coding begins with its own two bytes: SOI, SOC. RLE has none, and one fragment a frame (A.4.2). */
const beginsStream = (bytes: Uint8Array) => bytes[0] === 0xff && (bytes[1] === 0xd8 || bytes[1] === 0x4f)

/** The first fragment of each frame, by index; null when it cannot be told. */
function startsOf({ fragments, offsets }: Fragments, { frames, syntax }: Scan): readonly number[] | null {
  if (frames === 1) return syntax.coding === 'rle' && fragments.length > 1 ? null : [0]
  if (fragments.length === frames) return fragments.map((_, index) => index)
  const byOffset = new Map(fragments.map(({ offset }, index) => [offset, index]))
  const told = offsets.flatMap((offset) => byOffset.get(offset) ?? [])
  const isTold =
    told.length === frames && told.every((at, index) => index === 0 || at > (told[index - 1] ?? 0))
  if (isTold && told[0] === 0) return told
  const seen = fragments.flatMap(({ bytes }, index) => (beginsStream(bytes) ? [index] : []))
  return seen.length === frames && seen[0] === 0 ? seen : null
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts
  if (first && parts.length === 1) return first
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function fragmentedFrame(stored: Fragments, scan: Scan, frame: number): Outcome<Uint8Array> {
  const starts = startsOf(stored, scan)
  const from = starts?.[frame]
  if (!starts || from === undefined) return fail('corrupt', 'fragments')
  const to = starts[frame + 1] ?? stored.fragments.length
  return done(joined(stored.fragments.slice(from, to).map(({ bytes }) => bytes)))
}

/**
 * [SCAN-6] The bytes of one frame. Fragments are dealt out by count, by the offset table where it fits them, or by where
 * streams begin; where none of these gives every frame its own, `corrupt`, since a guess could show another's.
 */
export function bytesOfFrame(stored: Stored, scan: Scan, frame: number): Outcome<Uint8Array> {
  if (frame < 0 || frame >= scan.frames) return fail('no-such-frame', `${frame}`)
  if (stored.type === 'fragments') {
    if (scan.syntax.coding === 'native') return fail('corrupt', 'fragments')
    return fragmentedFrame(stored, scan, frame)
  }
  if (scan.syntax.coding !== 'native') return fail('corrupt', 'pixel data without fragments')
  return nativeFrame(stored.bytes, scan.pixels, frame)
}
