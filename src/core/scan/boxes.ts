/** Black boxes over what is written in a picture. They overwrite; nothing lies below them. */
import { fullWindow, type Grey, shadeOf, type Window } from './grey.ts'
import type { Lookup } from './lookup.ts'
import type { Picture } from './samples.ts'
import type { PixelLayout } from './scan.ts'

/** In image pixels, of all frames. What is part of a pixel covers it, what lies outside covers nothing. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

type Area = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

function areaOf({ x, y, width, height }: Box, columns: number, rows: number): Area {
  const within = (at: number, most: number) => Math.min(Math.max(at, 0), most)
  return {
    left: within(Math.floor(x), columns),
    top: within(Math.floor(y), rows),
    right: within(Math.ceil(x + width), columns),
    bottom: within(Math.ceil(y + height), rows),
  }
}

function extremes(samples: ArrayLike<number>): readonly [least: number, most: number] {
  let [least, most] = [samples[0] ?? 0, samples[0] ?? 0]
  for (let at = 1; at < samples.length; at++) {
    const value = samples[at] ?? 0
    if (value < least) least = value
    if (value > most) most = value
  }
  return [least, most]
}

/**
 * The stored value that is black whichever of its windows a grey frame is seen through. An end of what the frame holds
 * already, if it is black: a value far outside would stretch the window of a picture that names none.
 */
export function blackOf(samples: ArrayLike<number>, grey: Grey, pixels: PixelLayout): number {
  const [least, most] = extremes(samples)
  const named: readonly (Window | Lookup)[] = [...grey.windows, ...grey.voiLuts]
  if (named.length === 0) return darkest([least, most], [fullWindow(grey, [least, most])], grey)
  const lowest = pixels.isSigned ? -(2 ** (pixels.bitsStored - 1)) : 0
  return darkest([least, most, lowest, lowest + 2 ** pixels.bitsStored - 1], named, grey)
}

function darkest(values: readonly number[], ways: readonly (Window | Lookup)[], grey: Grey): number {
  const light = (value: number) => ways.reduce((sum, way) => sum + shadeOf(grey, way, value), 0)
  return values.reduce((best, value) => (light(value) < light(best) ? value : best), values[0] ?? 0)
}

/** [STRIP-5] Writes `black` into every sample of the boxes. */
export function paint(
  { rows, columns, samplesPerPixel, samples }: Picture,
  boxes: readonly Box[],
  black: number,
): void {
  for (const box of boxes) {
    const { left, top, right, bottom } = areaOf(box, columns, rows)
    for (let row = top; row < bottom; row++)
      samples.fill(black, (row * columns + left) * samplesPerPixel, (row * columns + right) * samplesPerPixel)
  }
}
