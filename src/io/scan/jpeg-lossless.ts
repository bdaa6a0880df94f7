/** Lossless scans: prediction and Huffman-coded differences (ITU-T T.81 annex H). */
import { createBits } from './jpeg-bits.ts'
import type { Plane } from './jpeg-dct.ts'
import { type Frame, JpegError, type JpegScan } from './jpeg-segments.ts'

/** Table H.1: a is left, b is above, c is above left. */
function predicted(selection: number, a: number, b: number, c: number): number {
  switch (selection) {
    case 1:
      return a
    case 2:
      return b
    case 3:
      return c
    case 4:
      return a + b - c
    case 5:
      return a + ((b - c) >> 1)
    case 6:
      return b + ((a - c) >> 1)
    default:
      return (a + b) >> 1
  }
}

export function losslessPlanes({ components, rows, columns }: Frame): readonly Plane[] {
  if (components.some(({ horizontal, vertical }) => horizontal !== 1 || vertical !== 1))
    throw new JpegError('sampling factors')
  return components.map(() => ({
    stride: columns,
    samples: new Uint16Array(rows * columns),
    across: 1,
    down: 1,
  }))
}

/** Decodes one scan into its components' planes; says where the next marker is. Samples are modulo 65,536 (H.2.1). */
export function decodeLosslessScan(
  bytes: Uint8Array,
  { precision, rows, columns }: Frame,
  { components, selection, pointTransform, restartInterval, at }: JpegScan,
  planes: readonly Plane[],
): number {
  if (selection < 1 || selection > 7 || pointTransform >= precision) throw new JpegError('scan header')
  const bits = createBits(bytes, at)
  const parts = components.map(({ index, dc }) => {
    const plane = planes[index]
    if (!plane) throw new JpegError('scan header')
    return { dc, samples: plane.samples }
  })
  const lines = { columns, selection, start: 2 ** (precision - pointTransform - 1) }
  const units = rows * columns
  /** The first sample after which nothing is known of the line above: of the scan, and after each restart (H.1.1). */
  let begun = 0
  for (let unit = 0; unit < units; unit++) {
    if (restartInterval > 0 && unit > 0 && unit % restartInterval === 0) {
      bits.restart(unit / restartInterval - 1)
      begun = unit
    }
    for (const { dc, samples } of parts) {
      const size = bits.symbol(dc)
      // Sixteen stands for 32,768 and no bits follow (H.1.2.2).
      const difference = size === 16 ? 32_768 : bits.signed(size)
      samples[unit] = guessed(samples, unit, begun, lines) + difference
    }
  }
  for (const { samples } of parts) raise(samples, pointTransform)
  return bits.end()
}

type Lines = { readonly columns: number; readonly selection: number; readonly start: number }

/** What a sample is expected to be (H.1.2.1): the first by half the range, the first line by what is left of it. */
function guessed(
  samples: Uint16Array,
  unit: number,
  begun: number,
  { columns, selection, start }: Lines,
): number {
  if (unit === begun) return start
  const [left, above] = [samples[unit - 1] ?? 0, samples[unit - columns] ?? 0]
  if (unit - begun < columns) return left
  if (unit % columns === 0) return above
  return predicted(selection, left, above, samples[unit - columns - 1] ?? 0)
}

/** Undoes the point transform (H.2.1). */
function raise(samples: Uint16Array, pointTransform: number): void {
  if (pointTransform === 0) return
  for (let at = 0; at < samples.length; at++) samples[at] = (samples[at] ?? 0) << pointTransform
}
