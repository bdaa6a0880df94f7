/** A photograph as a scan of one frame: what a file is by its first bytes, how large it says to be, and what is said of it. */
import { withinLimits } from './limits.ts'
import { done, fail, type Outcome } from './outcome.ts'
import type { Scan, ScanFrame } from './scan.ts'
import { pictureHeaderOf } from './stream-header.ts'

export const photoKinds = ['JPEG', 'PNG', 'WebP'] as const
export type PhotoKind = (typeof photoKinds)[number]

export const photoTypes: Readonly<Record<PhotoKind, string>> = {
  JPEG: 'image/jpeg',
  PNG: 'image/png',
  WebP: 'image/webp',
}

export type FileKind =
  | { readonly type: 'dicom' }
  | { readonly type: 'photo'; readonly kind: PhotoKind }
  | { readonly type: 'foreign'; readonly name: string }

const letters = (bytes: Uint8Array, from: number, count: number) =>
  String.fromCharCode(...bytes.subarray(from, from + count))

const begins = (bytes: Uint8Array, start: readonly number[]) => start.every((one, at) => bytes[at] === one)

/** What is met instead of a scan, by its name. */
const foreign: readonly (readonly [name: string, start: readonly number[]])[] = [
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['ZIP', [0x50, 0x4b]],
  ['GIF', [0x47, 0x49, 0x46, 0x38]],
  ['BMP', [0x42, 0x4d]],
  ['TIFF', [0x49, 0x49, 0x2a, 0]],
  ['TIFF', [0x4d, 0x4d, 0, 0x2a]],
  ['GZIP', [0x1f, 0x8b]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['program', [0x4d, 0x5a]],
]

/** Markup says what it is within its first words, perhaps behind a mark of its byte order. */
function markupOf(bytes: Uint8Array): string | null {
  const text = letters(bytes, 0, 1024).replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '')
  if (!text.startsWith('<')) return null
  if (/<svg[\s>]/i.test(text)) return 'SVG'
  return /<!doctype html|<html[\s>]/i.test(text) ? 'HTML' : 'XML'
}

/** Of the ISO media files, those that a telephone takes for photographs. */
const mediaOf = (bytes: Uint8Array) =>
  letters(bytes, 4, 4) !== 'ftyp' ? null : /hei|mif1|msf1/.test(letters(bytes, 8, 4)) ? 'HEIC' : 'video'

/** [SCAN-14] By what a file begins with and never by its name. What has the prefix of DICOM is DICOM, whatever stands before. */
export function fileKindOf(bytes: Uint8Array): FileKind {
  if (letters(bytes, 128, 4) === 'DICM') return { type: 'dicom' }
  if (begins(bytes, [0xff, 0xd8, 0xff])) return { type: 'photo', kind: 'JPEG' }
  if (begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return { type: 'photo', kind: 'PNG' }
  if (letters(bytes, 0, 4) === 'RIFF' && letters(bytes, 8, 4) === 'WEBP')
    return { type: 'photo', kind: 'WebP' }
  const named = foreign.find(([, start]) => begins(bytes, start))
  return { type: 'foreign', name: named?.[0] ?? markupOf(bytes) ?? mediaOf(bytes) ?? 'prefix' }
}

export type PhotoSize = { readonly width: number; readonly height: number }

/** IHDR is the first chunk (PNG, 3rd edition, 11.2.1). */
function pngSize(bytes: Uint8Array): PhotoSize | null {
  if (letters(bytes, 12, 4) !== 'IHDR' || bytes.length < 33) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** RFC 9649: the extended header, the lossless one (3.4), or that of a key frame of VP8 (RFC 6386, 9.1). */
function webpSize(bytes: Uint8Array): PhotoSize | null {
  if (bytes.length < 30) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const chunk = letters(bytes, 12, 4)
  if (chunk === 'VP8X')
    return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1 }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true)
    return bytes[20] === 0x2f ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 } : null
  }
  if (chunk !== 'VP8 ' || !begins(bytes.subarray(23), [0x9d, 0x01, 0x2a])) return null
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}

function jpegSize(bytes: Uint8Array): PhotoSize | null {
  const header = pictureHeaderOf(bytes)
  return header && { width: header.columns, height: header.rows }
}

const sizes: Readonly<Record<PhotoKind, (bytes: Uint8Array) => PhotoSize | null>> = {
  JPEG: jpegSize,
  PNG: pngSize,
  WebP: webpSize,
}

const extentOf = ({ width, height }: PhotoSize) => ({
  rows: height,
  columns: width,
  samplesPerPixel: 3 as const,
  bitsAllocated: 8 as const,
  frames: 1,
})

/** [SCAN-2] The size that a photograph says it has, within the limits, before anything decodes it. */
export function photoSizeOf(bytes: Uint8Array, kind: PhotoKind): Outcome<PhotoSize> {
  const size = sizes[kind](bytes)
  if (!size || size.width < 1 || size.height < 1) return fail('corrupt', `${kind} header`)
  const limit = withinLimits(extentOf(size))
  return limit.ok ? done(size) : limit
}

/** Whether what was decoded is of the size that was said, perhaps turned as its camera was held. */
export const isSizeOf = (said: PhotoSize, found: PhotoSize): boolean =>
  (said.width === found.width && said.height === found.height) ||
  (said.width === found.height && said.height === found.width)

/** A photograph names nobody; who it is of is in it (SCAN-12). */
const nobody = {
  sopClass: null,
  sopInstance: null,
  series: null,
  study: null,
  patientName: null,
  patientId: null,
  patientBirthDate: null,
  studyDate: null,
  studyDescription: null,
  seriesDescription: null,
  seriesNumber: null,
  instanceNumber: null,
}

/** What is said of it once it is decoded, upright. JPEG takes something away, and so may WebP. */
export function photoScan({ width, height }: PhotoSize, kind: PhotoKind): Scan {
  const isLossy = kind !== 'PNG'
  return {
    syntax: { uid: '', name: kind, coding: 'native', isLossy, isBigEndian: false },
    identity: { ...nobody, modality: 'XC' },
    pixels: {
      ...extentOf({ width, height }),
      photometric: 'RGB',
      bitsStored: 8,
      highBit: 7,
      isSigned: false,
      isPlanar: false,
    },
    frames: 1,
    palette: null,
    lossiness: { isLossy, ratio: null },
    burnedIn: { annotation: null, conversionType: null },
    frameTimeMs: null,
  }
}

/** Its one frame: as it is, square pixels, no place in a body. */
export function photoFrame(scan: Scan): ScanFrame {
  return {
    ...scan,
    frame: 0,
    grey: {
      modality: { slope: 1, intercept: 0 },
      windows: [],
      voiLuts: [],
      voiFunction: 'LINEAR',
      isInverted: false,
    },
    geometry: { position: null, orientation: null, frameOfReference: null, pixelAspect: 1 },
  }
}
