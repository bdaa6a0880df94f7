/** Files that are broken, or mean harm (SPEC.md, SCAN): each is refused by name, or shows itself and nothing else. */
import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { scanLimits } from '../../src/core/scan/limits.ts'
import type { Outcome } from '../../src/core/scan/outcome.ts'
import type { Picture } from '../../src/core/scan/samples.ts'
import { scanOf } from '../../src/core/scan/scan.ts'
import { createCodec as createHtj2k } from '../../src/io/scan/codec-htj2k.ts'
import { createCodec as createJpeg2000 } from '../../src/io/scan/codec-jpeg-2000.ts'
import { createCodec as createJpegLs } from '../../src/io/scan/codec-jpeg-ls.ts'
import { parseFile } from '../../src/io/scan/data-set.ts'
import { createDecoder, type Decoder } from '../../src/io/scan/decode.ts'
import { bytesOfFrame } from '../../src/io/scan/frames.ts'
import { openScan } from '../../src/io/scan/open.ts'
import { element, fileOf, imageElements, joined, randomBytes, setWord, tagAt } from '../fakes/scan-files.ts'
import { binaryFromDisk, readScan } from '../fakes/scans.ts'
import { fuzzFile, oneOfEach } from '../lab/scan-mutations.ts'

const decode = createDecoder(binaryFromDisk)

async function firstPicture(file: Uint8Array, by: Decoder = decode): Promise<Outcome<Picture>> {
  const scan = openScan(file, by)
  return scan.ok ? await scan.value.picture(0) : scan
}

/** A sequence and an item of it that are never closed. */
const openSequence = joined([
  Uint8Array.of(0x08, 0x00, 0x40, 0x11, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff),
])

const compressed = oneOfEach.filter((name) => !/implicit|bigendian|deflated|palette/.test(name))

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

/**
 * Overwrites a frame with noise from `after` bytes behind the tag of the pixels: 96 leaves the size of the stream and spoils
 * how it is coded, 700 spoils the picture alone. Its end is left, so that it does not pass for cut short.
 */
function ruined(file: Uint8Array<ArrayBuffer>, seed: number, after = 700): Uint8Array<ArrayBuffer> {
  const copy = file.slice()
  const from = tagAt(copy, 0x7fe0, 0x0010) + after
  copy.set(randomBytes(seed, copy.length - from - 32), from)
  return copy
}

/** The first frame's stream with its middle taken out, and an end put behind it: cut short without showing it. */
function hollow(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = file.slice()
  const from = tagAt(copy, 0x7fe0, 0x0010) + 400
  copy.fill(0, from, copy.length - 32)
  return copy
}

describe('whose pixels', () => {
  test.each(compressed)(
    '[SCAN-5] after %s, the same file ruined never shows what the good one showed',
    async (name) => {
      const good = readScan(name)
      const shown = await firstPicture(good)
      if (!shown.ok) throw new Error(shown.detail)
      const spoilt = [
        ruined(good, 1),
        ruined(good, 2),
        ruined(good, 3, 96),
        ruined(good, 4, 120),
        ruined(good, 5, 200),
        hollow(good),
      ]
      for (const file of spoilt) {
        const outcome = await firstPicture(file)
        if (outcome.ok) expect([name, shareAlike(outcome.value, shown.value) < 0.2]).toEqual([name, true])
      }
      const again = await firstPicture(good)
      expect(again, 'and the good one is itself again').toEqual(shown)
    },
  )

  test.each([
    ['ct_jpegls_lossless_s16.dcm', createJpegLs],
    ['ct_j2k_lossless_s16.dcm', createJpeg2000],
    ['photo_htj2k_lossless_rgb.dcm', createHtj2k],
  ])(
    '[SCAN-5] in the memory of one and the same patient, too, nothing of %s is left for the next',
    async (name, create) => {
      const codec = create(binaryFromDisk)
      const file = parseFile(readScan(name))
      const scan = file.ok ? scanOf(file.value.attributes, file.value.syntax) : file
      if (!file.ok || !scan.ok) throw new Error(name)
      const stream = bytesOfFrame(file.value.stored, scan.value, 0)
      if (!stream.ok) throw new Error(name)
      const { pixels } = scan.value
      const good = await codec(stream.value, pixels, 'Jane')
      if (!good.ok) throw new Error(good.detail)
      for (let from = 52; from < 400; from += 48) {
        const bad = new Uint8Array(stream.value)
        bad.set(randomBytes(from, bad.length - from - 4), from)
        const outcome = await codec(bad, pixels, 'Jane')
        if (outcome.ok) expect(outcome.value.words, `noise from ${from}`).not.toEqual(good.value.words)
        expect((await codec(stream.value, pixels, 'Jane')).ok).toBe(true)
      }
    },
    60_000,
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
  /** The laboratory tries ten thousand of each (tests/lab/scan-fuzz.ts). */
  test.each(oneOfEach)(
    '[SCAN-1] [SCAN-5] whatever is spoilt in %s ends in a picture of its own or a failure by name',
    async (name) => {
      expect((await fuzzFile(name, 24, 1)).broken).toBeNull()
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

  test('[SCAN-2] what grows without end when it is inflated is too large', async () => {
    const bomb = deflateRawSync(new Uint8Array(scanLimits.inflatedBytes + 1024))
    const file = joined([fileOf([], '1.2.840.10008.1.2.1.99'), bomb])
    expect(await firstPicture(file)).toMatchObject({ failure: 'too-large' })
  })

  test('[SCAN-1] sequences in sequences without end are refused', async () => {
    const nested = [...imageElements().slice(0, -1), ...Array.from({ length: 20_000 }, () => openSequence)]
    expect(await firstPicture(fileOf(nested))).toMatchObject({ ok: false })
  })

  test('[SCAN-1] a codec that cannot be loaded is not the file’s fault, and is asked for again', async () => {
    let isOffline = true
    const decoder = createDecoder(async (address) => {
      if (isOffline) throw new Error('offline')
      return await binaryFromDisk(address)
    })
    const file = readScan('mr_enhanced_jpegls_10frames.dcm')
    expect(await firstPicture(file, decoder)).toMatchObject({ failure: 'no-codec' })
    isOffline = false
    expect(await firstPicture(file, decoder)).toMatchObject({ ok: true })
  })

  test('[SCAN-3] a progressive JPEG is refused by its name', async () => {
    const file = readScan('testpattern_jpegbaseline_ybr422.dcm')
    const at = file.findIndex((_, from) => from > 1000 && file[from] === 0xff && file[from + 1] === 0xc0)
    file[at + 1] = 0xc2
    expect(await firstPicture(file)).toMatchObject({
      failure: 'unsupported-syntax',
      detail: 'JPEG Full Progression',
    })
  })

  test('[SCAN-7] colours that only JPEG 2000 has are refused of others', async () => {
    const file = small({ samplesPerPixel: 3, photometric: 'YBR_RCT', pixels: new Uint8Array(12) })
    expect(await firstPicture(file)).toMatchObject({ failure: 'corrupt' })
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
