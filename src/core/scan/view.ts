/**
 * How a picture is looked at: a value in the picture's own coordinates, so that a telephone and a wall screen mean the same by
 * it. Everything here is a pure function from one view to the next.
 *
 * Image coordinates count pixels from the upper left corner of the first one: a picture covers 0 … columns, 0 … rows. Viewport
 * coordinates are CSS pixels from the upper left corner of what it is shown in. A picture is flipped first, turned then.
 */
import type { Grey, VoiFunction, Window } from './grey.ts'
import type { Lookup } from './lookup.ts'

export type Point = readonly [x: number, y: number]

export type Rotation = 0 | 90 | 180 | 270

export type View = {
  readonly fileId: string
  /** Counted from 0. */
  readonly frame: number
  /** Null: as the file says; see `voiOf`. */
  readonly voi: Window | null
  readonly isInverted: boolean
  /** What lies in the middle of the viewport, in image coordinates. */
  readonly centre: Point
  /** Columns along the short side of the viewport. */
  readonly scale: number
  /** Clockwise. */
  readonly rotation: Rotation
  readonly isFlipped: boolean
}

/** What there is to look at. `pixelAspect` is the height of a pixel over its width. */
export type Extent = { readonly columns: number; readonly rows: number; readonly pixelAspect: number }

/** What it is looked at in, CSS pixels, more than 0 each. */
export type Viewport = { readonly width: number; readonly height: number }

/** `x' = a x + c y + e`, `y' = b x + d y + f`: in the order of a canvas's `setTransform` and of CSS's `matrix()`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

const turns: Readonly<Record<Rotation, readonly [cos: number, sin: number]>> = {
  0: [1, 0],
  90: [0, 1],
  180: [-1, 0],
  270: [0, -1],
}
const rotations = [0, 90, 180, 270] as const

const shortSide = ({ width, height }: Viewport) => Math.min(width, height)
const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

/** CSS pixels that one column takes. */
export const zoomOf = (view: View, viewport: Viewport): number => shortSide(viewport) / view.scale

/** [VIEW-1] From image coordinates to those of the viewport. */
export function placementOf(view: View, { pixelAspect }: Extent, viewport: Viewport): Matrix {
  const zoom = zoomOf(view, viewport)
  const [cos, sin] = turns[view.rotation]
  const [across, down] = [view.isFlipped ? -zoom : zoom, zoom * pixelAspect]
  const [a, b, c, d] = [cos * across, sin * across, -sin * down, cos * down]
  const [x, y] = view.centre
  return [a, b, c, d, viewport.width / 2 - a * x - c * y, viewport.height / 2 - b * x - d * y]
}

export function toViewport(view: View, extent: Extent, viewport: Viewport, [x, y]: Point): Point {
  const [a, b, c, d, e, f] = placementOf(view, extent, viewport)
  return [a * x + c * y + e, b * x + d * y + f]
}

export function toImage(view: View, extent: Extent, viewport: Viewport, [x, y]: Point): Point {
  const [a, b, c, d] = placementOf(view, extent, viewport)
  const [right, down] = [x - viewport.width / 2, y - viewport.height / 2]
  const area = a * d - b * c
  return [view.centre[0] + (d * right - c * down) / area, view.centre[1] + (a * down - b * right) / area]
}

/** Width and height as they are seen, in columns. */
function seenSides(rotation: Rotation, { columns, rows, pixelAspect }: Extent): Point {
  const tall = rows * pixelAspect
  return rotation % 180 === 0 ? [columns, tall] : [tall, columns]
}

function fittedScale(rotation: Rotation, extent: Extent, viewport: Viewport): number {
  const [width, height] = seenSides(rotation, extent)
  return shortSide(viewport) * Math.max(width / viewport.width, height / viewport.height)
}

/** [VIEW-2] The whole picture, as large as it fits, as its file says. */
export const fittedView = (fileId: string, frame: number, extent: Extent, viewport: Viewport): View => ({
  fileId,
  frame,
  voi: null,
  isInverted: false,
  centre: [extent.columns / 2, extent.rows / 2],
  scale: fittedScale(0, extent, viewport),
  rotation: 0,
  isFlipped: false,
})

/** The same picture as it is turned, whole again. */
export const fitted = (view: View, extent: Extent, viewport: Viewport): View => ({
  ...view,
  centre: [extent.columns / 2, extent.rows / 2],
  scale: fittedScale(view.rotation, extent, viewport),
})

/** Columns along a short side: from a handful, which shows single pixels, to twice the whole picture. */
const leastScale = 4
const mostScales = 2

/**
 * [VIEW-3] The nearest view that shows something of the picture: its middle on the picture, neither lost in the dark nor
 * inside one pixel. What is not a number becomes what fits.
 */
export function clamped(view: View, extent: Extent): View {
  const longest = Math.max(...seenSides(0, extent))
  const scale = Number.isFinite(view.scale) ? view.scale : longest
  const on = (value: number, side: number) => (Number.isFinite(value) ? clamp(value, 0, side) : side / 2)
  return {
    ...view,
    centre: [on(view.centre[0], extent.columns), on(view.centre[1], extent.rows)],
    scale: clamp(scale, Math.min(leastScale, longest), longest * mostScales),
  }
}

/**
 * [VIEW-4] Nearer (`factor` above 1) or farther, about a point of the viewport: what lies there stays there, unless the middle
 * would leave the picture.
 */
export function zoomed(view: View, extent: Extent, viewport: Viewport, about: Point, factor: number): View {
  const { scale } = clamped({ ...view, scale: view.scale / factor }, extent)
  const [x, y] = toImage(view, extent, viewport, about)
  const share = scale / view.scale
  const centre: Point = [x + (view.centre[0] - x) * share, y + (view.centre[1] - y) * share]
  return clamped({ ...view, scale, centre }, extent)
}

/** Moves the picture along with a finger, by CSS pixels. */
export function panned(view: View, extent: Extent, viewport: Viewport, [right, down]: Point): View {
  const middle: Point = [viewport.width / 2 - right, viewport.height / 2 - down]
  return clamped({ ...view, centre: toImage(view, extent, viewport, middle) }, extent)
}

/** A quarter to the right, as it is seen. */
export const turned = (view: View): View => ({
  ...view,
  rotation: rotations[(rotations.indexOf(view.rotation) + 1) % rotations.length] ?? 0,
})

/** [VIEW-5] Left for right, as it is seen: of a picture that is turned, its quarter is turned the other way. */
export const flipped = (view: View): View => ({
  ...view,
  isFlipped: !view.isFlipped,
  rotation: rotations[(rotations.length - rotations.indexOf(view.rotation)) % rotations.length] ?? 0,
})

export const inverted = (view: View): View => ({ ...view, isInverted: !view.isInverted })

export const withVoi = (view: View, voi: Window | null): View => ({ ...view, voi })

/** Modality values go no further than 32 bits; a window of more is a slip of the hand, or a hostile one. */
const mostVoi = 2 ** 32

/** As fine as two digits of its width, at most in whole numbers: what is written on the screen is what is meant. */
function rounded({ centre, width }: Window): Window {
  const digits = Math.max(0, 1 - Math.floor(Math.log10(width)))
  const by = 10 ** Math.min(digits, 6)
  return { centre: Math.round(centre * by) / by, width: Math.round(width * by) / by }
}

/** [VIEW-6] The nearest window that its function allows (SCAN-8). */
export function allowedWindow({ centre, width }: Window, voiFunction: VoiFunction): Window {
  const least = voiFunction === 'LINEAR' ? 1 : 1e-6
  return {
    centre: clamp(Number.isFinite(centre) ? centre : 0, -mostVoi, mostVoi),
    width: clamp(Number.isFinite(width) ? width : least, least, mostVoi),
  }
}

/** CSS pixels to twice the width, and to a whole width of centre. */
const doublingPx = 160
const widthPx = 320

/** [VIEW-6] A window by a drag, from where it began: right is wider (less contrast), down is darker. */
export function draggedWindow(from: Window, [right, down]: Point, voiFunction: VoiFunction): Window {
  const width = from.width * 2 ** clamp(right / doublingPx, -64, 64)
  const centre = from.centre + (down / widthPx) * from.width
  return allowedWindow(rounded(allowedWindow({ centre, width }, voiFunction)), voiFunction)
}

/**
 * [VIEW-7] What a frame is seen through: the view's window; else the file's first; else its first table; null: the window of
 * all its values, which only its pixels can say (`fullWindow`).
 */
export const voiOf = (grey: Grey, voi: Window | null): Window | Lookup | null =>
  voi ?? grey.windows[0] ?? grey.voiLuts[0] ?? null

/** One picture of a stack. */
export type Slice = { readonly fileId: string; readonly frame: number }

/** Where a view stands in a stack, counted from 0; -1 when it is not of it. */
export const indexIn = (slices: readonly Slice[], { fileId, frame }: Slice): number =>
  slices.findIndex((slice) => slice.fileId === fileId && slice.frame === frame)

/** [VIEW-8] The place `by` slices on; a stack ends at its ends. */
export const steppedIndex = (count: number, from: number, by: number): number =>
  count < 1 ? 0 : clamp(Math.trunc(from + by), 0, count - 1)
