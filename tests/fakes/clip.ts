/** Draws a short moving picture of a person as a camera file (YUV4MPEG2): a frozen frame can be told from a live one. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../node_modules/.cache/bedside/', import.meta.url))
const width = 640
const height = 360
const frames = 30
const perSecond = 30

/** A colour as a camera sees it: brightness and two colour differences, 0…255 (BT.601). */
type Colour = readonly [y: number, u: number, v: number]
type Person = { wall: Colour; skin: Colour; hair: Colour; clothes: Colour }

const people = {
  nurse: { wall: [170, 124, 122], skin: [178, 108, 152], hair: [60, 122, 138], clothes: [110, 150, 100] },
  patient: { wall: [140, 118, 134], skin: [190, 110, 148], hair: [200, 128, 128], clothes: [205, 136, 122] },
} satisfies Record<string, Person>

function within(x: number, y: number, across: number, down: number): boolean {
  return (x / across) ** 2 + (y / down) ** 2 <= 1
}

/** The colour at a point, for a head whose middle is at (0, 0); `light` is where a band of daylight falls. */
function colourAt(person: Person, x: number, y: number, light: number): Colour {
  if (within(x, y, 58, 76)) return y < -34 || (y < -10 && Math.abs(x) > 46) ? person.hair : face(person, x, y)
  if (within(x, y + 16, 66, 74) && y < 10) return person.hair
  if (Math.abs(x) < 24 && y > 60 && y < 112) return person.skin
  if (within(x, y - 220, 150, 125)) return person.clothes
  const [brightness, u, v] = person.wall
  return [brightness + Math.max(0, 44 - Math.abs(light) / 2), u, v]
}

function face(person: Person, x: number, y: number): Colour {
  const eyes = within(Math.abs(x) - 21, y + 4, 6, 4)
  const mouth = within(x, y - 36, 18, 5)
  if (eyes) return [50, 128, 128]
  return mouth ? [130, 116, 168] : person.skin
}

/** One 4:2:0 frame; within one clip the person sways once and the daylight crosses the wall. */
function frame(person: Person, index: number): Uint8Array {
  const picture = new Uint8Array((width * height * 3) / 2)
  const turn = (index / frames) * 2 * Math.PI
  const [middleX, middleY] = [width / 2 + 26 * Math.sin(turn), 150 + 6 * Math.cos(2 * turn)]
  const lightX = (index / frames) * (width + 200) - 100
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [brightness, u, v] = colourAt(person, x - middleX, y - middleY, x - lightX)
      picture[y * width + x] = brightness
      if (y % 2 !== 0 || x % 2 !== 0) continue
      const chroma = width * height + (y / 2) * (width / 2) + x / 2
      picture[chroma] = u
      picture[chroma + (width * height) / 4] = v
    }
  }
  return picture
}

/** A plane, `by` times as wide and as high. */
function resizedPlane(plane: Uint8Array, across: number, by: number): Uint8Array {
  const picture = new Uint8Array(plane.length * by * by)
  const wide = across * by
  for (let at = 0; at < picture.length; at += 1) {
    const [x, y] = [at % wide, Math.floor(at / wide)]
    picture[at] = plane[Math.floor(y / by) * across + Math.floor(x / by)] ?? 0
  }
  return picture
}

/** The three planes of a frame, each `by` times as wide and high. */
function resized(picture: Uint8Array, by: number): Uint8Array {
  const [light, chroma] = [width * height, (width * height) / 4]
  return Buffer.concat([
    resizedPlane(picture.subarray(0, light), width, by),
    resizedPlane(picture.subarray(light, light + chroma), width / 2, by),
    resizedPlane(picture.subarray(light + chroma), width / 2, by),
  ])
}

/** How large its pictures are, and which of them there are. */
const manners = { whole: { by: 1, step: 1 }, light: { by: 0.5, step: 3 }, large: { by: 2, step: 3 } } as const

/**
 * The path of this person's clip, made once. `light`: a quarter of the points and a third of the pictures, for tests
 * that ask whether a picture comes and not how well; two browsers code every one of them on the tests' own processor.
 */
export function cameraClip(who: keyof typeof people, how: keyof typeof manners = 'whole'): string {
  const path = join(folder, how === 'whole' ? `${who}.y4m` : `${who}-${how}.y4m`)
  if (existsSync(path)) return path
  const { by, step } = manners[how]
  const head = `YUV4MPEG2 W${width * by} H${height * by} F${perSecond / step}:1 Ip A1:1 C420\n`
  const parts: Uint8Array[] = [Buffer.from(head)]
  for (let index = 0; index < frames; index += step)
    parts.push(Buffer.from('FRAME\n'), resized(frame(people[who], index), by))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${path}.new`, Buffer.concat(parts))
  renameSync(`${path}.new`, path)
  return path
}
