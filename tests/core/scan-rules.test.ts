/** How stored values become grey and colour, slices an order, headers a label (SPEC.md, SCAN): by numbers worked out by hand. */
import { describe, expect, test } from 'vitest'
import { type Grey, shadeOf, shadesOf, voiShare } from '../../src/core/scan/grey.ts'
import { lossyLabel, mayShowIdentity } from '../../src/core/scan/labels.ts'
import { coloursOf, look } from '../../src/core/scan/lookup.ts'
import { commonNormal, inOrder } from '../../src/core/scan/order.ts'
import { interleaved, rgbOfYbr, storedValues, unpaired } from '../../src/core/scan/samples.ts'
import type { PixelLayout, Scan, ScanFrame } from '../../src/core/scan/scan.ts'
import { createDecoder } from '../../src/io/scan/decode.ts'
import { openScan } from '../../src/io/scan/open.ts'
import { losslessJpeg } from '../fakes/lossless-jpeg.ts'
import {
  element,
  fileOf,
  type ImageChanges,
  imageElements,
  item,
  joined,
  seededRandom,
  sequence,
} from '../fakes/scan-files.ts'
import { binaryFromDisk, phantomSlices, readScan } from '../fakes/scans.ts'

const decode = createDecoder(binaryFromDisk)

function opened(file: Uint8Array) {
  const scan = openScan(file, decode)
  if (!scan.ok) throw new Error(`${scan.failure}, ${scan.detail}`)
  return scan.value
}
function frameIn(file: Uint8Array, at = 0): ScanFrame {
  const frame = opened(file).frame(at)
  if (!frame.ok) throw new Error(frame.detail)
  return frame.value
}
async function samplesIn(file: Uint8Array, at = 0): Promise<readonly number[]> {
  const picture = await opened(file).picture(at)
  if (!picture.ok) throw new Error(`${picture.failure}, ${picture.detail}`)
  return [...picture.value.samples]
}
const image = (changes: ImageChanges) => fileOf(imageElements(changes))
const words = (...values: readonly number[]) => new Uint8Array(Uint16Array.from(values).buffer)

const plain: Grey = {
  modality: { slope: 1, intercept: 0 },
  windows: [],
  voiLuts: [],
  voiFunction: 'LINEAR',
  isInverted: false,
}

describe('values of interest', () => {
  /** The examples that the standard gives in words: PS3.3 C.11.2.1.2.1. */
  test('[SCAN-8] LINEAR: centre 2048, width 4096 takes 0 to 4095 from black to white', () => {
    const window = { centre: 2048, width: 4096 }
    expect(voiShare(0, window, 'LINEAR')).toBe(0)
    expect(voiShare(4095, window, 'LINEAR')).toBe(1)
    expect(voiShare(2047.5, window, 'LINEAR')).toBeCloseTo(0.5, 9)
  })

  test('[SCAN-8] LINEAR: centre 2048, width 1 is a threshold at 2048', () => {
    const window = { centre: 2048, width: 1 }
    expect([2047, 2048].map((value) => voiShare(value, window, 'LINEAR'))).toEqual([0, 1])
  })

  test('[SCAN-8] LINEAR: centre 0, width 100, and width 2 of signed values', () => {
    expect(voiShare(-50, { centre: 0, width: 100 }, 'LINEAR')).toBe(0)
    expect(voiShare(49, { centre: 0, width: 100 }, 'LINEAR')).toBe(1)
    expect([-1, 0].map((value) => voiShare(value, { centre: 0, width: 2 }, 'LINEAR'))).toEqual([0, 1])
  })

  test('[SCAN-8] LINEAR_EXACT: centre 2048, width 4096 takes 0 to 4096', () => {
    const window = { centre: 2048, width: 4096 }
    expect([0, 2048, 4096].map((value) => voiShare(value, window, 'LINEAR_EXACT'))).toEqual([0, 0.5, 1])
  })

  test('[SCAN-8] SIGMOID: half at the centre, 1/(1 + e⁻²) at half a width', () => {
    const window = { centre: 40, width: 400 }
    expect(voiShare(40, window, 'SIGMOID')).toBe(0.5)
    expect(voiShare(240, window, 'SIGMOID')).toBeCloseTo(1 / (1 + Math.exp(-2)), 12)
  })

  test('[SCAN-8] windows are read with their names, and one of no width is none', () => {
    const extra = [
      element(0x0028, 0x1050, 'DS', '40\\-600\\0'),
      element(0x0028, 0x1051, 'DS', '400\\1500\\0.5'),
      element(0x0028, 0x1055, 'LO', 'SOFT\\LUNG\\BAD'),
    ]
    expect(frameIn(image({ extra })).grey.windows).toEqual([
      { centre: 40, width: 400, name: 'SOFT' },
      { centre: -600, width: 1500, name: 'LUNG' },
    ])
  })
})

describe('grey', () => {
  test('[SCAN-9] rescaled first, windowed then', () => {
    const grey: Grey = { ...plain, modality: { slope: 1, intercept: -1024 } }
    const window = { centre: 40, width: 400 }
    expect(shadeOf(grey, window, 1024 - 160)).toBe(0)
    expect(shadeOf(grey, window, 1024 + 239)).toBe(255)
    expect([...shadesOf(grey, window, Int16Array.of(0, 864, 1263, 4000))]).toEqual([0, 0, 255, 255])
  })

  test('[SCAN-9] MONOCHROME1 is white where it is least', async () => {
    const file = image({ photometric: 'MONOCHROME1' })
    const { grey } = frameIn(file)
    const shades = shadesOf(grey, { centre: 128, width: 256 }, await samplesIn(file))
    expect([...shades]).toEqual([255, 170, 85, 0])
  })

  test('[SCAN-9] a table maps what lies before it to its first, what lies behind it to its last entry', () => {
    const lut = { first: -2, bits: 16, entries: Uint16Array.of(7, 8, 9), explanation: null }
    expect([-100, -2, -1, 0, 50].map((value) => look(lut, value))).toEqual([7, 7, 8, 9, 9])
    const grey: Grey = { ...plain, modality: lut }
    expect(shadeOf(grey, { centre: 8.5, width: 2 }, -100)).toBe(0)
  })

  test('[SCAN-9] a VOI table is read from its sequence, with its descriptor’s sign', () => {
    const table = [
      element(0x0028, 0x3002, 'SS', [3, 65_534, 8]),
      element(0x0028, 0x3003, 'LO', 'BONE'),
      element(0x0028, 0x3006, 'OW', words(0, 128, 255)),
    ]
    const extra = [sequence(0x0028, 0x3010, [table])]
    const [lut] = frameIn(image({ signed: 1, extra })).grey.voiLuts
    expect(lut).toMatchObject({ first: -2, bits: 8, explanation: 'BONE' })
    expect(lut && [...lut.entries]).toEqual([0, 128, 255])
    expect(lut && shadeOf(plain, lut, -1)).toBe(128)
  })
})

describe('samples', () => {
  const layout: PixelLayout = {
    rows: 1,
    columns: 4,
    samplesPerPixel: 1,
    photometric: 'MONOCHROME2',
    bitsAllocated: 16,
    bitsStored: 12,
    highBit: 11,
    isSigned: true,
    isPlanar: false,
  }

  test('[SCAN-4] a sign is that of the stored bits, and what lies above them is not the picture’s', () => {
    const stored = storedValues(Uint16Array.of(0x0fff, 0xf7ff, 0x1800, 0x0001), layout)
    expect([...stored]).toEqual([-1, 2047, -2048, 1])
    const unsigned = storedValues(Uint16Array.of(0xffff), { ...layout, isSigned: false })
    expect([...unsigned]).toEqual([4095])
  })

  test('[SCAN-4] stored bits may lie high', () => {
    const high = { ...layout, highBit: 15, isSigned: false }
    expect([...storedValues(Uint16Array.of(0xabc5), high)]).toEqual([0xabc])
  })

  test('[SCAN-4] words are read in the order of their file', async () => {
    const bits = [16, 16, 15] as const
    const pixels = words(1, 256, 65_535, 0)
    expect(await samplesIn(image({ bits, pixels }))).toEqual([1, 256, 65_535, 0])
    expect(await samplesIn(image({ bits, pixels, signed: 1 }))).toEqual([1, 256, -1, 0])
  })
})

describe('colour', () => {
  test('[SCAN-7] YBR is RGB by CCIR 601-2, cut to eight bits', () => {
    expect([...rgbOfYbr([76, 85, 255])]).toEqual([254, 0, 0])
    expect([...rgbOfYbr([150, 44, 21])]).toEqual([0, 255, 1])
    expect([...rgbOfYbr([128, 128, 128])]).toEqual([128, 128, 128])
    expect([...rgbOfYbr([255, 255, 255])]).toEqual([255, 121, 255])
  })

  test('[SCAN-7] planes are woven, and a chroma for two is given to both', async () => {
    expect([...interleaved([1, 2, 3, 4, 5, 6])]).toEqual([1, 3, 5, 2, 4, 6])
    expect([...unpaired(Uint8Array.of(10, 20, 100, 200))]).toEqual([10, 100, 200, 20, 100, 200])
    const colour = { rows: 1, columns: 2, samplesPerPixel: 3, photometric: 'RGB' }
    const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6)
    expect(await samplesIn(image({ ...colour, pixels }))).toEqual([1, 2, 3, 4, 5, 6])
    expect(await samplesIn(image({ ...colour, pixels, planar: 1 }))).toEqual([1, 3, 5, 2, 4, 6])
  })

  test('[SCAN-7] a palette’s indices are colours by three tables, of eight bits or of sixteen', () => {
    const table = (...entries: number[]) => ({
      first: 1,
      bits: 8,
      entries: Uint16Array.from(entries),
      explanation: null,
    })
    const palette = { red: table(10, 20), green: table(30, 40), blue: table(50, 60) }
    expect([...coloursOf([0, 1, 2, 9], palette)]).toEqual([10, 30, 50, 10, 30, 50, 20, 40, 60, 20, 40, 60])
    const wide = { first: 0, bits: 16, entries: Uint16Array.of(0, 0xff00), explanation: null }
    expect([...coloursOf([1], { red: wide, green: wide, blue: wide })]).toEqual([255, 255, 255])
  })

  test('[SCAN-7] a real palette’s colours are what another file of the same picture has', async () => {
    const { palette } = opened(readScan('testpattern_palette8.dcm')).scan
    const indices = await samplesIn(readScan('testpattern_palette8.dcm'))
    const wanted = await samplesIn(readScan('testpattern_rgb_evrle.dcm'))
    if (!palette) throw new Error('no palette')
    const colours = coloursOf(indices, palette)
    const off =
      wanted.reduce((sum, value, at) => sum + Math.abs(value - (colours[at] ?? 0)), 0) / wanted.length
    expect(off, 'a palette of 256 colours is near, not equal').toBeLessThan(12)
  })

  test('[SCAN-3] colours that are not eight bits without a sign are refused by name', () => {
    const colour = { rows: 1, columns: 2, samplesPerPixel: 3, photometric: 'RGB' }
    const opens = (changes: ImageChanges) => openScan(image({ ...colour, ...changes }), decode)
    const refused = (detail: string) => ({ failure: 'unsupported-pixels', detail })
    expect(opens({ pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) }).ok).toBe(true)
    expect(opens({ bits: [8, 7, 6] })).toMatchObject(refused('7 bits of colour'))
    expect(opens({ signed: 1 })).toMatchObject(refused('8 signed bits of colour'))
    expect(opens({ bits: [16, 16, 15] })).toMatchObject(refused('16 bits of colour'))
  })

  test('[SCAN-9] a palette that is not there is refused', () => {
    expect(openScan(image({ photometric: 'PALETTE COLOR' }), decode)).toMatchObject({
      failure: 'unsupported-pixels',
    })
  })
})

const endOfFragments = Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0)
const padded = (bytes: Uint8Array) => joined([bytes, new Uint8Array(bytes.length % 2)])

describe('fragments', () => {
  /** A plain RLE frame of 2 × 2 pixels of one value: PS3.5 G.3, a run of four. */
  const rle = (value: number) => {
    const frame = new Uint8Array(66)
    frame.set([1, 0, 0, 0, 64, 0, 0, 0])
    frame.set([253, value], 64)
    return frame
  }
  const withFragments = (frames: string, table: Uint8Array, fragments: readonly Uint8Array[]) => {
    const all = imageElements({ frames }).slice(0, -1)
    const pixels = joined([item(table), ...fragments.map(item), endOfFragments])
    return fileOf([...all, element(0x7fe0, 0x0010, 'OB', pixels, 0xffff_ffff)], '1.2.840.10008.1.2.5')
  }

  test('[SCAN-6] one fragment a frame needs no offset table', async () => {
    const file = withFragments('3', new Uint8Array(), [rle(5), rle(6), rle(7)])
    expect(await samplesIn(file, 0)).toEqual([5, 5, 5, 5])
    expect(await samplesIn(file, 2)).toEqual([7, 7, 7, 7])
  })

  test('[SCAN-6] fragments that cannot be dealt out are refused', async () => {
    const file = withFragments('2', new Uint8Array(), [rle(5), rle(6), rle(7)])
    expect(await opened(file).picture(0)).toMatchObject({ failure: 'corrupt' })
  })

  test('[SCAN-6] streams in several fragments are told apart by the table, or by how they begin', async () => {
    const source = readScan('testpattern_jpegls_near_rgb.dcm')
    const whole = await samplesIn(source)
    const at = source.findIndex((_, from) =>
      [0xff, 0xd8, 0xff].every((one, index) => source[from + index] === one),
    )
    const stream = source.slice(at, source.length - 8)
    const half = (stream.length >> 2) << 1
    const parts = [stream.slice(0, half), stream.slice(half), stream.slice(0, half), stream.slice(half)]
    const changes = { rows: 400, columns: 640, samplesPerPixel: 3, photometric: 'RGB', frames: '2' }
    const second = parts.slice(0, 2).reduce((sum, part) => sum + part.length + 8, 0)
    const table = new Uint8Array(Uint32Array.of(0, second).buffer)
    for (const offsets of [table, new Uint8Array()]) {
      const pixels = joined([item(offsets), ...parts.map(item), endOfFragments])
      const all = [...imageElements(changes).slice(0, -1), element(0x7fe0, 0x0010, 'OB', pixels, 0xffff_ffff)]
      const file = fileOf(all, '1.2.840.10008.1.2.4.81')
      expect(await samplesIn(file, 1)).toEqual(whole)
    }
  })
})

describe('lossless JPEG', () => {
  const random = seededRandom(81)
  /** Slopes, noise and both ends of the range. */
  const samples = Array.from({ length: 24 * 13 }, (_, at) =>
    at % 11 === 0 ? (at % 2) * 65_535 : (at * 97 + Math.floor(random() * 4000)) % 65_536,
  )

  test.each(
    [1, 2, 3, 4, 5, 6, 7].flatMap((selection) => [0, 1, 5].map((lines) => [selection, lines] as const)),
  )(
    '[SCAN-4] predictor %i, restarting every %i lines, gives back each sample',
    async (selection, restartLines) => {
      const stream = losslessJpeg(samples, { columns: 24, selection, restartLines })
      const changes = { rows: 13, columns: 24, bits: [16, 16, 15] as const }
      const fragments = joined([item(new Uint8Array()), item(padded(stream)), endOfFragments])
      const pixels = element(0x7fe0, 0x0010, 'OB', fragments, 0xffff_ffff)
      const file = fileOf([...imageElements(changes).slice(0, -1), pixels], '1.2.840.10008.1.2.4.57')
      expect(await samplesIn(file)).toEqual(samples)
    },
  )
})

describe('order', () => {
  const frames = phantomSlices.map((name) => frameIn(readScan(name)))

  test('[SCAN-10] slices lie along the normal, one millimetre from one to the next, whatever their files are called', () => {
    const heights = inOrder(frames).map(({ geometry }) => geometry.position?.[2] ?? Number.NaN)
    expect(heights).toHaveLength(60)
    const steps = heights.slice(1).map((height, index) => height - (heights[index] ?? Number.NaN))
    for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0, 3)
    expect(Math.abs(steps[0] ?? 0)).toBeCloseTo(1, 3)
  })

  test('[SCAN-10] the order does not depend on the one they came in', () => {
    const ids = (list: readonly ScanFrame[]) => inOrder(list).map(({ identity }) => identity.sopInstance)
    expect(ids(frames.toReversed())).toEqual(ids(frames))
  })

  test('[SCAN-10] without a plane in common they go by number, and by their UID where numbers are alike', () => {
    const [first, second] = frames
    if (!first || !second) throw new Error('no slices')
    const at = (instanceNumber: number | null, sopInstance: string): ScanFrame => ({
      ...first,
      geometry: { ...first.geometry, orientation: null, position: null },
      identity: { ...first.identity, instanceNumber, sopInstance },
    })
    const list = [at(null, 'd'), at(2, 'c'), at(1, 'b'), at(1, 'a')]
    expect(inOrder(list).map(({ identity }) => identity.sopInstance)).toEqual(['a', 'b', 'c', 'd'])
    expect(commonNormal(list)).toBeNull()
    const turned = { ...second, geometry: { ...second.geometry, orientation: [0, 1, 0, 0, 0, 1] } }
    expect(commonNormal([first, turned])).toBeNull()
    const broken = { ...first, geometry: { ...first.geometry, orientation: [0, 0, 0, 0, 0, 0] } }
    expect(commonNormal([broken, broken])).toBeNull()
  })
})

describe('labels', () => {
  test('[SCAN-11] a ratio is that of all compressions, rounded', () => {
    const extra = [element(0x0028, 0x2110, 'CS', '01'), element(0x0028, 0x2112, 'DS', '10\\3.04')]
    const { lossiness } = opened(image({ extra })).scan
    expect(lossyLabel(lossiness)).toEqual({ ratio: 30 })
    expect(lossyLabel({ isLossy: true, ratio: 4.25 })).toEqual({ ratio: 4.3 })
    expect(lossyLabel({ isLossy: true, ratio: null })).toEqual({ ratio: null })
    expect(lossyLabel({ isLossy: false, ratio: null })).toBeNull()
  })

  test('[SCAN-11] a syntax that loses is lossy, whatever the header says', () => {
    expect(lossyLabel(opened(readScan('ct_jpegext_12bit.dcm')).scan.lossiness)).not.toBeNull()
  })

  test('[SCAN-12] names may be in the pixels unless the file denies it and a machine made it', () => {
    const { scan } = opened(readScan('ct_rle_s16.dcm'))
    const no: Scan = { ...scan, burnedIn: { annotation: 'NO', conversionType: null } }
    const made = (change: Partial<Scan['identity']>): Scan => ({
      ...no,
      identity: { ...no.identity, ...change },
    })
    expect(mayShowIdentity(no)).toBe(false)
    expect(mayShowIdentity({ ...no, burnedIn: { annotation: null, conversionType: null } })).toBe(true)
    expect(mayShowIdentity({ ...no, burnedIn: { annotation: 'YES', conversionType: null } })).toBe(true)
    expect(mayShowIdentity({ ...no, burnedIn: { annotation: 'NO', conversionType: 'WSD' } })).toBe(true)
    for (const modality of ['US', 'ES', 'XC', 'SC', 'OT', null])
      expect(mayShowIdentity(made({ modality }))).toBe(true)
    expect(mayShowIdentity(made({ sopClass: '1.2.840.10008.5.1.4.1.1.7.2' }))).toBe(true)
  })
})

test('[SCAN-9] a frame’s own attributes go before those all frames share, and these before the file’s', () => {
  const voi = (centre: string) =>
    sequence(0x0028, 0x9132, [[element(0x0028, 0x1050, 'DS', centre), element(0x0028, 0x1051, 'DS', '10')]])
  const rescale = sequence(0x0028, 0x9145, [
    [element(0x0028, 0x1052, 'DS', '-1024'), element(0x0028, 0x1053, 'DS', '2')],
  ])
  const place = (z: string) => sequence(0x0020, 0x9113, [[element(0x0020, 0x0032, 'DS', `0\\0\\${z}`)]])
  const extra = [
    element(0x0028, 0x1050, 'DS', '1'),
    element(0x0028, 0x1051, 'DS', '10'),
    sequence(0x5200, 0x9229, [[voi('2'), rescale]]),
    sequence(0x5200, 0x9230, [[place('5')], [place('7'), voi('3')]]),
  ]
  const file = image({ frames: '2', extra, pixels: new Uint8Array(8) })
  const [first, second] = [frameIn(file, 0), frameIn(file, 1)]
  expect([first.grey.windows[0]?.centre, second.grey.windows[0]?.centre]).toEqual([2, 3])
  expect([first.geometry.position, second.geometry.position]).toEqual([
    [0, 0, 5],
    [0, 0, 7],
  ])
  expect(second.grey.modality).toEqual({ slope: 2, intercept: -1024 })
})

test('[SCAN-13] names are read in the letters of their file', () => {
  const latin = Uint8Array.of(0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x5e, 0x41)
  const named = (set: string, name: Uint8Array) => {
    const elements = imageElements().slice(1)
    return opened(
      fileOf([element(0x0008, 0x0005, 'CS', set), element(0x0010, 0x0010, 'PN', name), ...elements]),
    ).scan.identity.patientName
  }
  expect(named('ISO_IR 100', latin)).toBe('Müller, A')
  expect(named('ISO_IR 192', new TextEncoder().encode('Müller^Äda'))).toBe('Müller, Äda')
  expect(named('ISO_IR 144', Uint8Array.of(0xb0, 0xdd, 0xdd, 0xd0))).toBe('Анна')
})
