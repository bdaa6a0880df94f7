/** One frame of an opened scan, decoded. Each codec is a chunk of its own, loaded when a file first needs it. */
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import { interleaved, type Picture, rgbOfYbr, storedValues } from '../../core/scan/samples.ts'
import type { PixelLayout, Scan } from '../../core/scan/scan.ts'
import type { Coding } from '../../core/scan/syntax.ts'
import type { Codec, Decoded } from './codec.ts'
import { decodeNative } from './codec-native.ts'
import type { Parsed } from './data-set.ts'
import { bytesOfFrame } from './frames.ts'
import type { BinaryAt } from './wasm.ts'

type Compressed = Exclude<Coding, 'native'>

const load: Readonly<Record<Compressed, (binaryAt: BinaryAt) => Promise<Codec>>> = {
  rle: async () => (await import('./codec-rle.ts')).decodeFrame,
  jpeg: async () => (await import('./codec-jpeg.ts')).decodeFrame,
  'jpeg-ls': async (binaryAt) => (await import('./codec-jpeg-ls.ts')).createCodec(binaryAt),
  'jpeg-2000': async (binaryAt) => (await import('./codec-jpeg-2000.ts')).createCodec(binaryAt),
  htj2k: async (binaryAt) => (await import('./codec-htj2k.ts')).createCodec(binaryAt),
}

/** Whose a scan is, as far as it says so: memory is shared within one study of one patient, or within one file. */
function createOwners(): (scan: Scan) => string {
  const strangers = new WeakMap<Scan, string>()
  let count = 0
  return (scan) => {
    const { patientName, patientId, study } = scan.identity
    // A UID made of a UUID is of one study and no other (PS3.5 B.2): so are those of a scan that was stripped.
    const isOne = patientId !== null || study?.startsWith('2.25.')
    if (study && isOne) return JSON.stringify([patientId, patientName, study])
    const stranger = strangers.get(scan) ?? `stranger ${++count}`
    strangers.set(scan, stranger)
    return stranger
  }
}

/** Whether three samples are luma and chroma still. ICT and RCT are the codec's own business and are undone by it. */
const isYbr = ({ photometric }: PixelLayout, { colour }: Decoded) =>
  colour === 'ybr' || (colour === 'as-told' && photometric.startsWith('YBR_FULL'))

function pictureOf(decoded: Decoded, pixels: PixelLayout): Outcome<Picture> {
  const { rows, columns, samplesPerPixel } = pixels
  const { words, isPlanar } = decoded
  if (words.length !== rows * columns * samplesPerPixel) return fail('corrupt', 'length of the picture')
  if (samplesPerPixel === 1)
    return done({ rows, columns, samplesPerPixel, samples: storedValues(words, pixels) })
  const colours = isPlanar ? interleaved(words) : new Uint8Array(words)
  const samples = isYbr(pixels, decoded) ? rgbOfYbr(colours) : colours
  return done({ rows, columns, samplesPerPixel, samples })
}

export type Decoder = (parsed: Parsed, scan: Scan, frame: number) => Promise<Outcome<Picture>>

/** A decoder for a worker's life. It keeps codecs, and no frame. */
export function createDecoder(binaryAt: BinaryAt): Decoder {
  const codecs = new Map<Compressed, Promise<Codec>>()
  const ownerOf = createOwners()
  const codecOf = (coding: Compressed) => {
    const known = codecs.get(coding) ?? load[coding](binaryAt)
    codecs.set(coding, known)
    return known
  }
  const decoded = async (bytes: Uint8Array, scan: Scan) => {
    const { coding, isBigEndian } = scan.syntax
    if (coding === 'native') return decodeNative(bytes, scan.pixels, isBigEndian)
    return await (await codecOf(coding))(bytes, scan.pixels, ownerOf(scan))
  }
  return async ({ stored }, scan, frame) => {
    const bytes = bytesOfFrame(stored, scan, frame)
    if (!bytes.ok) return bytes
    try {
      const found = await decoded(bytes.value, scan)
      return found.ok ? pictureOf(found.value, scan.pixels) : found
    } catch {
      // The codec itself could not be had: no network, or no memory. The next frame tries again.
      if (scan.syntax.coding !== 'native') codecs.delete(scan.syntax.coding)
      return fail('no-codec', scan.syntax.name)
    }
  }
}
