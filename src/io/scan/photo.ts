/** Photographs: decoded by the browser, upright, to RGB, and made anew for sending. */

import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import { isSizeOf, type PhotoKind, type PhotoSize, photoTypes } from '../../core/scan/photo.ts'
import type { Picture } from '../../core/scan/samples.ts'
import type { Content } from './orders.ts'

/** `said`: the size in its header, which limits have let pass. */
export type PhotoDecoder = (content: Content, kind: PhotoKind, said: PhotoSize) => Promise<Outcome<Picture>>

type Decoded = { readonly source: CanvasImageSource; readonly size: PhotoSize; readonly close: () => void }

async function asBitmap(blob: Blob): Promise<Decoded> {
  const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' })
  return { source: bitmap, size: bitmap, close: () => bitmap.close() }
}

/** Bytes that live in memory alone stay there: a browser may put a `Blob` on its disk. */
async function asFrame(bytes: ArrayBuffer, type: string): Promise<Decoded> {
  const decoder = new ImageDecoder({ data: bytes.slice(0), type, preferAnimation: false })
  // What is no photograph fails all of them; one is waited for.
  for (const promised of [decoder.completed, decoder.tracks.ready]) promised.catch(() => {})
  try {
    const { image } = await decoder.decode()
    const size = { width: image.displayWidth, height: image.displayHeight }
    return { source: image, size, close: () => image.close() }
  } finally {
    decoder.close()
  }
}

/** Browsers that have no decoder for bytes are given a `Blob` for a moment; there is no other way to their own. */
function decoded(content: Content, kind: PhotoKind): Promise<Decoded> {
  const type = photoTypes[kind]
  if (!(content instanceof ArrayBuffer)) return asBitmap(new Blob([content], { type }))
  return 'ImageDecoder' in globalThis ? asFrame(content, type) : asBitmap(new Blob([content], { type }))
}

/** What is see-through stands on white, as on paper. */
function drawn({ source, size: { width, height } }: Decoded): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  if (!context) throw new RangeError('canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(source, 0, 0)
  return canvas
}

function coloursIn(canvas: OffscreenCanvas): Uint8Array<ArrayBuffer> {
  const { width, height } = canvas
  const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray()
  const colours = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; to < colours.length; from += 4, to += 3) {
    colours[to] = data[from] ?? 0
    colours[to + 1] = data[from + 1] ?? 0
    colours[to + 2] = data[from + 2] ?? 0
  }
  return colours
}

/** Null when it cannot be decoded, or is of another size than it said. */
async function onCanvas(content: Content, kind: PhotoKind, said: PhotoSize): Promise<OffscreenCanvas | null> {
  const photo = await decoded(content, kind).catch(() => null)
  if (!photo) return null
  try {
    return isSizeOf(said, photo.size) ? drawn(photo) : null
  } finally {
    photo.close()
  }
}

/** [SCAN-5] A photograph of the size that its header says, upright, or `corrupt`. */
export const decodePhoto: PhotoDecoder = async (content, kind, said) => {
  const canvas = await onCanvas(content, kind, said)
  if (!canvas) return fail('corrupt', kind)
  return done({
    rows: canvas.height,
    columns: canvas.width,
    samplesPerPixel: 3,
    samples: coloursIn(canvas),
  })
}

/** Of what leaves: what a browser makes of pixels alone, 92 of 100. */
const quality = 0.92

/**
 * A photograph as it may leave: upright pixels made into a JPEG anew. Where and when it was taken, with what, and small
 * pictures of it from before it was cut, stood beside its pixels and are gone.
 */
export async function photoForSending(picture: Picture): Promise<Outcome<ArrayBuffer>> {
  const { rows, columns, samples, samplesPerPixel } = picture
  if (samplesPerPixel !== 3) return fail('unsupported-pixels', 'grey')
  const canvas = new OffscreenCanvas(columns, rows)
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) return fail('no-codec', 'canvas')
  const image = context.createImageData(columns, rows)
  for (let from = 0, to = 0; from < samples.length; from += 3, to += 4) {
    image.data[to] = samples[from] ?? 0
    image.data[to + 1] = samples[from + 1] ?? 0
    image.data[to + 2] = samples[from + 2] ?? 0
    image.data[to + 3] = 255
  }
  context.putImageData(image, 0, 0)
  try {
    const blob = await canvas.convertToBlob({ type: photoTypes.JPEG, quality })
    return done(await blob.arrayBuffer())
  } catch {
    return fail('no-codec', 'canvas')
  }
}
