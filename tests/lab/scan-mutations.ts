/** Real scans spoilt by chance, and what has to hold whatever is spoilt (SPEC.md, SCAN-1, SCAN-5). */
import type { Outcome } from '../../src/core/scan/outcome.ts'
import type { Picture } from '../../src/core/scan/samples.ts'
import type { ScanFrame } from '../../src/core/scan/scan.ts'
import { createShades } from '../../src/core/scan/shades.ts'
import { fittedView } from '../../src/core/scan/view.ts'
import { createDecoder, type Decoder } from '../../src/io/scan/decode.ts'
import { openScan } from '../../src/io/scan/open.ts'
import { shaded } from '../../src/io/scan/stage-cpu.ts'
import { joined, tagAt } from '../fakes/scan-files.ts'
import { binaryFromDisk, readScan } from '../fakes/scans.ts'
import { between, type Chance, mulberry32, pick, pickWeighted, seedOf } from './prng.ts'

/** One file for each way of writing pixels that there is. */
export const oneOfEach = [
  'mr_small_implicit.dcm',
  'ct_bigendian_s16.dcm',
  'testpattern_deflated_8bit.dcm',
  'testpattern_palette8.dcm',
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

type File = Uint8Array<ArrayBuffer>
type Spoil = (chance: Chance, file: File, pixelsAt: number) => File

/** Bytes anywhere from the first place to the second. */
const overwrite =
  (from: (pixelsAt: number) => number, to: (pixelsAt: number, length: number) => number): Spoil =>
  (chance, file, pixelsAt) => {
    const copy = file.slice()
    const [first, last] = [from(pixelsAt), Math.min(to(pixelsAt, file.length), file.length) - 1]
    for (let count = between(chance, 1, 6); count > 0; count--)
      copy[between(chance, first, last)] = Math.floor(chance() * 256)
    return copy
  }

const spoils = {
  dataSet: overwrite(
    () => 132,
    (pixelsAt) => pixelsAt + 8,
  ),
  streamHeader: overwrite(
    (pixelsAt) => pixelsAt,
    (pixelsAt) => pixelsAt + 240,
  ),
  picture: overwrite(
    (pixelsAt) => pixelsAt,
    (_, length) => length,
  ),
  cutShort: (chance, file) => file.slice(0, Math.floor(chance() * file.length)),
  takenOut: (chance, file) => {
    const at = between(chance, 132, file.length - 1)
    return joined([file.subarray(0, at), file.subarray(at + between(chance, 1, 4096))])
  },
  doubled: (chance, file) => {
    const at = between(chance, 132, file.length - 1)
    return joined([file.subarray(0, at + between(chance, 1, 4096)), file.subarray(at)])
  },
  levelled: (chance, file) => {
    const at = between(chance, 132, file.length - 1)
    return file.slice().fill(pick(chance, [0, 255]), at, at + between(chance, 1, 4096))
  },
} satisfies Record<string, Spoil>

/** What is cut or moved mostly ends as truncated; what is overwritten is more often decoded. */
const weights = { dataSet: 3, streamHeader: 4, picture: 5, cutShort: 1, takenOut: 1, doubled: 1, levelled: 3 }

/** The same seed spoils the same file in the same way. */
export function spoilt(good: File, seed: number): File {
  const chance = mulberry32(seed)
  return spoils[pickWeighted(chance, weights)](chance, good, Math.max(tagAt(good, 0x7fe0, 0x0010), 132))
}

type Shown = Outcome<{ readonly frame: ScanFrame; readonly picture: Picture }>

async function shownBy(file: File, decode: Decoder): Promise<Shown> {
  const scan = openScan(file, decode)
  if (!scan.ok) return scan
  const [frame, picture] = [scan.value.frame(0), await scan.value.picture(0)]
  if (!frame.ok) return frame
  return picture.ok ? { ok: true, value: { frame: frame.value, picture: picture.value } } : picture
}

/** What is wrong with what a file ended in; null when nothing is. */
function complaintOf(shown: Shown): string | null {
  if (!shown.ok) return /^[a-z-]+$/.test(shown.failure) ? null : `a failure without a name: ${shown.failure}`
  const { frame, picture } = shown.value
  const { rows, columns, samplesPerPixel, bitsStored, isSigned } = frame.pixels
  const { samples } = picture
  if (samples.length !== rows * columns * samplesPerPixel) return `${samples.length} samples`
  const half = 2 ** (bitsStored - 1)
  const [least, most] = isSigned ? [-half, half - 1] : [0, 2 * half - 1]
  if (!samples.every((value) => value >= least && value <= most)) return 'a value that is not stored'
  const extent = { columns, rows, pixelAspect: frame.geometry.pixelAspect }
  const view = fittedView('', 0, extent, { width: 512, height: 512 })
  const drawn = shaded({ picture, shades: createShades()(frame, picture, view) })
  return drawn.length === rows * columns * 4 ? null : `${drawn.length} bytes drawn`
}

const isAlike = (a: Shown, b: Shown): boolean => {
  if (!a.ok || !b.ok) return a.ok === b.ok
  const [mine, theirs] = [a.value.picture.samples, b.value.picture.samples]
  return mine.length === theirs.length && mine.every((value, at) => value === theirs[at])
}

/** How often a spoilt file is decoded once more where no other file ever was. */
const comparedEvery = 20

export type Fuzzing = {
  readonly shown: number
  readonly failed: ReadonlyMap<string, number>
  /** The run that broke a promise, and which. */
  readonly broken: { readonly run: number; readonly what: string } | null
}

/**
 * Spoils `name` `runs` times. Before each, its good sibling is decoded by the same decoder, whose memory is then full of
 * somebody else's pixels; what the spoilt file shows must be what it shows a decoder that never saw any.
 */
export async function fuzzFile(
  name: string,
  runs: number,
  seed: number,
  at: (run: number) => void = () => {},
): Promise<Fuzzing> {
  const good = readScan(name)
  const decode = createDecoder(binaryFromDisk)
  const failed = new Map<string, number>()
  let shown = 0
  for (let run = 0; run < runs; run++) {
    at(run)
    const file = spoilt(good, seedOf(seed, run))
    const what = await tryOne(file, run % comparedEvery === 0)
    if (what) return { shown, failed, broken: { run, what } }
  }
  return { shown, failed, broken: null }

  async function tryOne(file: File, isCompared: boolean): Promise<string | null> {
    try {
      if (isCompared) await shownBy(good, decode)
      const found = await shownBy(file, decode)
      if (found.ok) shown += 1
      else failed.set(found.failure, (failed.get(found.failure) ?? 0) + 1)
      const what = complaintOf(found)
      if (what || !isCompared) return what
      const alone = await shownBy(file, createDecoder(binaryFromDisk))
      return isAlike(found, alone) ? null : 'it shows something else after another file than before any'
    } catch (error) {
      return `it threw ${error}`
    }
  }
}
