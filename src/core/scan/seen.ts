/** One frame as the colours of a screen, as its file says it is looked at: for looking at it, not for looking into it. */
import { fullWindow, shadesOf } from './grey.ts'
import { coloursOf } from './lookup.ts'
import type { Picture } from './samples.ts'
import type { ScanFrame } from './scan.ts'

/** Red, green, blue and opaque, pixel by pixel. */
export function screenPixels({ grey, palette }: ScanFrame, picture: Picture): Uint8ClampedArray<ArrayBuffer> {
  const { rows, columns, samples, samplesPerPixel } = picture
  const isGrey = samplesPerPixel === 1 && !palette
  const voi = grey.windows[0] ?? grey.voiLuts[0] ?? fullWindow(grey, isGrey ? samples : [])
  const from = isGrey ? shadesOf(grey, voi, samples) : palette ? coloursOf(samples, palette) : samples
  const pixels = new Uint8ClampedArray(rows * columns * 4)
  for (let at = 0; at < rows * columns; at++)
    for (let channel = 0; channel < 4; channel++)
      pixels[at * 4 + channel] = channel === 3 ? 255 : (from[isGrey ? at : at * 3 + channel] ?? 0)
  return pixels
}
