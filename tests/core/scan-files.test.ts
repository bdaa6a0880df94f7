/** Real files against what dcmtk, OpenJPEG and OpenJPH make of them (tests/dicom/MANIFEST.md). */
import { describe, expect, test } from 'vitest'
import { fullWindow, shadesOf } from '../../src/core/scan/grey.ts'
import type { Picture } from '../../src/core/scan/samples.ts'
import { createDecoder } from '../../src/io/scan/decode.ts'
import { type OpenScan, openScan } from '../../src/io/scan/open.ts'
import { statistics, toleranceOf, unlike, valuesOf } from '../fakes/scan-values.ts'
import { binaryFromDisk, expectations, phantomSlices, readScan, singleScans } from '../fakes/scans.ts'

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
    const { frame0, frameLast, frames } = expected
    const first = await pictureOf(scan, 0)
    expect(unlike(valuesOf(first, frame0), frame0, toleranceOf(name))).toEqual([])
    if (!frameLast) return
    const last = await pictureOf(scan, frames - 1)
    expect(unlike(valuesOf(last, frameLast), frameLast, toleranceOf(name))).toEqual([])
  })
})

/** dcmtk draws no JPEG 2000 and no colours through a window. */
const rendered = singleScans.flatMap((name) => {
  const render = expectations[name]?.dcmtk_minmax_render
  return render ? [[name, render] as const] : []
})

test.each(rendered)(
  '[SCAN-8] through a window of all its values %s is as grey as dcmtk makes it',
  async (name, render) => {
    const scan = opened(name)
    const frame = scan.frame(0)
    if (!frame.ok) throw new Error(name)
    const { samples } = await pictureOf(scan, 0)
    const found = statistics(shadesOf(frame.value.grey, fullWindow(frame.value.grey, samples), samples))
    expect(Math.abs(found.min - render.min)).toBeLessThanOrEqual(1)
    expect(Math.abs(found.max - render.max)).toBeLessThanOrEqual(1)
    expect(Math.abs(found.mean - render.mean)).toBeLessThanOrEqual(1)
  },
)

test('[SCAN-4] every slice of a series is exactly what others decode', async () => {
  for (const name of phantomSlices) {
    const frame0 = expectations[name]?.frame0
    if (frame0)
      expect(unlike(valuesOf(await pictureOf(opened(name), 0), frame0), frame0, 0), name).toEqual([])
  }
})
