/** RLE (PS3.5 annex G): one segment a byte of each sample, the most significant first, each packed by PackBits. */
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import type { PixelLayout } from '../../core/scan/scan.ts'
import type { Codec, Decoded } from './codec.ts'
import { segmentsOf } from './rle-segments.ts'

/** G.3.1: fills `plane` or says false when the segment ends before it does. */
function unpack(segment: Uint8Array, plane: Uint8Array): boolean {
  let [from, to] = [0, 0]
  while (to < plane.length) {
    const control = segment[from++]
    if (control === undefined) return false
    if (control === 128) continue
    if (control < 128) {
      const run = segment.subarray(from, from + Math.min(control + 1, plane.length - to))
      if (run.length === 0) return false
      plane.set(run, to)
      from += control + 1
      to += run.length
    } else {
      const value = segment[from++]
      if (value === undefined) return false
      const end = Math.min(to + 257 - control, plane.length)
      plane.fill(value, to, end)
      to = end
    }
  }
  return true
}

function unpacked(bytes: Uint8Array, pixels: PixelLayout): Outcome<Decoded> {
  const { rows, columns, samplesPerPixel, bitsAllocated } = pixels
  const [size, bytesPerSample] = [rows * columns, bitsAllocated / 8]
  const segments = segmentsOf(bytes, samplesPerPixel * bytesPerSample)
  if (!segments) return fail('corrupt', 'segments')
  const plane = new Uint8Array(size)
  const words = bitsAllocated === 16 ? new Uint16Array(size) : new Uint8Array(size * samplesPerPixel)
  for (const [index, segment] of segments.entries()) {
    if (!unpack(segment, plane)) return fail('truncated', 'segment')
    if (bitsAllocated === 8) words.set(plane, index * size)
    else for (let at = 0; at < size; at++) words[at] = ((words[at] ?? 0) << 8) | (plane[at] ?? 0)
  }
  return done({ words, isPlanar: samplesPerPixel > 1, colour: 'as-told' })
}

export const decodeFrame: Codec = async (bytes, pixels) => unpacked(bytes, pixels)
