/** Opens a photo that came in a call: decoded in memory, drawn, and nothing kept of its file (HZ-6). */
import type { PhotoSize } from '../core/visit-photo-size.ts'
import type { PhotoOpener } from '../state/visit-photo-ports.ts'
import { fromBase64url } from './seal.ts'

const type = 'image/jpeg'

type Decoded = { readonly source: CanvasImageSource; readonly size: PhotoSize; readonly close: () => void }

/** Bytes that live in memory alone stay there: a browser may put a `Blob` on its disk. */
async function asFrame(data: ArrayBuffer): Promise<Decoded> {
  const decoder = new ImageDecoder({ data, type, preferAnimation: false })
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

async function asBitmap(data: ArrayBuffer): Promise<Decoded> {
  const bitmap = await createImageBitmap(new Blob([data], { type }))
  return { source: bitmap, size: bitmap, close: () => bitmap.close() }
}

function drawn({ source, size: { width, height } }: Decoded): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d', { alpha: false })?.drawImage(source, 0, 0)
  return canvas
}

/** Null: it is of another size than it said. */
function stillOf(photo: Decoded, said: PhotoSize): OffscreenCanvas | null {
  const isSame = photo.size.width === said.width && photo.size.height === said.height
  try {
    return isSame ? drawn(photo) : null
  } finally {
    photo.close()
  }
}

export const photoOpener: PhotoOpener = {
  bytesOf: fromBase64url,
  async open(bytes, said) {
    const data = bytes.slice().buffer
    const decode = 'ImageDecoder' in globalThis ? asFrame : asBitmap
    const photo = await decode(data).catch(() => null)
    const still = photo && stillOf(photo, said)
    if (!still) return null
    return {
      ...said,
      draw(canvas) {
        Object.assign(canvas, said)
        canvas.getContext('2d', { alpha: false })?.drawImage(still, 0, 0)
      },
      wipe() {
        still.width = still.height = 0
      },
    }
  },
}
