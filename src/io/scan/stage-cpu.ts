/** Draws without the graphics card: where there is none, where it forgot everything, or where a picture is too large for it. */
import { type Sheet, type Stage, wordsIn } from './sheet.ts'

/** Each pixel looked up, as what `putImageData` takes. */
export function shaded({ picture, shades }: Omit<Sheet, 'placement'>): Uint8ClampedArray<ArrayBuffer> {
  const words = wordsIn(picture)
  const length = picture.rows * picture.columns
  const pixels = new Uint8ClampedArray(length * 4)
  if (picture.samplesPerPixel === 1) {
    const [from, to] = [new Uint32Array(shades.buffer), new Uint32Array(pixels.buffer)]
    for (let at = 0; at < length; at++) to[at] = from[words[at] ?? 0] ?? 0
    return pixels
  }
  for (let from = 0, to = 0; from < words.length; from += 3, to += 4) {
    pixels[to] = shades[(words[from] ?? 0) * 4] ?? 0
    pixels[to + 1] = shades[(words[from + 1] ?? 0) * 4] ?? 0
    pixels[to + 2] = shades[(words[from + 2] ?? 0) * 4] ?? 0
    pixels[to + 3] = 255
  }
  return pixels
}

export function createCpuStage(): Stage {
  const scratch = document.createElement('canvas')
  const own = scratch.getContext('2d', { alpha: false })
  return {
    paint(sheet, canvas) {
      if (!own) return false
      const { columns, rows } = sheet.picture
      scratch.width = columns
      scratch.height = rows
      own.putImageData(new ImageData(shaded(sheet), columns, rows), 0, 0)
      canvas.setTransform(1, 0, 0, 1, 0, 0)
      canvas.fillStyle = '#000'
      canvas.fillRect(0, 0, canvas.canvas.width, canvas.canvas.height)
      canvas.setTransform(...sheet.placement)
      canvas.imageSmoothingQuality = 'high'
      canvas.drawImage(scratch, 0, 0)
      return true
    },
    forget() {
      scratch.width = 1
      scratch.height = 1
    },
  }
}
