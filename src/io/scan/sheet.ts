/** One picture as it is to be drawn, and who may draw it. */
import type { Picture } from '../../core/scan/samples.ts'
import type { Shades } from '../../core/scan/shades.ts'
import type { Matrix } from '../../core/scan/view.ts'

export type Sheet = {
  readonly picture: Picture
  readonly shades: Shades
  /** From image coordinates to the canvas's own pixels. */
  readonly placement: Matrix
}

/** The picture's samples as unsigned words, which is how `Shades` are looked up. */
export function wordsIn({ samples }: Picture): Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = samples
  return samples.BYTES_PER_ELEMENT === 1
    ? new Uint8Array(buffer, byteOffset, length)
    : new Uint16Array(buffer, byteOffset, length)
}

export type Stage = {
  /** Draws on black. False: not here, not this one. */
  paint(sheet: Sheet, canvas: CanvasRenderingContext2D): boolean
  /** Lets go of every pixel. */
  forget(): void
}
