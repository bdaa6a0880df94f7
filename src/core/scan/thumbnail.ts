/** A small picture of a frame, to know a series by. */

import { fullWindow, shadeOf } from './grey.ts'
import { coloursOf } from './lookup.ts'
import type { Picture } from './samples.ts'
import type { ScanFrame } from './scan.ts'
import { voiOf } from './view.ts'

export type Thumbnail = {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8ClampedArray<ArrayBuffer>
}

/** Every so many pixels one, so that the longer side has at most `most`; square on the screen. */
function places({ rows, columns }: Picture, pixelAspect: number, most: number) {
  const by = Math.max(columns, rows * pixelAspect) / most
  const width = Math.max(1, Math.min(most, Math.round(columns / by)))
  const height = Math.max(1, Math.min(most, Math.round((rows * pixelAspect) / by)))
  const column = (x: number) => Math.min(columns - 1, Math.floor(((x + 0.5) * columns) / width))
  const row = (y: number) => Math.min(rows - 1, Math.floor(((y + 0.5) * rows) / height))
  return { width, height, at: (x: number, y: number) => row(y) * columns + column(x) }
}

function coloursAt(
  { grey, palette }: ScanFrame,
  { samples, samplesPerPixel }: Picture,
  chosen: readonly number[],
): readonly (readonly number[])[] {
  const sample = (at: number) => samples[at] ?? 0
  if (samplesPerPixel === 3) return chosen.map((at) => [0, 1, 2].map((channel) => sample(at * 3 + channel)))
  if (palette) {
    const colours = coloursOf(chosen.map(sample), palette)
    return chosen.map((_, index) => [...colours.subarray(index * 3, index * 3 + 3)])
  }
  const voi = voiOf(grey, null) ?? fullWindow(grey, samples)
  return chosen.map((at) => new Array<number>(3).fill(shadeOf(grey, voi, sample(at))))
}

/** [VIEW-13] A frame as its file says, small: no pixel of it is worked out that is not shown. */
export function thumbnailOf(frame: ScanFrame, picture: Picture, most: number): Thumbnail {
  const { width, height, at } = places(picture, frame.geometry.pixelAspect, most)
  const chosen = Array.from({ length: width * height }, (_, to) => at(to % width, Math.floor(to / width)))
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255)
  coloursAt(frame, picture, chosen).forEach((colour, to) => {
    rgba.set(colour, to * 4)
  })
  return { width, height, rgba }
}
