/** Codecs in WebAssembly: a memory for each owner, a decoder for each frame, and nothing believed of either. */
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import { wordsOf } from '../../core/scan/samples.ts'
import type { PixelLayout } from '../../core/scan/scan.ts'
import { fits, type StreamHeader, streamHeaderOf } from '../../core/scan/stream-header.ts'
import type { Decoded } from './codec.ts'

export type FrameInfo = {
  readonly width: number
  readonly height: number
  readonly bitsPerSample: number
  readonly componentCount: number
}

/** What Cornerstone's decoders have in common. Buffers are views of the codec's memory: they die with its next growth. */
export type WasmDecoder = {
  getEncodedBuffer(length: number): Uint8Array
  decode(): void
  getDecodedBuffer(): Uint8Array
  getFrameInfo(): FrameInfo
  delete(): void
}

export type WasmOptions = {
  wasmBinary: Uint8Array
  print: (line: string) => void
  printErr: (line: string) => void
}

/** How a codec's binary is got: by the page with `fetch`, in tests from the disk. */
export type BinaryAt = (address: string) => Promise<Uint8Array>

/** By the page, or its worker. A codec is of the app's own origin and never from elsewhere. */
export const binaryByFetch: BinaryAt = async (address) => {
  const answer = await fetch(address, { mode: 'same-origin' })
  if (!answer.ok) throw new Error(`${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** Decoders of one codec. `isPlanar` is asked once a frame is decoded. */
export type Workshop<D extends WasmDecoder> = {
  readonly decoder: () => D
  readonly isPlanar: (decoder: D) => boolean
}

/**
 * One memory, kept for one owner. It is given up when the owner changes and after every failure: what a decoder leaves
 * behind, or reads without having written it, can only be this owner's.
 */
export function createShelf<T>(make: () => Promise<T>): {
  take: (owner: string) => Promise<T>
  drop: () => void
} {
  let kept: { readonly owner: string; readonly shop: T } | null = null
  return {
    async take(owner) {
      if (kept?.owner === owner) return kept.shop
      kept = null
      const shop = await make()
      kept = { owner, shop }
      return shop
    },
    drop() {
      kept = null
    },
  }
}

/** The decoder's own account of its frame has to be the stream's and the data set's. */
function copied(decoder: WasmDecoder, header: StreamHeader): Uint8Array | null {
  const { width, height, componentCount, bitsPerSample } = decoder.getFrameInfo()
  if (width !== header.columns || height !== header.rows) return null
  if (componentCount !== header.components || bitsPerSample !== header.precision) return null
  const decoded = decoder.getDecodedBuffer()
  const length = width * height * componentCount * (header.precision > 8 ? 2 : 1)
  return decoded.length === length ? decoded.slice() : null
}

/** [SCAN-5] A fresh decoder, its result checked and copied, and deleted whatever happens. Throws what the codec throws. */
function decodeOnce<D extends WasmDecoder>(
  shop: Workshop<D>,
  bytes: Uint8Array,
  header: StreamHeader,
): { readonly samples: Uint8Array; readonly isPlanar: boolean } | null {
  const decoder = shop.decoder()
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes)
    decoder.decode()
    const samples = copied(decoder, header)
    return samples && { samples, isPlanar: header.components > 1 && shop.isPlanar(decoder) }
  } finally {
    decoder.delete()
  }
}

/** Eight-bit samples of a stream stay eight bits, also where sixteen are allocated. */
function wordsFrom(samples: Uint8Array, header: StreamHeader): Decoded['words'] {
  return header.precision > 8 ? wordsOf(samples, false) : new Uint8Array(samples)
}

/** One frame by one codec. `colour`: what the codec makes of three components. */
export async function decodeByWasm<D extends WasmDecoder>(
  shelf: ReturnType<typeof createShelf<Workshop<D>>>,
  bytes: Uint8Array,
  pixels: PixelLayout,
  owner: string,
  colour: Decoded['colour'],
): Promise<Outcome<Decoded>> {
  const header = streamHeaderOf(bytes)
  if (!header.ok) return header
  const fitting = fits(header.value, pixels)
  if (!fitting.ok) return fitting
  const shop = await shelf.take(owner)
  try {
    const decoded = decodeOnce(shop, bytes, header.value)
    if (decoded) {
      const { samples, isPlanar } = decoded
      return done({ words: wordsFrom(samples, header.value), isPlanar, colour })
    }
  } catch {
    // A C++ exception, an abort or a trap; which one says nothing to anybody.
  }
  shelf.drop()
  return fail('corrupt', 'stream')
}
