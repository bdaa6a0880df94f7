/** Pixels that are not compressed (PS3.5 section 8.1.1). */
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import { unpaired, wordsOf } from '../../core/scan/samples.ts'
import type { PixelLayout } from '../../core/scan/scan.ts'
import type { Decoded } from './codec.ts'

/** `bytes` are exactly one frame's, as `bytesOfFrame` gives them. */
export function decodeNative(bytes: Uint8Array, pixels: PixelLayout, isBigEndian: boolean): Outcome<Decoded> {
  if (pixels.photometric === 'YBR_FULL_422') {
    if (pixels.columns % 2 !== 0) return fail('corrupt', 'columns of YBR_FULL_422')
    return done({ words: unpaired(bytes), isPlanar: false, colour: 'as-told' })
  }
  const words = pixels.bitsAllocated === 16 ? wordsOf(bytes, isBigEndian) : new Uint8Array(bytes)
  return done({ words, isPlanar: pixels.isPlanar, colour: 'as-told' })
}
