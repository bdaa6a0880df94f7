/** Files that are broken, or mean harm (SPEC.md, SCAN): each is refused by name, or shows itself and nothing else. */
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/core/scan/outcome.ts'
import type { Picture } from '../../src/core/scan/samples.ts'
import { createDecoder, type Decoder } from '../../src/io/scan/decode.ts'
import { openScan } from '../../src/io/scan/open.ts'
import {
  element,
  fileOf,
  imageElements,
  randomBytes,
  seededRandom,
  setWord,
  tagAt,
} from '../fakes/scan-files.ts'
import { binaryFromDisk, readScan } from '../fakes/scans.ts'

const decode = createDecoder(binaryFromDisk)

async function firstPicture(file: Uint8Array, by: Decoder = decode): Promise<Outcome<Picture>> {
  const scan = openScan(file, by)
  return scan.ok ? await scan.value.picture(0) : scan
}

/** One file for each way of writing pixels that there is. */
const oneOfEach = [
  'mr_small_implicit.dcm',
  'ct_bigendian_s16.dcm',
  'testpattern_deflated_8bit.dcm',
  'ct_rle_s16.dcm',
  'testpattern_jpegbaseline_ybr422.dcm',
  'ct_jpegext_12bit.dcm',
  'ct_jpeglossless_p14_s16.dcm',
  'testpattern_jpeglossless_sv1_rgb.dcm',
  'ct_jpegls_lossless_s16.dcm',
  'testpattern_jpegls_near_rgb.dcm',
  'mr_enhanced_jpegls_10frames.dcm',
  'ct_j2k_lossless_s16.dcm',
  'ct_j2k_lossy_s16.dcm',
  'photo_htj2k_lossless_rgb.dcm',
]
const compressed = oneOfEach.filter((name) => !/implicit|bigendian|deflated/.test(name))

/** How much of `picture` is pixel for pixel what `other` shows, where `other` shows anything but its commonest value. */
function shareAlike(picture: Picture, other: Picture): number {
  let [alike, all] = [0, 0]
  const ground = other.samples[0]
  for (let at = 0; at < other.samples.length; at++) {
    if (other.samples[at] === ground) continue
    all++
    if (picture.samples[at] === other.samples[at]) alike++
  }
  return all ? alike / all : 0
}

/** Overwrites what lies behind the stream's header with noise, so that nothing of the picture is left. */
function ruined(file: Uint8Array<ArrayBuffer>, seed: number): Uint8Array<ArrayBuffer> {
  const copy = file.slice()
  const from = tagAt(copy, 0x7fe0, 0x0010) + 700
  copy.set(randomBytes(seed, copy.length - from - 32), from)
  return copy
}

describe('whose pixels', () => {
  test.each(compressed)(
    '[SCAN-5] after %s, the same file ruined never shows what the good one showed',
    async (name) => {
      const good = readScan(name)
      const shown = await firstPicture(good)
      if (!shown.ok) throw new Error(shown.detail)
      for (const seed of [1, 2, 3]) {
        const outcome = await firstPicture(ruined(good, seed))
        if (outcome.ok) expect([name, shareAlike(outcome.value, shown.value) < 0.2]).toEqual([name, true])
      }
      const again = await firstPicture(good)
      expect(again, 'and the good one is itself again').toEqual(shown)
    },
  )

  test.each(compressed)('[SCAN-5] after %s, the same file cut short is refused', async (name) => {
    const good = readScan(name)
    await firstPicture(good)
    for (const share of [0.3, 0.6, 0.95]) {
      const outcome = await firstPicture(good.slice(0, Math.floor(good.length * share)))
      expect(outcome).toMatchObject({ ok: false })
    }
  })

  test.each(compressed)(
    '[SCAN-5] a ruined file shows the same after another patient as before any',
    async (name) => {
      const bad = ruined(readScan(name), 4)
      const alone = await firstPicture(bad, createDecoder(binaryFromDisk))
      await firstPicture(readScan(name))
      expect(await firstPicture(bad)).toEqual(alone)
    },
  )

  test('[SCAN-5] a stream of another size or depth than its data set is refused before it is decoded', async () => {
    for (const name of compressed.filter((one) => !one.includes('rle'))) {
      const file = readScan(name)
      setWord(file, 0x0028, 0x0010, 256)
      expect(await firstPicture(file), name).toMatchObject({ ok: false, failure: 'corrupt' })
    }
  })
})

describe('mutations', () => {
  /** Slow ones are tried less often here; the laboratory tries ten thousand of each. */
  const tries = 24

  test.each(oneOfEach)(
    '[SCAN-1] whatever is changed in %s ends in a picture of its own size or a failure by name',
    async (name) => {
      const good = readScan(name)
      const random = seededRandom(name.length * 7919)
      const pixelsAt = Math.max(tagAt(good, 0x7fe0, 0x0010), 132)
      for (let round = 0; round < tries; round++) {
        const file = good.slice()
        const headerOfStream = Math.min(pixelsAt + 240, file.length)
        const from = round % 3 === 0 ? 132 : pixelsAt
        const to = [pixelsAt + 8, headerOfStream, file.length][round % 3] ?? file.length
        for (let count = 1 + Math.floor(random() * 6); count > 0; count--)
          file[from + Math.floor(random() * (to - from))] = Math.floor(random() * 256)
        const cut = round % 8 === 7 ? file.slice(0, Math.floor(random() * file.length)) : file
        const scan = openScan(cut, decode)
        if (!scan.ok) {
          expect(scan.failure).toMatch(/^[a-z-]+$/)
          continue
        }
        const { rows, columns, samplesPerPixel, bitsStored, isSigned } = scan.value.scan.pixels
        const outcome = await scan.value.picture(0)
        if (!outcome.ok) continue
        const { samples } = outcome.value
        expect(samples.length).toBe(rows * columns * samplesPerPixel)
        const [least, most] = isSigned
          ? [-(2 ** (bitsStored - 1)), 2 ** (bitsStored - 1) - 1]
          : [0, 2 ** bitsStored - 1]
        expect(samples.every((value) => value >= least && value <= most)).toBe(true)
      }
      expect(process.memoryUsage().rss, 'bytes held').toBeLessThan(2 * 1024 ** 3)
    },
    120_000,
  )
})

describe('headers', () => {
  const small = (changes: Parameters<typeof imageElements>[0] = {}) => fileOf(imageElements(changes))

  test('[SCAN-1] a small file of our own is shown', async () => {
    const outcome = await firstPicture(small())
    expect(outcome).toMatchObject({ ok: true, value: { rows: 2, columns: 2 } })
  })

  test('[SCAN-2] 40,000 × 40,000 is too large, whatever else it says', async () => {
    expect(await firstPicture(small({ rows: 40_000, columns: 40_000 }))).toMatchObject({
      failure: 'too-large',
    })
  })

  test('[SCAN-2] a size within each limit is too large where all of it is', async () => {
    expect(await firstPicture(small({ rows: 16_000, columns: 16_000 }))).toMatchObject({
      failure: 'too-large',
    })
    expect(await firstPicture(small({ frames: '999999' }))).toMatchObject({ failure: 'too-large' })
  })

  test('[SCAN-1] what is longer in its header than in its file is truncated', async () => {
    expect(await firstPicture(small({ rows: 200 }))).toMatchObject({ failure: 'truncated' })
    expect(await firstPicture(small({ pixelLength: 4000 }))).toMatchObject({ failure: 'truncated' })
  })

  test.each([0xffff_fffe, 0x8000_0000, 0x7fff_ffff])(
    '[SCAN-1] a length of %i is refused',
    async (pixelLength) => {
      expect(await firstPicture(small({ pixelLength }))).toMatchObject({ ok: false })
    },
  )

  test.each(['0', '-1', '1.5', '<script>', '1e999'])(
    '[SCAN-1] %s frames are none, or one',
    async (frames) => {
      const outcome = await firstPicture(small({ frames }))
      if (!outcome.ok) expect(outcome.failure).toBe('corrupt')
    },
  )

  test.each([
    ['nothing', new Uint8Array()],
    ['a ZIP', new TextEncoder().encode(`PK\u0003\u0004${' '.repeat(400)}`)],
    ['an SVG', new TextEncoder().encode(`<svg onload="alert(1)">${' '.repeat(400)}</svg>`)],
    ['zeros', new Uint8Array(1000)],
  ])('[SCAN-1] %s is not DICOM', async (_what, file) => {
    expect(await firstPicture(file)).toMatchObject({ failure: 'not-dicom' })
  })

  test('[SCAN-3] what is not supported is refused by its name', async () => {
    const of = (syntax: string) => firstPicture(fileOf(imageElements(), syntax))
    expect(await of('1.2.840.10008.1.2.4.102')).toMatchObject({
      failure: 'unsupported-syntax',
      detail: 'H.264 video',
    })
    expect(await of('1.2.840.10008.1.2.4.112')).toMatchObject({ detail: 'JPEG XL' })
    expect(await of('1.2.3.4')).toMatchObject({ failure: 'unsupported-syntax', detail: '1.2.3.4' })
  })

  test('[SCAN-1] a report has no pixels', async () => {
    const report = fileOf([element(0x0008, 0x0060, 'CS', 'SR')])
    expect(await firstPicture(report)).toMatchObject({ failure: 'no-pixels' })
  })

  test('[SCAN-13] HTML in a name is letters, and a name cannot turn the line round', () => {
    const named = (name: string) => {
      const scan = openScan(small({ name }), decode)
      return scan.ok ? scan.value.scan.identity.patientName : scan.failure
    }
    expect(named('<script>alert(1)</script>^Ann')).toBe('<script>alert(1)</script>, Ann')
    expect(named('Doe^Jo\u0007hn^^Dr')).toBe('Doe, Dr Jo hn')
    expect(named('')).toBeNull()
  })

  test('[SCAN-6] fragments that cannot be told apart are refused, those that can are dealt out', async () => {
    const source = readScan('us_jpegbaseline_30frames.dcm')
    const scan = openScan(source, decode)
    if (!scan.ok) throw new Error(scan.detail)
    const last = await scan.value.picture(29)
    expect(last).toMatchObject({ ok: true })
    expect(await scan.value.picture(30)).toMatchObject({ failure: 'no-such-frame' })
    expect(await scan.value.picture(-1)).toMatchObject({ failure: 'no-such-frame' })
  })
})
