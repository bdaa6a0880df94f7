/** JPEG-LS (ITU-T T.87) by CharLS. */

import address from '@cornerstonejs/codec-charls/decodewasm?url'
import create from '@cornerstonejs/codec-charls/decodewasmjs'
import type { Codec } from './codec.ts'
import { type BinaryAt, createShelf, decodeByWasm } from './wasm.ts'

export function createCodec(binaryAt: BinaryAt): Codec {
  const shelf = createShelf(async () => {
    const codec = await create({ wasmBinary: await binaryAt(address), print() {}, printErr() {} })
    return {
      decoder: () => new codec.JpegLSDecoder(),
      // Interleave mode 0 is one scan a component (T.87 C.2.3); lines and samples come out pixel by pixel.
      isPlanar: (decoder: InstanceType<typeof codec.JpegLSDecoder>) => decoder.getInterleaveMode() === 0,
    }
  })
  return (bytes, pixels, owner) => decodeByWasm(shelf, bytes, pixels, owner, 'as-told')
}
