/** Makes a short moving picture as a camera file (YUV4MPEG2), so that a frozen frame can be told from a live one. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../node_modules/.cache/bedside/', import.meta.url))
const width = 320
const height = 180
const frames = 45
const perSecond = 15

/** One 4:2:0 frame: a bright bar that travels over a slowly changing ground; `hue` tells the clips apart. */
function frame(index: number, hue: number): Buffer {
  const picture = Buffer.alloc((width * height * 3) / 2)
  const bar = Math.floor((index / frames) * width)
  for (let y = 0; y < height; y += 1) {
    const ground = 60 + Math.floor((50 * y) / height) + ((index * 2) % 40)
    picture.fill(ground, y * width, (y + 1) * width)
    picture.fill(220, y * width + bar, Math.min(y * width + bar + 40, (y + 1) * width))
  }
  const chroma = (width * height) / 4
  picture.fill(hue, width * height, width * height + chroma)
  picture.fill(255 - hue, width * height + chroma)
  return picture
}

/** The path of the clip of this `hue` (0…255), made once. */
export function cameraClip(hue: number): string {
  const path = join(folder, `camera-${hue}.y4m`)
  if (existsSync(path)) return path
  const parts: Uint8Array[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${perSecond}:1 Ip A1:1 C420\n`)]
  for (let index = 0; index < frames; index += 1) parts.push(Buffer.from('FRAME\n'), frame(index, hue))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${path}.new`, Buffer.concat(parts))
  renameSync(`${path}.new`, path)
  return path
}
