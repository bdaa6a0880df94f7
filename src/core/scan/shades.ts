/** Every stored value that a picture may hold as what it looks like: a picture is then drawn by looking each pixel up. */
import { fullWindow, type Grey, shadeOf, type Window } from './grey.ts'
import { type Lookup, look, type Palette } from './lookup.ts'
import type { Picture } from './samples.ts'
import type { PixelLayout, ScanFrame } from './scan.ts'
import { type View, voiOf } from './view.ts'

/**
 * Red, green, blue and 255 for each word, 256 or 65,536 of them. A signed value stands where its bits do, so that whoever
 * draws need not know of signs. Of a picture in RGB each colour is looked up for itself.
 */
export type Shades = Uint8Array<ArrayBuffer>

const channels = 4

function range({ bitsStored, isSigned }: PixelLayout): readonly [least: number, most: number] {
  const count = 2 ** bitsStored
  return isSigned ? [-count / 2, count / 2 - 1] : [0, count - 1]
}

function filled(
  pixels: PixelLayout,
  coloursOf: (stored: number) => readonly [number, number, number],
): Shades {
  const words = 2 ** pixels.bitsAllocated
  const shades = new Uint8Array(words * channels)
  const [least, most] = range(pixels)
  for (let stored = least; stored <= most; stored++) {
    const at = (stored < 0 ? stored + words : stored) * channels
    const [red, green, blue] = coloursOf(stored)
    shades[at] = red
    shades[at + 1] = green
    shades[at + 2] = blue
    shades[at + 3] = 255
  }
  return shades
}

function throughPalette(pixels: PixelLayout, { red, green, blue }: Palette, isInverted: boolean): Shades {
  const tables = [red, green, blue] as const
  // As `coloursOf` has it: eight-bit colours may stand in either byte of 16.
  const shifts = tables.map(({ bits, entries }) =>
    bits > 8 && entries.some((one) => one > 255) ? bits - 8 : 0,
  )
  const colour = (channel: 0 | 1 | 2, stored: number) => {
    const found = (look(tables[channel], stored) >> (shifts[channel] ?? 0)) & 255
    return isInverted ? 255 - found : found
  }
  return filled(pixels, (stored) => [colour(0, stored), colour(1, stored), colour(2, stored)])
}

const through = (pixels: PixelLayout, grey: Grey, voi: Window | Lookup): Shades =>
  filled(pixels, (stored) => {
    const shade = shadeOf(grey, voi, stored)
    return [shade, shade, shade]
  })

/** Of RGB: a window of 0 to 255 leaves each colour as it is. */
const wholeByte: Window = { centre: 128, width: 256 }

/** What two frames have in common that are looked at the same way; tables are compared by who they are. */
const isSame = (a: Grey, b: Grey): boolean =>
  a.voiFunction === b.voiFunction &&
  a.isInverted === b.isInverted &&
  (a.modality === b.modality ||
    ('slope' in a.modality &&
      'slope' in b.modality &&
      a.modality.slope === b.modality.slope &&
      a.modality.intercept === b.modality.intercept))

type Ask = {
  readonly pixels: PixelLayout
  readonly palette: Palette | null
  readonly grey: Grey
  readonly voi: Window | Lookup
}

function askOf({ pixels, palette, grey }: ScanFrame, picture: Picture, view: View): Ask {
  const turned = { ...grey, isInverted: grey.isInverted !== view.isInverted }
  const isColour = pixels.samplesPerPixel === 3
  const voi = isColour
    ? (view.voi ?? wholeByte)
    : (voiOf(grey, view.voi) ?? fullWindow(grey, picture.samples))
  return { pixels, palette, grey: turned, voi }
}

const isSameVoi = (a: Window | Lookup, b: Window | Lookup) =>
  a === b || ('width' in a && 'width' in b && a.width === b.width && a.centre === b.centre)

const isSamePixels = (a: PixelLayout, b: PixelLayout) =>
  a.bitsAllocated === b.bitsAllocated &&
  a.bitsStored === b.bitsStored &&
  a.isSigned === b.isSigned &&
  a.samplesPerPixel === b.samplesPerPixel

/**
 * [SCAN-8] [SCAN-16] `shadesOf` for every value at once: through the view's window, or as the file says. The last table is
 * kept, since the slices of a series are looked at the same way.
 */
export function createShades(): (frame: ScanFrame, picture: Picture, view: View) => Shades {
  let last: { readonly ask: Ask; readonly shades: Shades } | null = null
  return (frame, picture, view) => {
    const ask = askOf(frame, picture, view)
    const { pixels, palette, grey, voi } = ask
    const isKnown =
      last &&
      last.ask.palette === palette &&
      isSamePixels(last.ask.pixels, pixels) &&
      isSame(last.ask.grey, grey) &&
      isSameVoi(last.ask.voi, voi)
    if (last && isKnown) return last.shades
    const shades = palette ? throughPalette(pixels, palette, grey.isInverted) : through(pixels, grey, voi)
    last = { ask, shades }
    return shades
  }
}
