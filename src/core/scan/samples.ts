/** From the bytes that a codec leaves to stored values and RGB (PS3.5 section 8, PS3.3 C.7.6.3.1). */
import type { PixelLayout } from './scan.ts'

export type Samples =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>

/** One decoded frame: stored values, or RGB pixel by pixel. Palette pictures are indices still. */
export type Picture = {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: 1 | 3
  readonly samples: Samples
}

function emptySamples({ bitsAllocated, isSigned }: PixelLayout, length: number): Samples {
  if (bitsAllocated === 8) return isSigned ? new Int8Array(length) : new Uint8Array(length)
  return isSigned ? new Int16Array(length) : new Uint16Array(length)
}

/**
 * The stored bits of each word, with their sign. What lies above the high bit is not the picture's (old overlays), and a
 * codec that knows nothing of the sign leaves it to us (PS3.5 section 8.1.1).
 */
export function storedValues(words: ArrayLike<number>, pixels: PixelLayout): Samples {
  const { bitsStored, highBit, isSigned } = pixels
  const down = highBit - bitsStored + 1
  const rest = 32 - bitsStored
  const values = emptySamples(pixels, words.length)
  for (let at = 0; at < words.length; at++) {
    const raised = ((words[at] ?? 0) >>> down) << rest
    values[at] = isSigned ? raised >> rest : raised >>> rest
  }
  return values
}

/** Bytes as 16-bit words. `bytes` has an even length. */
export function wordsOf(bytes: Uint8Array, isBigEndian: boolean): Uint16Array<ArrayBuffer> {
  const words = new Uint16Array(bytes.length >> 1)
  const [low, high] = isBigEndian ? [1, 0] : [0, 1]
  for (let at = 0; at < words.length; at++)
    words[at] = (bytes[at * 2 + low] ?? 0) | ((bytes[at * 2 + high] ?? 0) << 8)
  return words
}

/** Colour by colour → pixel by pixel. */
export function interleaved(planes: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const size = planes.length / 3
  const pixels = new Uint8Array(planes.length)
  for (let at = 0; at < size; at++)
    for (let channel = 0; channel < 3; channel++) pixels[at * 3 + channel] = planes[channel * size + at] ?? 0
  return pixels
}

/** Y Y Cb Cr for two pixels → Y Cb Cr for each (YBR_FULL_422 that is not compressed). */
export function unpaired(pairs: Uint8Array): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array((pairs.length / 4) * 6)
  for (let from = 0, to = 0; from < pairs.length; from += 4, to += 6) {
    const [first = 0, second = 0, blue = 0, red = 0] = pairs.subarray(from, from + 4)
    pixels.set([first, blue, red, second, blue, red], to)
  }
  return pixels
}

const byte = (value: number) => Math.min(Math.max(Math.round(value), 0), 255)

/** [SCAN-7] YBR_FULL → RGB, eight bits, pixel by pixel (PS3.3 C.7.6.3.1.2: the inverse of its matrix, CCIR 601-2). */
export function rgbOfYbr(pixels: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const colours = new Uint8Array(pixels.length)
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const luma = pixels[at] ?? 0
    const blue = (pixels[at + 1] ?? 0) - 128
    const red = (pixels[at + 2] ?? 0) - 128
    colours[at] = byte(luma + 1.402 * red)
    colours[at + 1] = byte(luma - 0.344136 * blue - 0.714136 * red)
    colours[at + 2] = byte(luma + 1.772 * blue)
  }
  return colours
}
