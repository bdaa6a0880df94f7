/**
 * JPEG (ITU-T T.81): baseline and extended sequential DCT of 8 and 12 bits, and lossless. Ours, since no codec to be had
 * reads all three, and the one in use elsewhere shifts 12 bits by 2063 where T.81 A.3.1 says 2048.
 */
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import type { PixelLayout } from '../../core/scan/scan.ts'
import { fits, streamHeaderOf } from '../../core/scan/stream-header.ts'
import type { Codec, Decoded } from './codec.ts'
import { decodeDctScan, type Plane, planesOf } from './jpeg-dct.ts'
import { decodeLosslessScan, losslessPlanes } from './jpeg-lossless.ts'
import {
  type Frame,
  JpegError,
  type JpegTables,
  newTables,
  readFrame,
  readHuffman,
  readQuantisation,
  readScan,
} from './jpeg-segments.ts'

const processes: Readonly<Record<number, Frame['process']>> = {
  65472: 'sequential',
  65473: 'sequential',
  65475: 'lossless',
}

type Image = { frame: Frame; planes: readonly Plane[]; seen: Set<number>; tables: JpegTables }

function readTables(marker: number, segment: Uint8Array, tables: JpegTables): void {
  if (marker === 0xffc4) readHuffman(segment, tables)
  else if (marker === 0xffdb) readQuantisation(segment, tables)
  else if (marker === 0xffdd) tables.restartInterval = ((segment[0] ?? 0) << 8) | (segment[1] ?? 0)
  else if (marker === 0xffee && String.fromCharCode(...segment.subarray(0, 5)) === 'Adobe')
    tables.adobeTransform = segment[11] ?? null
}

/** SOS and what follows it; says where the next marker is. */
function readPicture(bytes: Uint8Array, image: Image, segment: Uint8Array, after: number): number {
  const { frame, planes, seen, tables } = image
  const scan = readScan(segment, frame, tables, after)
  for (const { index } of scan.components) {
    // A component that comes twice would cost time without end.
    if (seen.has(index)) throw new JpegError('scan header')
    seen.add(index)
  }
  return frame.process === 'lossless'
    ? decodeLosslessScan(bytes, frame, scan, planes)
    : decodeDctScan(bytes, frame, scan, tables, planes)
}

function imageOf(bytes: Uint8Array): Image {
  const tables = newTables()
  let image: Image | null = null
  let at = 2
  while (at + 1 < bytes.length) {
    const marker = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    if (marker === 0xffd9) break
    if (marker === 0xffff) {
      at++
      continue
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    const segment = bytes.subarray(at + 4, at + 2 + length)
    if (marker < 0xffc0 || length < 2 || segment.length !== length - 2) throw new JpegError('marker')
    at += 2 + length
    const process = processes[marker]
    if (process) {
      if (image) throw new JpegError('second frame')
      const frame = readFrame(segment, process)
      const planes = process === 'lossless' ? losslessPlanes(frame) : planesOf(frame)
      image = { frame, planes, seen: new Set(), tables }
    } else if (marker === 0xffda) {
      if (!image) throw new JpegError('scan before frame')
      at = readPicture(bytes, image, segment, at)
    } else readTables(marker, segment, tables)
  }
  if (!image || image.seen.size < image.frame.components.length) throw new JpegError('scans', true)
  return image
}

/** Planes of whatever sampling → samples pixel by pixel. A sample of a smaller plane stands for all its pixels. */
function woven({ frame, planes }: Image): Decoded['words'] {
  const { rows, columns, precision } = frame
  const length = rows * columns * planes.length
  const words = precision > 8 ? new Uint16Array(length) : new Uint8Array(length)
  planes.forEach(({ samples, stride, across, down }, channel) => {
    for (let y = 0, to = channel; y < rows; y++) {
      const line = Math.floor(y / down) * stride
      for (let x = 0; x < columns; x++, to += planes.length)
        words[to] = samples[line + Math.floor(x / across)] ?? 0
    }
  })
  return words
}

function colourOf({ frame, tables: { adobeTransform } }: Image): Decoded['colour'] {
  if (frame.process === 'lossless' || adobeTransform === null) return 'as-told'
  return adobeTransform === 0 ? 'rgb' : 'ybr'
}

/** As the standards call it, in whatever language (PS3.5 section 10.2, ITU-T T.81 table B.1). */
const nameOf = (marker: number) => (marker === 0xffc2 ? 'JPEG Full Progression' : `JPEG SOF${marker & 0x0f}`)

function decoded(bytes: Uint8Array, pixels: PixelLayout): Outcome<Decoded> {
  const header = streamHeaderOf(bytes)
  if (!header.ok) return header
  const fitting = fits(header.value, pixels)
  if (!fitting.ok) return fitting
  if (!processes[header.value.marker]) return fail('unsupported-syntax', nameOf(header.value.marker))
  try {
    const image = imageOf(bytes)
    return done({ words: woven(image), isPlanar: false, colour: colourOf(image) })
  } catch (reason) {
    if (reason instanceof JpegError) return fail(reason.isShort ? 'truncated' : 'corrupt', reason.message)
    return fail('corrupt', 'stream')
  }
}

export const decodeFrame: Codec = async (bytes, pixels) => decoded(bytes, pixels)
