/** What leaves of a scan, and what does not (SPEC.md, STRIP). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Box, blackOf } from '../../src/core/scan/boxes.ts'
import { fullWindow, shadeOf } from '../../src/core/scan/grey.ts'
import { coloursOf } from '../../src/core/scan/lookup.ts'
import { inOrder } from '../../src/core/scan/order.ts'
import type { Picture } from '../../src/core/scan/samples.ts'
import type { ScanFrame } from '../../src/core/scan/scan.ts'
import { createUidMap, type UidMap } from '../../src/core/scan/uid-map.ts'
import { createDecoder } from '../../src/io/scan/decode.ts'
import { type OpenScan, openScan } from '../../src/io/scan/open.ts'
import { createStripper } from '../../src/io/scan/strip.ts'
import { planted, saidIn, utf16 } from '../fakes/planted-scans.ts'
import {
  element,
  fileOf,
  imageElements,
  item,
  joined,
  randomBytes,
  seededRandom,
  tagAt,
} from '../fakes/scan-files.ts'
import { binaryFromDisk, phantomSlices, readScan, singleScans } from '../fakes/scans.ts'

const decode = createDecoder(binaryFromDisk)
const strip = createStripper(decode)

function uidsFrom(seed: number): UidMap {
  let count = seed * 100_000
  return createUidMap(() => randomBytes(count++, 16))
}

async function strippedFile(file: Uint8Array, uids = uidsFrom(1), boxes: readonly Box[] = []) {
  const outcome = await strip(file, uids, boxes)
  if (!outcome.ok) throw new Error(`${outcome.failure}, ${outcome.detail}`)
  return outcome.value
}

function opened(file: Uint8Array): OpenScan {
  const scan = openScan(file, decode)
  if (!scan.ok) throw new Error(`${scan.failure}, ${scan.detail}`)
  return scan.value
}

function frameIn(scan: OpenScan, at: number): ScanFrame {
  const frame = scan.frame(at)
  if (!frame.ok) throw new Error(frame.detail)
  return frame.value
}

async function pictureIn(scan: OpenScan, at: number): Promise<Picture> {
  const picture = await scan.picture(at)
  if (!picture.ok) throw new Error(`${picture.failure}, ${picture.detail}`)
  return picture.value
}

/** Byte for byte: a picture has too many numbers to be told what differs. */
function expectSame(is: Picture, was: Picture): void {
  const bytes = ({ samples }: Picture) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  const { samples: _is, ...layout } = is
  expect(was).toMatchObject(layout)
  expect(is.samples.constructor).toBe(was.samples.constructor)
  expect(bytes(is).equals(bytes(was)), 'pixels').toBe(true)
}

/** All that is said of a frame but whose it is and how its file was written. */
function shownOf(frame: ScanFrame) {
  const { identity, syntax: _syntax, geometry, burnedIn, pixels, ...rest } = frame
  const { frameOfReference, ...place } = geometry
  return {
    ...rest,
    pixels,
    burnedIn: {
      ...burnedIn,
      annotation: ['YES', 'NO'].includes(burnedIn.annotation ?? '') ? burnedIn.annotation : null,
    },
    geometry: { ...place, hasFrame: frameOfReference !== null },
    modality: identity.modality,
    numbers: [identity.seriesNumber, identity.instanceNumber],
  }
}

const isAmong = (bytes: Uint8Array, file: Buffer) => file.includes(bytes)

describe.each(singleScans)('%s', (name) => {
  test('[STRIP-4] every frame is pixel for pixel, and in all that is said of it, what it was', async () => {
    const before = opened(readScan(name))
    const after = opened(await strippedFile(readScan(name)))
    expect(after.scan.frames).toBe(before.scan.frames)
    for (let at = 0; at < before.scan.frames; at++) {
      expectSame(await pictureIn(after, at), await pictureIn(before, at))
      expect(shownOf(frameIn(after, at))).toEqual(shownOf(frameIn(before, at)))
    }
  })

  test('[STRIP-1] whose it is, and any text of its own, is gone', async () => {
    const { identity } = opened(await strippedFile(readScan(name))).scan
    expect(identity).toMatchObject({
      patientName: null,
      patientId: null,
      patientBirthDate: null,
      studyDate: null,
      studyDescription: null,
      seriesDescription: null,
    })
  })

  test('[STRIP-1] a mark in every place that can hold one is nowhere in what leaves, nor is any old UID', async () => {
    const clean = opened(readScan(name))
    const anyMark = fc.stringMatching(/^[A-Z]{8,20}$/)
    await fc.assert(
      fc.asyncProperty(anyMark, fc.integer({ min: 2, max: 1_000 }), async (mark, seed) => {
        const source = planted(readScan(name), mark)
        expect(isAmong(Buffer.from(mark), Buffer.from(source)), 'planted').toBe(true)
        const leaving = Buffer.from(await strippedFile(source, uidsFrom(seed)))
        for (const form of [Buffer.from(mark), utf16(mark), Buffer.from(utf16(mark)).swap16()])
          expect(isAmong(form, leaving)).toBe(false)
        const after = opened(leaving)
        for (const at of new Set([0, clean.scan.frames - 1]))
          expectSame(await pictureIn(after, at), await pictureIn(clean, at))
        expect(
          JSON.stringify(Array.from({ length: clean.scan.frames }, (_, at) => shownOf(frameIn(after, at)))),
        ).not.toContain(mark)
      }),
      { seed: 7, numRuns: 3 },
    )
  }, 60_000)

  test('[STRIP-1] no text, no name of an instance and no number of a machine of the file itself is left', async () => {
    const kept = saidIn(await strippedFile(readScan(name)))
    const said = [...saidIn(readScan(name))].filter((one) => {
      if (one.startsWith('1.2.840.10008.')) return false
      return /^[\d.]{12,}$/.test(one) ? one.split('.').length > 3 : /[A-Za-z].{5}/.test(one)
    })
    const terms =
      /^(?:MONOCHROME[12]|ORIGINAL|DERIVED|PRIMARY|SECONDARY|IDENTITY|PALETTE COLOR|YBR_FULL(?:_422)?|ISO_\d+_\d+|NORMAL|HARDER|SOFTER)$/
    expect(said.filter((one) => kept.has(one) && !terms.test(one))).toEqual([])
  })
})

describe('files that are broken, or mean harm', () => {
  const tries = 12
  /** Each of its frames takes a second. */
  const quick = singleScans.filter((name) => !name.startsWith('cr_'))

  test.each(quick)(
    '[STRIP-4] whatever is changed in %s, what leaves shows the same as here, or nothing leaves',
    async (name) => {
      const good = readScan(name)
      const random = seededRandom(name.length * 104_729)
      const pixelsAt = Math.max(tagAt(good, 0x7fe0, 0x0010), 132)
      for (let round = 0; round < tries; round++) {
        const file = good.slice()
        const [from, to] = round % 2 === 0 ? [132, pixelsAt + 8] : [pixelsAt, good.length]
        for (let count = 1 + Math.floor(random() * 6); count > 0; count--)
          file[from + Math.floor(random() * (to - from))] = Math.floor(random() * 256)
        const cut = round % 8 === 7 ? file.slice(0, Math.floor(random() * file.length)) : file
        const outcome = await strip(cut, uidsFrom(round), [])
        if (!outcome.ok) {
          expect(outcome.failure).toMatch(/^[a-z-]+$/)
          continue
        }
        const [here, there] = [openScan(cut, decode), openScan(outcome.value, decode)]
        if (!here.ok) throw new Error(`left, and cannot be opened here: ${here.detail}`)
        if (!there.ok) throw new Error(`left, and cannot be opened there: ${there.detail}`)
        const [shown, seen] = [await here.value.picture(0), await there.value.picture(0)]
        // What came behind a stream's end hid the picture here and is gone there.
        if (!shown.ok) continue
        if (!seen.ok) throw new Error(`left, and is not seen there: ${seen.detail}`)
        expectSame(seen.value, shown.value)
      }
    },
    120_000,
  )
})

describe('a series', () => {
  test('[STRIP-3] is one series of one study still, in the same order', async () => {
    const uids = uidsFrom(3)
    const before = phantomSlices.map((name) => opened(readScan(name)).scan)
    const files: Uint8Array[] = []
    for (const name of phantomSlices) files.push(await strippedFile(readScan(name), uids))
    const after = files.map((file) => opened(file))
    const orderOf = (frames: readonly ScanFrame[]) =>
      inOrder(frames.map((frame, at) => ({ ...frame, at }))).map(({ at }) => at)
    const framesBefore = phantomSlices.map((name) => frameIn(opened(readScan(name)), 0))
    expect(orderOf(after.map((scan) => frameIn(scan, 0)))).toEqual(orderOf(framesBefore))
    expect(new Set(after.map(({ scan }) => scan.identity.series)).size).toBe(1)
    expect(new Set(after.map(({ scan }) => scan.identity.study)).size).toBe(1)
    expect(new Set(after.map((scan) => frameIn(scan, 0).geometry.frameOfReference)).size).toBe(1)
    expect(new Set(after.map(({ scan }) => scan.identity.sopInstance)).size).toBe(60)
    for (const [at, { scan }] of after.entries()) {
      expect(scan.identity.series).toMatch(/^2\.25\.\d{30,39}$/)
      expect(scan.identity.series).not.toBe(before[at]?.identity.series)
      expectSame(
        await pictureIn(after[at] ?? opened(new Uint8Array()), 0),
        await pictureIn(opened(readScan(phantomSlices[at] ?? '')), 0),
      )
    }
  }, 120_000)

  test('[STRIP-3] the same file is another one in the next share', async () => {
    const [name = ''] = phantomSlices
    const [one, two] = [
      await strippedFile(readScan(name), uidsFrom(4)),
      await strippedFile(readScan(name), uidsFrom(5)),
    ]
    const ids = (file: Uint8Array) => opened(file).scan.identity
    for (const key of ['study', 'series', 'sopInstance'] as const)
      expect(ids(one)[key]).not.toBe(ids(two)[key])
  })

  test('[STRIP-3] a new UID is a UUID of chance below 2.25, whatever the old one was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.string(), (random, old) => {
        const uids = createUidMap(() => random)
        const number = BigInt(uids.of(old).slice('2.25.'.length))
        expect(uids.of(old)).toMatch(/^2\.25\.[1-9]\d*$/)
        expect(uids.of(old).length).toBeLessThanOrEqual(64)
        expect([(number >> 76n) & 15n, (number >> 62n) & 3n]).toEqual([4n, 2n])
        expect(uids.of(old)).toBe(uids.of(old))
      }),
      { seed: 11 },
    )
  })
})

const textIn = (file: Uint8Array, text: string) => Buffer.from(file).includes(text)
const image = (changes: Parameters<typeof imageElements>[0] = {}) => fileOf(imageElements(changes))

describe('what is said of it', () => {
  test('[STRIP-2] that it was done, and how, and no name', async () => {
    const file = await strippedFile(readScan('us_jpegbaseline_30frames.dcm'))
    expect(textIn(file, 'YES Bedside: attributes'.slice(4))).toBe(true)
    expect(opened(file).scan.identity.patientName).toBeNull()
  })

  test.each(['YES', 'NO'])(
    '[STRIP-2] a burned-in annotation of %s is kept, anything else is not said',
    async (said) => {
      const with_ = (value: string) => image({ extra: [element(0x0028, 0x0301, 'CS', value)] })
      expect(opened(await strippedFile(with_(said))).scan.burnedIn.annotation).toBe(said)
      expect(opened(await strippedFile(with_('JANE DOE'))).scan.burnedIn.annotation).toBeNull()
    },
  )

  test('[STRIP-1] a window’s name is kept if machines use it; somebody’s own word is not', async () => {
    const extra = [
      element(0x0028, 0x1050, 'DS', '40\\-600\\1'),
      element(0x0028, 0x1051, 'DS', '400\\1500\\2'),
      element(0x0028, 0x1055, 'LO', 'BONE\\Doe, Jane\\LUNG'),
    ]
    const { grey } = frameIn(opened(await strippedFile(image({ extra }))), 0)
    expect(grey.windows.map(({ name, centre }) => [name, centre])).toEqual([
      ['BONE', 40],
      [null, -600],
      ['LUNG', 1],
    ])
  })

  test('[STRIP-1] a maker’s own class of storage becomes a secondary capture, in which a name is looked for', async () => {
    const file = fileOf([element(0x0008, 0x0016, 'UI', '1.2.826.0.1.99.4711'), ...imageElements()])
    const leaving = await strippedFile(file)
    expect(opened(leaving).scan.identity.sopClass).toBe('1.2.840.10008.5.1.4.1.1.7')
    expect(textIn(leaving, '4711')).toBe(false)
  })

  test('[STRIP-5] what was lossy is lossy, whatever its header says', async () => {
    for (const name of ['testpattern_jpegls_near_rgb.dcm', 'us_jpegbaseline_30frames.dcm']) {
      const box = { x: 0, y: 0, width: 8, height: 8 }
      for (const boxes of [[], [box]]) {
        const { lossiness } = opened(await strippedFile(readScan(name), uidsFrom(1), boxes)).scan
        expect(lossiness).toEqual(opened(readScan(name)).scan.lossiness)
        expect(lossiness.isLossy).toBe(true)
      }
    }
  })

  test('[STRIP-4] what lies in the bits above a picture’s own leaves neither uncompressed nor in a stream', async () => {
    const bits = [16, 12, 11] as const
    const words = Uint16Array.of(0x4123, 0x0456, 0x4789, 0x0abc)
    const pixels = new Uint8Array(words.buffer)
    const [plain] = [await strippedFile(image({ bits, pixels }))]
    expect([...(await pictureIn(opened(plain), 0)).samples]).toEqual([0x123, 0x456, 0x789, 0xabc])
    expect([...plain.subarray(-8)]).toEqual([0x23, 1, 0x56, 4, 0x89, 7, 0xbc, 0xa])
    const packed = rle(
      joined([Uint8Array.of(3, 0x41, 4, 0x47, 0xa)]),
      Uint8Array.of(3, 0x23, 0x56, 0x89, 0xbc),
    )
    const hiding = fileOf([...imageElements({ bits }).slice(0, -1), packed], '1.2.840.10008.1.2.5')
    expect([...(await strippedFile(hiding)).subarray(-8)]).toEqual([0x23, 1, 0x56, 4, 0x89, 7, 0xbc, 0xa])
  })

  test('[STRIP-4] what cannot be shown whole does not leave', async () => {
    expect(await strip(image({ frames: '2' }), uidsFrom(1), [])).toMatchObject({
      ok: false,
      failure: 'truncated',
    })
    expect(await strip(Uint8Array.of(1, 2), uidsFrom(1), [])).toMatchObject({
      ok: false,
      failure: 'not-dicom',
    })
    const us = readScan('us_jpegbaseline_30frames.dcm')
    expect(await strip(us.slice(0, us.length / 2), uidsFrom(1), [])).toMatchObject({ ok: false })
  })
})

/** One frame of 16-bit words: the segment of their high bytes, then that of their low ones. */
function rle(high: Uint8Array, low: Uint8Array): Uint8Array {
  const header = new Uint8Array(64)
  const view = new DataView(header.buffer)
  for (const [at, value] of [2, 64, 64 + high.length + 1].entries()) view.setUint32(at * 4, value, true)
  const stream = joined([header, high, Uint8Array.of(0), low, Uint8Array.of(0)])
  const all = joined([
    item(new Uint8Array()),
    item(stream),
    Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0),
  ])
  return element(0x7fe0, 0x0010, 'OB', all, 0xffff_ffff)
}

describe('black boxes', () => {
  const box: Box = { x: 10.5, y: 20, width: 30, height: 12.2 }
  const isInside = (at: number, columns: number) => {
    const [x, y] = [at % columns, Math.floor(at / columns)]
    return x >= 10 && x < 41 && y >= 20 && y < 33
  }
  /** Colours are 0; of grey nothing that could be stored is darker, through each window that the file names. */
  function expectBlack(
    { grey, pixels }: ScanFrame,
    { samples, samplesPerPixel }: Picture,
    black: number,
  ): void {
    if (samplesPerPixel === 3) return expect(black).toBe(0)
    if (grey.windows.length === 0) {
      const window = fullWindow(grey, samples)
      return expect(shadeOf(grey, window, black)).toBe(0)
    }
    const lowest = pixels.isSigned ? -(2 ** (pixels.bitsStored - 1)) : 0
    const ends = [lowest, lowest + 2 ** pixels.bitsStored - 1]
    for (const window of grey.windows) {
      const darkest = Math.min(...ends.map((end) => shadeOf(grey, window, end)))
      expect(shadeOf(grey, window, black)).toBe(darkest)
    }
  }

  test.each(singleScans)(
    '[STRIP-5] in %s what is inside is black in every frame, what is outside is as it was',
    async (name) => {
      const before = opened(readScan(name))
      const after = opened(await strippedFile(readScan(name), uidsFrom(1), [box]))
      expect(after.scan.syntax.name).toBe('Explicit VR Little Endian')
      expect(after.scan.burnedIn.annotation).toBe('NO')
      expect(after.scan.lossiness).toEqual(before.scan.lossiness)
      for (const at of new Set([0, before.scan.frames >> 1, before.scan.frames - 1])) {
        const [was, is] = [await pictureIn(before, at), await pictureIn(after, at)]
        const [frameWas, frameIs] = [frameIn(before, at), frameIn(after, at)]
        expect(frameIs.grey).toEqual(frameWas.grey)
        const raw = frameWas.palette ? coloursOf(was.samples, frameWas.palette) : was.samples
        const channels = is.samplesPerPixel
        let [changed, inside] = [0, new Set<number>()]
        for (let index = 0; index < is.samples.length; index++) {
          const value = is.samples[index] ?? -1
          if (isInside(Math.floor(index / channels), is.columns)) inside.add(value)
          else if (value !== raw[index]) changed++
        }
        expect([changed, inside.size]).toEqual([0, 1])
        expectBlack(frameIs, is, [...inside][0] ?? Number.NaN)
      }
    },
  )

  test('[STRIP-5] the picture that nobody changed is an original still, the one with boxes is derived', async () => {
    const file = fileOf([element(0x0008, 0x0008, 'CS', 'ORIGINAL\\PRIMARY\\JANE'), ...imageElements()])
    expect(textIn(await strippedFile(file), 'ORIGINAL\\PRIMARY')).toBe(true)
    const painted = await strippedFile(file, uidsFrom(1), [{ x: 0, y: 0, width: 1, height: 1 }])
    expect(textIn(painted, 'DERIVED\\PRIMARY')).toBe(true)
    expect(textIn(painted, 'JANE')).toBe(false)
  })

  test('[SCAN-2] [STRIP-5] what would be too large for its viewers, written out in colours, does not leave', async () => {
    const side = 5_800
    const tables = [
      ...[1, 2, 3].map((colour) => element(0x0028, 0x1100 + colour, 'US', [2, 0, 8])),
      ...[1, 2, 3].map((colour) => element(0x0028, 0x1200 + colour, 'OW', [0xff00])),
    ]
    const file = image({
      ...{ rows: side, columns: side, pixels: new Uint8Array(side * side) },
      ...{ photometric: 'PALETTE COLOR', extra: tables },
    })
    expect(openScan(file, decode).ok).toBe(true)
    const boxes = [{ x: 0, y: 0, width: 1, height: 1 }]
    expect(await strip(file, uidsFrom(1), boxes)).toEqual({
      ...{ ok: false, failure: 'too-large', detail: `${side} × ${side}` },
    })
  })

  test('[STRIP-5] MONOCHROME1 is blacked with its greatest value', async () => {
    const boxes = [{ x: 1, y: 0, width: 1, height: 1 }]
    const samples = async (photometric: string, extra: Uint8Array[] = []) => {
      const file = await strippedFile(image({ photometric, extra }), uidsFrom(1), boxes)
      return [...(await pictureIn(opened(file), 0)).samples]
    }
    expect(await samples('MONOCHROME1')).toEqual([0, 255, 170, 255])
    expect(await samples('MONOCHROME2')).toEqual([0, 0, 170, 255])
  })

  test('[STRIP-5] black is black through every window, also where slopes fall, and within what is stored', () => {
    const layout = {
      rows: 1,
      columns: 3,
      samplesPerPixel: 1,
      photometric: 'MONOCHROME2',
      bitsAllocated: 16,
      highBit: 11,
      isPlanar: false,
    } as const
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4095 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(fc.integer({ min: 200, max: 2000 }), fc.integer({ min: 2, max: 300 })), {
          maxLength: 3,
        }),
        fc.constantFrom(1, -1),
        fc.boolean(),
        (samples, pairs, slope, isInverted) => {
          const windows = pairs.map(([centre, width]) => ({ centre: centre * slope, width, name: null }))
          const grey = {
            modality: { slope, intercept: 0 },
            windows,
            voiLuts: [],
            voiFunction: 'LINEAR',
            isInverted,
          } as const
          const black = blackOf(samples, grey, { ...layout, bitsStored: 12, isSigned: false })
          expect(black).toBeGreaterThanOrEqual(0)
          expect(black).toBeLessThanOrEqual(4095)
          for (const window of windows) expect(shadeOf(grey, window, black)).toBe(0)
          if (windows.length === 0) expect(samples).toContain(black)
        },
      ),
      { seed: 5 },
    )
  })

  test('[STRIP-5] a box that lies outside, or is of no size, changes no pixel; one that covers all leaves none', async () => {
    const corners = [
      { x: -50, y: -50, width: 20, height: 20 },
      { x: 1e9, y: 0, width: 5, height: 5 },
      { x: 1, y: 1, width: 0, height: 0 },
    ]
    expect([
      ...(await pictureIn(opened(await strippedFile(image(), uidsFrom(1), corners)), 0)).samples,
    ]).toEqual([0, 85, 170, 255])
    const all = [{ x: -1, y: -1, width: 99, height: 99 }]
    expect([...(await pictureIn(opened(await strippedFile(image(), uidsFrom(1), all)), 0)).samples]).toEqual([
      0, 0, 0, 0,
    ])
  })

  test('[STRIP-5] thirty frames are blacked one after the other: little more is held than what they come to', async () => {
    const us = readScan('us_jpegbaseline_30frames.dcm')
    await strippedFile(us, uidsFrom(1), [box])
    const before = process.memoryUsage().arrayBuffers
    const leaving = await strippedFile(us, uidsFrom(1), [box])
    expect(leaving.length).toBeLessThan(30 * 240 * 320 * 3 + 4_096)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(12 * leaving.length)
  })
})
