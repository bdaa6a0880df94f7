/** What leaves of a scan: its pixels, what they need, and nothing that says whose it is. Runs in the scans' worker. */
import { type Box, blackOf, paint } from '../../core/scan/boxes.ts'
import { scanLimits, withinLimits } from '../../core/scan/limits.ts'
import { coloursOf } from '../../core/scan/lookup.ts'
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import { type Picture, storedValues } from '../../core/scan/samples.ts'
import { frameOf, type PixelLayout, type Scan, scanOf } from '../../core/scan/scan.ts'
import { streamHeaderOf } from '../../core/scan/stream-header.ts'
import { stripped } from '../../core/scan/strip.ts'
import type { UidMap } from '../../core/scan/uid-map.ts'
import { type Parsed, parseFile } from './data-set.ts'
import type { Decoder } from './decode.ts'
import { bytesOfFrame, nativeLength } from './frames.ts'
import { bareStream } from './streams.ts'
import { type Written, writeFile } from './write.ts'

/**
 * A DICOM file as it may leave. `uids` is one for all files of a share. Boxes are black in all frames; a failure is one of
 * opening: what cannot be shown whole cannot be sent.
 */
export type Stripper = (
  file: Uint8Array,
  uids: UidMap,
  boxes: readonly Box[],
) => Promise<Outcome<Uint8Array<ArrayBuffer>>>

/** A picture in RGB as a file of pixels alone, as a browser encodes it: EXIF with time, place and device is not among them. */
export type PhotoMaker = (picture: Picture) => Promise<Outcome<ArrayBuffer>>

/** [STRIP-5] A photograph as it may leave, from its decoded pixels; these are left as they are. */
export async function stripPhoto(
  picture: Picture,
  boxes: readonly Box[],
  make: PhotoMaker,
): Promise<Outcome<ArrayBuffer>> {
  const copy = { ...picture, samples: picture.samples.slice() }
  paint(copy, boxes, 0)
  const made = await make(copy)
  copy.samples.fill(0)
  return made
}

type Leaving = { readonly pixels: PixelLayout; readonly written: Written }
type Opened = { readonly parsed: Parsed; readonly scan: Scan; readonly decode: Decoder }

const rgb = (pixels: PixelLayout): PixelLayout => ({
  ...pixels,
  samplesPerPixel: 3,
  photometric: 'RGB',
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  isSigned: false,
  isPlanar: false,
})

/** Little endian, the sign carried on to the top of the word. */
function put(samples: ArrayLike<number>, bitsAllocated: 8 | 16, to: Uint8Array): void {
  if (bitsAllocated === 8) to.set(samples)
  else
    for (let at = 0; at < samples.length; at++) {
      to[at * 2] = samples[at] ?? 0
      to[at * 2 + 1] = (samples[at] ?? 0) >> 8
    }
}

/** All frames in one, each made when its place comes: no more than one is held beside the result. */
async function inOne(
  pixels: PixelLayout,
  frames: number,
  samplesOf: (frame: number) => Promise<Outcome<ArrayLike<number>>>,
): Promise<Outcome<Leaving>> {
  // A palette's colours, written out, are three times as many bytes: whoever gets them must be let open them.
  const limit = withinLimits({ ...pixels, frames })
  if (!limit.ok) return limit
  const length = nativeLength(pixels)
  if (length * frames > scanLimits.fileBytes) return fail('too-large', `${frames} frames`)
  const bytes = new Uint8Array(length * frames)
  for (let frame = 0; frame < frames; frame++) {
    const samples = await samplesOf(frame)
    if (!samples.ok) return samples
    put(samples.value, pixels.bitsAllocated, bytes.subarray(frame * length, (frame + 1) * length))
  }
  return done({ pixels, written: { type: 'native', bytes, bitsAllocated: pixels.bitsAllocated } })
}

/** Grey stays grey, from its lowest bit up; colours become RGB, those of a palette too, which need not have a black. */
function writtenAnew(
  { parsed, scan, decode }: Opened,
  change: (picture: Picture, frame: number) => Outcome<ArrayLike<number>>,
): Promise<Outcome<Leaving>> {
  const { pixels, frames } = scan
  const isGrey = pixels.photometric.startsWith('MONOCHROME') || pixels.photometric === 'PALETTE COLOR'
  const layout = isGrey ? { ...pixels, highBit: pixels.bitsStored - 1, isPlanar: false } : rgb(pixels)
  return inOne(layout, frames, async (frame) => {
    const picture = await decode(parsed, scan, frame)
    return picture.ok ? change(picture.value, frame) : picture
  })
}

/** [STRIP-5] Every frame decoded, blacked and written without compression. */
async function painted(opened: Opened, boxes: readonly Box[]): Promise<Outcome<Leaving>> {
  const { parsed, scan, decode } = opened
  const { palette, pixels } = scan
  if (palette)
    return await inOne(rgb(pixels), scan.frames, async (frame) => {
      const picture = await decode(parsed, scan, frame)
      if (!picture.ok) return picture
      const samples = coloursOf(picture.value.samples, palette)
      paint({ ...picture.value, samplesPerPixel: 3, samples }, boxes, 0)
      return done(samples)
    })
  return await writtenAnew(opened, (picture, at) => {
    const frame = frameOf(parsed.attributes, scan, at)
    if (!frame.ok) return frame
    const black = pixels.samplesPerPixel === 3 ? 0 : blackOf(picture.samples, frame.value.grey, pixels)
    paint(picture, boxes, black)
    return done(picture.samples)
  })
}

/** Pixels that are not compressed: colours as they are, grey without what lies above its bits (old overlays). */
async function native(opened: Opened): Promise<Outcome<Leaving>> {
  const { parsed, scan } = opened
  if (scan.pixels.samplesPerPixel === 1) return await writtenAnew(opened, ({ samples }) => done(samples))
  return await inOne(scan.pixels, scan.frames, async (frame) => bytesOfFrame(parsed.stored, scan, frame))
}

/** Each frame's stream by itself, bare of what is not its picture. */
function bare({ parsed, scan, decode }: Opened): Outcome<Opened> {
  const { coding } = scan.syntax
  if (coding === 'native') return done({ parsed, scan, decode })
  const fragments: { readonly offset: number; readonly bytes: Uint8Array }[] = []
  for (let frame = 0; frame < scan.frames; frame++) {
    const bytes = bytesOfFrame(parsed.stored, scan, frame)
    if (!bytes.ok) return bytes
    const stream = bareStream(bytes.value, coding, scan.pixels)
    if (!stream.ok) return stream
    fragments.push({ offset: 0, bytes: stream.value })
  }
  return done({ parsed: { ...parsed, stored: { type: 'fragments', fragments, offsets: [] } }, scan, decode })
}

/**
 * Whether a compressed frame has something in the bits above its own, where overlays were once stored (PS3.5 section 8.1.1)
 * and no viewer looks. Asked only of streams that are deeper than their picture.
 */
async function hidesBits(
  { parsed, scan, decode }: Opened,
  frame: number,
  stream: Uint8Array,
): Promise<boolean> {
  const { pixels, syntax } = scan
  if (pixels.samplesPerPixel === 3 || pixels.bitsStored === pixels.bitsAllocated) return false
  const header = syntax.coding === 'rle' ? null : streamHeaderOf(stream)
  if (header?.ok && header.value.precision <= pixels.bitsStored) return false
  const wide = { ...pixels, bitsStored: pixels.bitsAllocated, highBit: pixels.bitsAllocated - 1 }
  const picture = await decode(parsed, { ...scan, pixels: wide }, frame)
  if (!picture.ok) return true
  const { samples } = picture.value
  const [own, all] = [2 ** pixels.bitsStored - 1, 2 ** pixels.bitsAllocated - 1]
  // A sign may be carried on to the top of the word, or not.
  return storedValues(samples, pixels).some(
    (value, at) => value !== samples[at] && (value & own) !== ((samples[at] ?? 0) & all),
  )
}

/** Streams stay as they are; only where one hides something all frames are written anew. */
async function kept(opened: Opened): Promise<Outcome<Leaving>> {
  const { parsed, scan } = opened
  if (parsed.stored.type === 'native') return await native(opened)
  const streams = parsed.stored.fragments.map(({ bytes }) => bytes)
  for (const [frame, stream] of streams.entries())
    if (await hidesBits(opened, frame, stream))
      return await writtenAnew(opened, ({ samples }) => done(samples))
  return done({ pixels: scan.pixels, written: { type: 'streams', streams } })
}

/** [STRIP-1] Never throws. */
export function createStripper(decode: Decoder): Stripper {
  return async (file, uids, boxes) => {
    const parsed = parseFile(file)
    if (!parsed.ok) return parsed
    const { attributes, syntax } = parsed.value
    try {
      const scan = scanOf(attributes, syntax)
      if (!scan.ok) return scan
      const opened = bare({ parsed: parsed.value, scan: scan.value, decode })
      if (!opened.ok) return opened
      const isPainted = boxes.length > 0
      const leaving = isPainted ? await painted(opened.value, boxes) : await kept(opened.value)
      if (!leaving.ok) return leaving
      const { pixels, written } = leaving.value
      return done(
        writeFile(stripped(attributes, scan.value, uids, { pixels, isPainted }), written, syntax.uid),
      )
    } catch {
      return fail('corrupt', 'data set')
    }
  }
}
