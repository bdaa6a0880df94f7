/** From stored values to grey: modality, then values of interest, then polarity (PS3.3 C.11.1, C.11.2; PS3.4 N.2). */
import { type Lookup, look, lutOf } from './lookup.ts'
import type { PixelLayout } from './scan.ts'
import { type Attributes, type Tag, tags } from './tags.ts'
import { cleanText } from './texts.ts'

export const voiFunctions = ['LINEAR', 'LINEAR_EXACT', 'SIGMOID'] as const
export type VoiFunction = (typeof voiFunctions)[number]

/** In units after the modality's transformation: Hounsfield in CT. */
export type Window = { readonly centre: number; readonly width: number }

export type NamedWindow = Window & { readonly name: string | null }

export type Grey = {
  /** Modality: a table, or `stored × slope + intercept`. */
  readonly modality: Lookup | { readonly slope: number; readonly intercept: number }
  readonly windows: readonly NamedWindow[]
  readonly voiLuts: readonly Lookup[]
  readonly voiFunction: VoiFunction
  /** MONOCHROME1, or an inverse presentation: the least value is white. */
  readonly isInverted: boolean
}

const firstOf = <T>(places: readonly Attributes[], read: (place: Attributes) => readonly T[]): readonly T[] =>
  places.map(read).find((found) => found.length > 0) ?? []

/** A LINEAR window has a width of at least 1, the others more than 0 (PS3.3 C.11.2.1.2, C.11.2.1.3). */
const isWidth = (width: number, voiFunction: VoiFunction) =>
  voiFunction === 'LINEAR' ? width >= 1 : width > 0

function windowsOf(place: Attributes, voiFunction: VoiFunction): readonly NamedWindow[] {
  const widths = place.numbers(tags.windowWidth)
  const names = (place.text(tags.windowName) ?? '').split('\\').map((name) => cleanText(name, 64))
  return place.numbers(tags.windowCentre).flatMap((centre, index) => {
    const width = widths[index]
    if (width === undefined || !isWidth(width, voiFunction)) return []
    return [{ centre, width, name: names[index] || null }]
  })
}

/** `places`: where a frame's attributes may stand, nearest first. */
export function greyOf(places: readonly Attributes[], { photometric, isSigned }: PixelLayout): Grey {
  const text = (tag: Tag) => places.map((place) => place.text(tag)).find((one) => one !== null)
  const number = (tag: Tag) => firstOf(places, (place) => place.numbers(tag))[0]
  const voiFunction = voiFunctions.find((one) => one === text(tags.voiFunction)) ?? 'LINEAR'
  const luts = (tag: Tag, signed: boolean) =>
    firstOf(places, (place) => place.items(tag).flatMap((item) => lutOf(item, signed) ?? []))
  const slope = number(tags.slope) || 1
  const intercept = number(tags.intercept) ?? 0
  const isBelowZero = isSigned || intercept < 0
  return {
    modality: luts(tags.modalityLut, isSigned)[0] ?? { slope, intercept },
    windows: firstOf(places, (place) => windowsOf(place, voiFunction)),
    voiLuts: luts(tags.voiLut, isBelowZero),
    voiFunction,
    isInverted: photometric === 'MONOCHROME1' || text(tags.presentationShape) === 'INVERSE',
  }
}

/** A stored value in the modality's units. */
export const modalityValue = ({ modality }: Grey, stored: number): number =>
  'entries' in modality ? look(modality, stored) : stored * modality.slope + modality.intercept

const clamp = (share: number) => Math.min(Math.max(share, 0), 1)

/** [SCAN-8] What share of white, 0 to 1, a value is: PS3.3 C.11.2.1.2.1, C.11.2.1.3.1 and C.11.2.1.3.2. */
export function voiShare(value: number, { centre, width }: Window, voiFunction: VoiFunction): number {
  if (voiFunction === 'SIGMOID') return 1 / (1 + Math.exp((-4 * (value - centre)) / width))
  if (voiFunction === 'LINEAR_EXACT') return clamp((value - centre) / width + 0.5)
  const middle = centre - 0.5
  if (value <= middle - (width - 1) / 2) return 0
  if (value > middle + (width - 1) / 2) return 1
  return clamp((value - middle) / (width - 1) + 0.5)
}

const lutShare = (lut: Lookup, value: number) => look(lut, value) / (2 ** lut.bits - 1)

/** The window of all the values that there are, which shows everything: for a picture that names none. */
export function fullWindow(grey: Grey, samples: ArrayLike<number>): Window {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let at = 0; at < samples.length; at++) {
    const stored = samples[at] ?? 0
    if (stored < least) least = stored
    if (stored > most) most = stored
  }
  const [a, b] = [modalityValue(grey, least), modalityValue(grey, most)]
  if (!Number.isFinite(a) || !Number.isFinite(b)) return { centre: 0.5, width: 1 }
  return { centre: (a + b + 1) / 2, width: Math.abs(b - a) + 1 }
}

/** What one pixel looks like, 0 (black) to 255: through a window, or a VOI table. */
export function shadeOf(grey: Grey, voi: Window | Lookup, stored: number): number {
  const value = modalityValue(grey, stored)
  const share = 'entries' in voi ? lutShare(voi, value) : voiShare(value, voi, grey.voiFunction)
  return Math.round(255 * clamp(grey.isInverted ? 1 - share : share))
}

/** A whole frame, one byte a pixel. Every stored value is worked out once. */
export function shadesOf(
  grey: Grey,
  voi: Window | Lookup,
  samples: ArrayLike<number>,
): Uint8Array<ArrayBuffer> {
  const shades = new Uint8Array(samples.length)
  const known = new Int16Array(1 << 17).fill(-1)
  for (let at = 0; at < samples.length; at++) {
    const stored = samples[at] ?? 0
    const place = stored + 65_536
    const shade = known[place] ?? -1
    if (shade < 0) known[place] = shadeOf(grey, voi, stored)
    shades[at] = known[place] ?? 0
  }
  return shades
}
