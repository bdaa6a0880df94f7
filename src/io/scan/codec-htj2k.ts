/** High-throughput JPEG 2000 (ITU-T T.814) by OpenJPH, which undoes the colour transformation of the stream itself. */

import address from '@cornerstonejs/codec-openjph/wasm?url'
import create from '@cornerstonejs/codec-openjph/wasmjs'
import type { Codec } from './codec.ts'
import { type BinaryAt, createShelf, decodeByWasm } from './wasm.ts'

export function createCodec(binaryAt: BinaryAt): Codec {
  const shelf = createShelf(async () => {
    const codec = await create({ wasmBinary: await binaryAt(address), print() {}, printErr() {} })
    return { decoder: () => new codec.HTJ2KDecoder(), isPlanar: () => false }
  })
  return (bytes, pixels, owner) => decodeByWasm(shelf, bytes, pixels, owner, 'as-told')
}
