/** Where the segments of an RLE frame lie (PS3.5 annex G). */

const headerBytes = 64

/** The segments by their offsets (G.5), or null when the header is of another number of them or reaches beyond. */
export function segmentsOf(bytes: Uint8Array, count: number): readonly Uint8Array[] | null {
  if (bytes.length < headerBytes) return null
  const header = new DataView(bytes.buffer, bytes.byteOffset, headerBytes)
  if (header.getUint32(0, true) !== count) return null
  const starts = Array.from({ length: count }, (_, index) => header.getUint32(4 + index * 4, true))
  const isRising = starts.every((start, index) => start >= (index ? (starts[index - 1] ?? 0) : headerBytes))
  if (!isRising || (starts.at(-1) ?? 0) > bytes.length) return null
  return starts.map((start, index) => bytes.subarray(start, starts[index + 1] ?? bytes.length))
}
