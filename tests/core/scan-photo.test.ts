/** What a file is, before anything is done with it (SPEC.md, SCAN-14). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mayShowIdentity } from '../../src/core/scan/labels.ts'
import {
  fileKindOf,
  isSizeOf,
  type PhotoKind,
  photoFrame,
  photoKinds,
  photoScan,
  photoSizeOf,
} from '../../src/core/scan/photo.ts'
import { pngHeader } from '../fakes/scan-worker.ts'
import { readScan } from '../fakes/scans.ts'

const text = (words: string) => new TextEncoder().encode(words.padEnd(200))
const bytes = (...all: number[]) => Uint8Array.from([...all, ...new Array(200).fill(0)])

/** SOI, a segment of EXIF with a small picture of another size in it, SOF0. */
function jpeg(width: number, height: number): Uint8Array<ArrayBuffer> {
  const small = [
    0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 9, 0, 9, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9,
  ]
  const exif = [0xff, 0xe1, 0, small.length + 2, ...small]
  const size = [height >> 8, height & 255, width >> 8, width & 255]
  return Uint8Array.from([
    0xff,
    0xd8,
    ...exif,
    0xff,
    0xc0,
    0,
    17,
    8,
    ...size,
    3,
    1,
    0x22,
    0,
    2,
    0x11,
    1,
    3,
    0x11,
    1,
  ])
}

function webp(chunk: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(64)
  const view = new DataView(file.buffer)
  file.set(new TextEncoder().encode(`RIFF    WEBP${chunk}`))
  if (chunk === 'VP8X') {
    view.setUint32(24, width - 1, true)
    view.setUint32(27, height - 1, true)
  } else if (chunk === 'VP8L') {
    file[20] = 0x2f
    view.setUint32(21, (width - 1) | ((height - 1) << 14), true)
  } else {
    file.set([0x9d, 0x01, 0x2a], 23)
    view.setUint16(26, width, true)
    view.setUint16(28, height, true)
  }
  return file
}

describe('what a file is', () => {
  test.each([
    ['SVG', text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['SVG', text('\ufeff\n<?xml version="1.0"?><!-- --><svg onload="alert(1)">')],
    ['HTML', text('<!DOCTYPE html><title>scan.dcm</title>')],
    ['HTML', text('  <HTML><body onload="alert(1)">')],
    ['XML', text('<?xml version="1.0"?><patient/>')],
    ['ZIP', bytes(0x50, 0x4b, 3, 4)],
    ['GIF', text('GIF89a')],
    ['PDF', text('%PDF-1.7')],
    ['TIFF', bytes(0x49, 0x49, 0x2a, 0)],
    ['HEIC', text('    ftypheic')],
    ['video', text('    ftypisom')],
    ['program', bytes(0x4d, 0x5a, 0x90)],
    ['prefix', text('Dear colleague')],
    ['prefix', new Uint8Array()],
  ])('[SCAN-14] %s named .dcm is told by its name', (name, file) => {
    expect(fileKindOf(file)).toEqual({ type: 'foreign', name })
  })

  test('[SCAN-14] what has the prefix of DICOM is DICOM, whatever its preamble pretends to be', () => {
    const file = readScan('mr_small_implicit.dcm')
    for (const start of [[0xff, 0xd8, 0xff], [0x50, 0x4b, 3, 4], [...text('<svg>').subarray(0, 64)]]) {
      file.set(start)
      expect(fileKindOf(file)).toEqual({ type: 'dicom' })
    }
  })

  test('[SCAN-14] photographs are told by their first bytes', () => {
    expect(fileKindOf(jpeg(3, 2))).toEqual({ type: 'photo', kind: 'JPEG' })
    expect(fileKindOf(pngHeader(3, 2))).toEqual({ type: 'photo', kind: 'PNG' })
    expect(fileKindOf(webp('VP8L', 3, 2))).toEqual({ type: 'photo', kind: 'WebP' })
  })

  test('[SCAN-1] no bytes whatever make it throw', () => {
    const starts = [
      pngHeader(3, 2),
      jpeg(3, 2),
      ...(['VP8 ', 'VP8L', 'VP8X'] as const).map((one) => webp(one, 3, 2)),
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.uint8Array({ maxLength: 64 }),
        fc.nat(80),
        (start, rest, cut) => {
          const file = Uint8Array.from([...start.subarray(0, cut), ...rest])
          fileKindOf(file)
          for (const kind of photoKinds) {
            const size = photoSizeOf(file, kind)
            if (size.ok)
              expect(size.value.width * size.value.height * 3).toBeLessThanOrEqual(96 * 1024 * 1024)
          }
        },
      ),
      { seed: 14, numRuns: 2_000 },
    )
  })
})

describe('how large it is', () => {
  test.each<[PhotoKind, Uint8Array]>([
    ['JPEG', jpeg(4000, 3000)],
    ['PNG', pngHeader(4000, 3000)],
    ['WebP', webp('VP8 ', 4000, 3000)],
    ['WebP', webp('VP8L', 4000, 3000)],
    ['WebP', webp('VP8X', 4000, 3000)],
  ])('[SCAN-14] a %s says its size', (kind, file) => {
    expect(photoSizeOf(file, kind)).toMatchObject({ ok: true, value: { width: 4000, height: 3000 } })
  })

  test.each<[PhotoKind, Uint8Array]>([
    ['JPEG', jpeg(40_000, 40_000)],
    ['PNG', pngHeader(40_000, 40_000)],
    ['PNG', pngHeader(0xffff_ffff, 1)],
    ['WebP', webp('VP8X', 40_000, 40_000)],
    ['PNG', pngHeader(16_000, 16_000)],
  ])('[SCAN-2] a %s that says to be huge is too large before it is decoded', (kind, file) => {
    expect(photoSizeOf(file, kind)).toMatchObject({ ok: false, failure: 'too-large' })
  })

  test.each<[PhotoKind, Uint8Array]>([
    ['JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)],
    ['PNG', pngHeader(0, 7)],
    ['PNG', pngHeader(7, 7).subarray(0, 20)],
    ['WebP', text('RIFF    WEBPALPH')],
  ])('[SCAN-1] a %s without a header is corrupt', (kind, file) => {
    expect(photoSizeOf(file, kind)).toMatchObject({ ok: false, failure: 'corrupt' })
  })

  test('[SCAN-14] what is decoded is of the size that was said, upright or turned, and of no other', () => {
    expect(isSizeOf({ width: 4, height: 3 }, { width: 4, height: 3 })).toBe(true)
    expect(isSizeOf({ width: 4, height: 3 }, { width: 3, height: 4 })).toBe(true)
    expect(isSizeOf({ width: 4, height: 3 }, { width: 4, height: 4 })).toBe(false)
  })
})

test('[SCAN-12] [SCAN-14] a photograph names nobody, and may show who it is of', () => {
  const scan = photoScan({ width: 4, height: 3 }, 'JPEG')
  expect(scan).toMatchObject({ frames: 1, identity: { modality: 'XC', patientName: null } })
  expect(scan.pixels).toMatchObject({ rows: 3, columns: 4, samplesPerPixel: 3, photometric: 'RGB' })
  expect(mayShowIdentity(scan)).toBe(true)
  expect(photoFrame(scan)).toMatchObject({ frame: 0, geometry: { pixelAspect: 1 } })
})
