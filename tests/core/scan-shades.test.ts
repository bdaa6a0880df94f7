/** Pictures as they are drawn (SPEC.md, SCAN-16): a table of every value against each pixel worked out by itself. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fullWindow, type Grey, shadesOf, voiFunctions } from '../../src/core/scan/grey.ts'
import { coloursOf } from '../../src/core/scan/lookup.ts'
import type { Picture } from '../../src/core/scan/samples.ts'
import type { PixelLayout, ScanFrame } from '../../src/core/scan/scan.ts'
import { createShades } from '../../src/core/scan/shades.ts'
import { fittedView, type View, voiOf } from '../../src/core/scan/view.ts'
import { createDecoder } from '../../src/io/scan/decode.ts'
import { openScan } from '../../src/io/scan/open.ts'
import { shaded } from '../../src/io/scan/stage-cpu.ts'
import { binaryFromDisk, readScan, singleScans } from '../fakes/scans.ts'

const decode = createDecoder(binaryFromDisk)

async function read(name: string): Promise<{ frame: ScanFrame; picture: Picture }> {
  const scan = openScan(readScan(name), decode)
  if (!scan.ok) throw new Error(name)
  const [frame, picture] = [scan.value.frame(0), await scan.value.picture(0)]
  if (!frame.ok || !picture.ok) throw new Error(name)
  return { frame: frame.value, picture: picture.value }
}

const viewOf = ({ columns, rows }: Picture, changes: Partial<View> = {}): View => ({
  ...fittedView('file', 0, { columns, rows, pixelAspect: 1 }, { width: columns, height: rows }),
  ...changes,
})

/** What each pixel is by the rule, as red, green, blue. */
function byRule({ frame, picture }: { frame: ScanFrame; picture: Picture }, view: View): Uint8Array {
  const { samples } = picture
  const turn = (shade: number) => (view.isInverted ? 255 - shade : shade)
  if (picture.samplesPerPixel === 3) return Uint8Array.from(samples, turn)
  if (frame.palette) return coloursOf(samples, frame.palette).map(turn)
  const grey = { ...frame.grey, isInverted: frame.grey.isInverted !== view.isInverted }
  const shades = shadesOf(grey, voiOf(frame.grey, view.voi) ?? fullWindow(frame.grey, samples), samples)
  return new Uint8Array(shades.length * 3).map((_, at) => shades[Math.floor(at / 3)] ?? 0)
}

/** Without the fourth byte of each pixel. */
const drawnBy = (pixels: Uint8ClampedArray) =>
  new Uint8Array((pixels.length / 4) * 3).map((_, at) => pixels[at + Math.floor(at / 3)] ?? 0)

describe.each(singleScans)('%s', (name) => {
  test.each([
    ['as its file says', {}],
    ['turned to its negative', { isInverted: true }],
    ['through another window', { voi: { centre: 40, width: 400 } }],
  ] as const)('[SCAN-16] each pixel is the table’s, %s', async (_how, changes) => {
    const scan = await read(name)
    // Colours are not windowed unless somebody asks; what that looks like has no rule to be held against.
    const isColour = scan.picture.samplesPerPixel === 3
    const view = viewOf(scan.picture, isColour && 'voi' in changes ? {} : changes)
    const shades = createShades()(scan.frame, scan.picture, view)
    const drawn = drawnBy(shaded({ picture: scan.picture, shades }))
    const wanted = byRule(scan, view)
    expect(drawn.length).toBe(wanted.length)
    expect(drawn.findIndex((shade, at) => shade !== wanted[at])).toBe(-1)
  })
})

test('[SCAN-8] [SCAN-16] whatever the depth, the sign, the window and its function, the table is the rule', () => {
  const depth = fc.constantFrom<[8 | 16, number]>([8, 8], [8, 5], [16, 12], [16, 10])
  fc.assert(
    fc.property(
      depth,
      fc.boolean(),
      fc.constantFrom(...voiFunctions),
      fc.boolean(),
      fc.record({
        slope: fc.constantFrom(1, 0.5, -1, 2.75),
        intercept: fc.integer({ min: -2000, max: 2000 }),
        centre: fc.integer({ min: -3000, max: 3000 }),
        width: fc.integer({ min: 1, max: 5000 }),
      }),
      (
        [bitsAllocated, bitsStored],
        isSigned,
        voiFunction,
        isInverted,
        { slope, intercept, centre, width },
      ) => {
        const pixels: PixelLayout = {
          rows: 1,
          columns: 2 ** bitsStored,
          samplesPerPixel: 1,
          photometric: 'MONOCHROME2',
          bitsAllocated,
          bitsStored,
          highBit: bitsStored - 1,
          isSigned,
          isPlanar: false,
        }
        const grey: Grey = {
          modality: { slope, intercept },
          windows: [],
          voiLuts: [],
          voiFunction,
          isInverted: false,
        }
        const every = Array.from(
          { length: 2 ** bitsStored },
          (_, at) => at - (isSigned ? 2 ** (bitsStored - 1) : 0),
        )
        const kind =
          bitsAllocated === 8 ? (isSigned ? Int8Array : Uint8Array) : isSigned ? Int16Array : Uint16Array
        const picture: Picture = {
          rows: 1,
          columns: every.length,
          samplesPerPixel: 1,
          samples: kind.from(every),
        }
        const frame = { pixels, grey, palette: null } as unknown as ScanFrame
        const view = viewOf(picture, { voi: { centre, width }, isInverted })
        const shades = createShades()(frame, picture, view)
        expect(drawnBy(shaded({ picture, shades }))).toEqual(byRule({ frame, picture }, view))
      },
    ),
    { seed: 16, numRuns: 60 },
  )
})

test('[SCAN-16] the table is made anew when anything of it changes, and only then', async () => {
  const { frame, picture } = await read('ct_rle_s16.dcm')
  const shades = createShades()
  const first = shades(frame, picture, viewOf(picture))
  expect(shades({ ...frame, grey: { ...frame.grey } }, picture, viewOf(picture, { scale: 9 }))).toBe(first)
  const changed = [
    shades(frame, picture, viewOf(picture, { voi: { centre: 1, width: 2 } })),
    shades(frame, picture, viewOf(picture, { isInverted: true })),
    shades(
      { ...frame, grey: { ...frame.grey, modality: { slope: 2, intercept: 0 } } },
      picture,
      viewOf(picture),
    ),
    shades({ ...frame, grey: { ...frame.grey, voiFunction: 'SIGMOID' } }, picture, viewOf(picture)),
    shades({ ...frame, pixels: { ...frame.pixels, isSigned: false } }, picture, viewOf(picture)),
  ]
  for (const other of changed) expect(other).not.toEqual(first)
})
