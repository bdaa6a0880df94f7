/** Sequential DCT scans, Huffman-coded, of 8 or 12 bits (ITU-T T.81 annexes A and F). */
import { type Bits, createBits } from './jpeg-bits.ts'
import {
  type Frame,
  type HuffmanTable,
  JpegError,
  type JpegScan,
  type JpegTables,
  zigzag,
} from './jpeg-segments.ts'

/** One component's samples, in whole blocks. */
export type Plane = {
  readonly stride: number
  readonly samples: Uint16Array
  /** How many of the frame's columns and rows one sample is for. */
  readonly across: number
  readonly down: number
}

/** cos((2x + 1)uπ/16) · C(u)/2, by u and x (T.81 A.3.3). */
const basis = Float32Array.from({ length: 64 }, (_, at) => {
  const [u, x] = [at >> 3, at % 8]
  return (Math.cos(((2 * x + 1) * u * Math.PI) / 16) * (u === 0 ? Math.SQRT1_2 : 1)) / 2
})

/** Rows, then columns. */
function inverseTransform(block: Float32Array, scratch: Float32Array): void {
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) {
      let sum = 0
      for (let u = 0; u < 8; u++) sum += (block[y * 8 + u] ?? 0) * (basis[u * 8 + x] ?? 0)
      scratch[y * 8 + x] = sum
    }
  for (let x = 0; x < 8; x++)
    for (let y = 0; y < 8; y++) {
      let sum = 0
      for (let v = 0; v < 8; v++) sum += (scratch[v * 8 + x] ?? 0) * (basis[v * 8 + y] ?? 0)
      block[y * 8 + x] = sum
    }
}

/** F.2.2.1 and F.2.2.2: a block's coefficients, multiplied out. Says the new DC prediction. */
function readBlock(
  bits: Bits,
  dc: HuffmanTable,
  ac: HuffmanTable,
  steps: Uint16Array,
  block: Float32Array,
  prediction: number,
): number {
  block.fill(0)
  const now = prediction + bits.signed(bits.symbol(dc))
  block[0] = now * (steps[0] ?? 0)
  for (let at = 1; at < 64; at++) {
    const symbol = bits.symbol(ac)
    const [run, size] = [symbol >> 4, symbol & 15]
    if (size === 0 && run !== 15) break
    at += run
    if (size === 0) continue
    if (at > 63) throw new JpegError('coefficients')
    block[zigzag[at] ?? 0] = bits.signed(size) * (steps[at] ?? 0)
  }
  return now
}

/** A.3.1: the level shift is half of the range that the precision has: 128, and 2048 for 12 bits. */
function writeBlock(block: Float32Array, plane: Plane, at: number, precision: number): void {
  const [shift, most] = [2 ** (precision - 1), 2 ** precision - 1]
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) {
      const value = Math.round((block[y * 8 + x] ?? 0) + shift)
      plane.samples[at + y * plane.stride + x] = value < 0 ? 0 : value > most ? most : value
    }
}

const mostOf = (numbers: readonly number[]) => numbers.reduce((most, one) => Math.max(most, one), 1)

/** MCUs across and down (A.2.3, A.2.4), and the planes they fill. */
export function planesOf({ components, rows, columns }: Frame): readonly Plane[] {
  const [widest, tallest] = [
    mostOf(components.map((one) => one.horizontal)),
    mostOf(components.map((one) => one.vertical)),
  ]
  const [across, down] = [Math.ceil(columns / (8 * widest)), Math.ceil(rows / (8 * tallest))]
  return components.map(({ horizontal, vertical }) => ({
    stride: across * horizontal * 8,
    samples: new Uint16Array(across * horizontal * 8 * down * vertical * 8),
    across: widest / horizontal,
    down: tallest / vertical,
  }))
}

/** Decodes one scan into its components' planes; says where the next marker is. */
export function decodeDctScan(
  bytes: Uint8Array,
  frame: Frame,
  scan: JpegScan,
  tables: JpegTables,
  planes: readonly Plane[],
): number {
  const bits = createBits(bytes, scan.at)
  const [block, scratch] = [new Float32Array(64), new Float32Array(64)]
  const parts = scan.components.map(({ index, dc, ac }) => {
    const [component, plane] = [frame.components[index], planes[index]]
    const steps = component && tables.quantisation.get(component.quantisation)
    if (!component || !plane || !ac || !steps) throw new JpegError('scan header')
    // A scan of one component is not interleaved: its MCU is one block, and padding is left out (A.2.2).
    const isAlone = scan.components.length === 1
    const [wide, tall] = isAlone ? [1, 1] : [component.horizontal, component.vertical]
    const blocks = isAlone
      ? [Math.ceil(frame.columns / plane.across / 8), Math.ceil(frame.rows / plane.down / 8)]
      : [plane.stride / 8 / wide, plane.samples.length / plane.stride / 8 / tall]
    return { dc, ac, steps, plane, wide, tall, across: blocks[0] ?? 0, down: blocks[1] ?? 0, prediction: 0 }
  })
  const [first] = parts
  if (!first) throw new JpegError('scan header')
  const units = first.across * first.down
  for (let unit = 0; unit < units; unit++) {
    if (scan.restartInterval > 0 && unit > 0 && unit % scan.restartInterval === 0) {
      bits.restart(unit / scan.restartInterval - 1)
      for (const part of parts) part.prediction = 0
    }
    const [column, row] = [unit % first.across, Math.floor(unit / first.across)]
    for (const part of parts)
      for (let down = 0; down < part.tall; down++)
        for (let across = 0; across < part.wide; across++) {
          part.prediction = readBlock(bits, part.dc, part.ac, part.steps, block, part.prediction)
          inverseTransform(block, scratch)
          const at = (row * part.tall + down) * 8 * part.plane.stride + (column * part.wide + across) * 8
          writeBlock(block, part.plane, at, frame.precision)
        }
  }
  return bits.end()
}
