/** Real files against what dcmtk, OpenJPEG and OpenJPH make of them (tests/dicom/MANIFEST.md). */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fullWindow, shadesOf } from '../../src/core/scan/grey.ts'
import type { Picture } from '../../src/core/scan/samples.ts'
import { createDecoder } from '../../src/io/scan/decode.ts'
import { type OpenScan, openScan } from '../../src/io/scan/open.ts'
import {
  binaryFromDisk,
  type ExpectedFrame,
  expectations,
  phantomSlices,
  readScan,
  singleScans,
} from '../fakes/scans.ts'

const decode = createDecoder(binaryFromDisk)

function opened(name: string): OpenScan {
  const scan = openScan(readScan(name), decode)
  if (!scan.ok) throw new Error(`${name}: ${scan.failure}, ${scan.detail}`)
  return scan.value
}

async function pictureOf(scan: OpenScan, frame: number): Promise<Picture> {
  const picture = await scan.picture(frame)
  if (!picture.ok) throw new Error(`${picture.failure}, ${picture.detail}`)
  return picture.value
}

function statistics(samples: ArrayLike<number>) {
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (let at = 0; at < samples.length; at++) {
    const value = samples[at] ?? 0
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
  }
  return { min, max, mean: sum / samples.length }
}

/** What dcmtk's own arithmetic may differ by where a coding is lossy: an inverse DCT, or a colour matrix, rounded. */
function toleranceOf(name: string): number {
  if (name.includes('ybr') || name.startsWith('us_')) return 6
  return name.includes('12bit') ? 1 : 0
}

function expectLike(picture: Picture, expected: ExpectedFrame, tolerance: number) {
  const found = statistics(picture.samples)
  expect(Math.abs(found.min - expected.min), 'least').toBeLessThanOrEqual(tolerance)
  expect(Math.abs(found.max - expected.max), 'most').toBeLessThanOrEqual(tolerance)
  expect(Math.abs(found.mean - expected.mean), 'mean').toBeLessThanOrEqual(tolerance ? tolerance / 2 : 0.0006)
  for (const { x, y, v } of expected.probes ?? []) {
    const at = (y * picture.columns + x) * picture.samplesPerPixel
    const stored = [...picture.samples.subarray(at, at + picture.samplesPerPixel)]
    stored.forEach((value, channel) => {
      const wanted = typeof v === 'number' ? v : (v[channel] ?? Number.NaN)
      expect(Math.abs(value - wanted), `${x}, ${y}: ${stored} for ${v}`).toBeLessThanOrEqual(tolerance)
    })
  }
  if (expected.sha256_samples === undefined) return
  const { buffer, byteOffset, byteLength } = picture.samples
  const hash = createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
  expect(hash, 'samples').toBe(expected.sha256_samples)
}

describe.each(singleScans)('%s', (name) => {
  const expected = expectations[name]
  if (!expected) throw new Error(name)

  test('[SCAN-4] it is described as it is', () => {
    const { scan, frame } = opened(name)
    expect(scan.syntax.uid).toBe(expected.ts)
    expect(scan.frames).toBe(expected.frames)
    expect(scan.pixels).toMatchObject({
      rows: expected.rows,
      columns: expected.cols,
      samplesPerPixel: expected.spp,
      photometric: expected.photometric,
      bitsStored: expected.bitsStored,
      isSigned: expected.signed === 1,
    })
    expect(scan.identity.modality ?? '').toBe(expected.modality)
    expect(frame(0)).toMatchObject({
      ok: true,
      value: { grey: { modality: { slope: expected.slope, intercept: expected.intercept } } },
    })
  })

  test('[SCAN-11] it is lossy or not', () => {
    expect(opened(name).scan.lossiness.isLossy).toBe(expected.lossy)
  })

  test('[SCAN-4] its first and its last frame are what others decode', async () => {
    const scan = opened(name)
    const first = await pictureOf(scan, 0)
    expectLike(first, expected.frame0, toleranceOf(name))
    const last = expected.frameLast && (await pictureOf(scan, expected.frames - 1))
    if (expected.frameLast && last) expectLike(last, expected.frameLast, toleranceOf(name))
  })

  test.runIf(expected.dcmtk_minmax_render)(
    '[SCAN-8] through a window of all its values it is as grey as dcmtk makes it',
    async () => {
      const scan = opened(name)
      const frame = scan.frame(0)
      const render = expected.dcmtk_minmax_render
      if (!frame.ok || !render) throw new Error(name)
      const { samples } = await pictureOf(scan, 0)
      const found = statistics(shadesOf(frame.value.grey, fullWindow(frame.value.grey, samples), samples))
      expect(Math.abs(found.min - render.min)).toBeLessThanOrEqual(1)
      expect(Math.abs(found.max - render.max)).toBeLessThanOrEqual(1)
      expect(Math.abs(found.mean - render.mean)).toBeLessThanOrEqual(1)
    },
  )
})

test('[SCAN-4] every slice of a series is exactly what others decode', async () => {
  for (const name of phantomSlices) {
    const expected = expectations[name]
    if (expected) expectLike(await pictureOf(opened(name), 0), expected.frame0, 0)
  }
})
