/** Who has to look at what before it leaves (SPEC.md, STRIP-7). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Lookable, lookingsOf, withinPicture } from '../../src/core/scan/looking.ts'
import type { ScanFrame, ScanIdentity } from '../../src/core/scan/scan.ts'
import { screenPixels } from '../../src/core/scan/seen.ts'
import { createDecoder } from '../../src/io/scan/decode.ts'
import { openScan } from '../../src/io/scan/open.ts'
import { binaryFromDisk, phantomSlices, readScan, singleScans } from '../fakes/scans.ts'

const decode = createDecoder(binaryFromDisk)

function lookable(
  name: string,
  changes: Partial<ScanFrame> = {},
  identity: Partial<ScanIdentity> = {},
): Lookable {
  const opened = openScan(readScan(name), decode)
  const first = opened.ok ? opened.value.frame(0) : opened
  if (!first.ok) throw new Error(first.detail)
  const frame = { ...first.value, ...changes, identity: { ...first.value.identity, ...identity } }
  return { fileId: name, kind: 'dicom', scan: frame, first: frame }
}

const saysNo = { burnedIn: { annotation: 'NO', conversionType: null } }

test('[STRIP-7] [HZ-9] ultrasound, photographs and captures are looked at whatever they say, others unless they deny a name', () => {
  expect(lookingsOf([lookable('us_jpegbaseline_30frames.dcm', saysNo)])).toHaveLength(1)
  expect(lookingsOf([{ ...lookable('ct_rle_s16.dcm', saysNo), kind: 'photo' }])).toHaveLength(1)
  expect(lookingsOf([lookable('testpattern_rgb_evrle.dcm')])).toHaveLength(1)
  expect(lookingsOf([lookable('ct_rle_s16.dcm')])).toHaveLength(1)
  expect(lookingsOf([lookable('ct_rle_s16.dcm', saysNo)])).toEqual([])
})

test('[STRIP-7] a series of a machine is looked at once, at its two ends in the order of the body', () => {
  const slices = phantomSlices.map((name) => lookable(name))
  const [looking, ...others] = lookingsOf(slices)
  expect(others).toEqual([])
  expect(looking).toMatchObject({ pictures: 60, rows: 512, columns: 512 })
  expect(new Set(looking?.fileIds)).toEqual(new Set(phantomSlices))
  const ends = looking?.places.map(
    ({ fileId }) => slices.find((one) => one.fileId === fileId)?.first.geometry.position?.[2],
  )
  const depths = slices.map(({ first }) => first.geometry.position?.[2] ?? 0)
  expect([...(ends ?? [])].toSorted()).toEqual([Math.min(...depths), Math.max(...depths)].toSorted())
})

test('[STRIP-7] a slice of another size, or a drawing among slices, is looked at by itself', () => {
  const [one = '', two = '', three = ''] = phantomSlices
  const wide = lookable(two)
  const files = [
    lookable(one),
    { ...wide, scan: { ...wide.scan, pixels: { ...wide.scan.pixels, columns: 600 } } },
    lookable(three, { burnedIn: { annotation: null, conversionType: 'WSD' } }),
  ]
  expect(lookingsOf(files).map(({ fileIds }) => fileIds)).toEqual([[one], [two], [three]])
})

test('[STRIP-7] of a film the first and the last frame are shown, of a single picture the picture', () => {
  const film = lookingsOf([lookable('us_jpegbaseline_30frames.dcm')])
  expect(film[0]?.places.map(({ frame }) => frame)).toEqual([0, 29])
  expect(film[0]?.pictures).toBe(30)
  expect(lookingsOf([lookable('testpattern_rgb_evrle.dcm')])[0]?.places).toHaveLength(1)
})

test('[STRIP-7] every file that must be looked at is in one place, and no other file is', () => {
  const all = [...singleScans, ...phantomSlices].map((name) => lookable(name))
  fc.assert(
    fc.property(fc.shuffledSubarray(all), (some) => {
      const named = lookingsOf(some).flatMap(({ fileIds }) => fileIds)
      expect(named.toSorted()).toEqual(
        some
          .map(({ fileId }) => fileId)
          .filter((id) => id !== 'mr_enhanced_jpegls_10frames.dcm')
          .toSorted(),
      )
    }),
    { seed: 3, numRuns: 50 },
  )
})

test('[STRIP-5] a box never leaves its picture and never vanishes, wherever it is pushed', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  const size = fc.record({
    rows: fc.integer({ min: 1, max: 4000 }),
    columns: fc.integer({ min: 1, max: 4000 }),
  })
  fc.assert(
    fc.property(fc.record({ x: number, y: number, width: number, height: number }), size, (box, picture) => {
      const { x, y, width, height } = withinPicture(box, picture)
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(picture.columns)
      expect(y + height).toBeLessThanOrEqual(picture.rows)
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(1)
    }),
    { seed: 2 },
  )
})

test('[STRIP-7] what is looked at is the picture: grey through its window, colours as they are, palettes as colours', async () => {
  for (const name of ['ct_rle_s16.dcm', 'testpattern_rgb_evrle.dcm', 'testpattern_palette8.dcm']) {
    const opened = openScan(readScan(name), decode)
    const frame = opened.ok ? opened.value.frame(0) : opened
    const picture = opened.ok ? await opened.value.picture(0) : opened
    if (!frame.ok || !picture.ok) throw new Error(name)
    const pixels = screenPixels(frame.value, picture.value)
    expect(pixels.length).toBe(picture.value.rows * picture.value.columns * 4)
    expect(pixels.every((value, at) => at % 4 !== 3 || value === 255)).toBe(true)
    const isGrey = name.startsWith('ct')
    expect(pixels.some((value, at) => at % 4 === 1 && value !== pixels[at - 1])).toBe(!isGrey)
    expect(new Set(pixels).size).toBeGreaterThan(5)
  }
})
