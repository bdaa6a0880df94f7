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
function readBlock(bits: Bits, { dc, ac, steps, prediction }: Part, block: Float32Array): number {
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

/** One component in a scan: its tables, and its blocks in an MCU and in all. */
type Part = {
  readonly dc: HuffmanTable
  readonly ac: HuffmanTable
  readonly steps: Uint16Array
  readonly plane: Plane
  readonly wide: number
  readonly tall: number
  readonly unitsAcross: number
  readonly units: number
  prediction: number
}

/** A scan of one component is not interleaved: its MCU is one block, and what only pads out others is left out (A.2.2). */
function partsOf(
  frame: Frame,
  scan: JpegScan,
  tables: JpegTables,
  planes: readonly Plane[],
): readonly Part[] {
  const isAlone = scan.components.length === 1
  return scan.components.map(({ index, dc, ac }) => {
    const [component, plane] = [frame.components[index], planes[index]]
    const steps = component && tables.quantisation.get(component.quantisation)
    if (!component || !plane || !ac || !steps) throw new JpegError('scan header')
    const [wide, tall] = isAlone ? [1, 1] : [component.horizontal, component.vertical]
    const [columns, rows] = isAlone
      ? [Math.ceil(frame.columns / plane.across), Math.ceil(frame.rows / plane.down)]
      : [plane.stride, plane.samples.length / plane.stride]
    const unitsAcross = Math.ceil(columns / 8 / wide)
    const units = unitsAcross * Math.ceil(rows / 8 / tall)
    return { dc, ac, steps, plane, wide, tall, unitsAcross, units, prediction: 0 }
  })
}

/** The blocks of one component in one MCU. */
function readUnit(bits: Bits, part: Part, unit: number, precision: number, work: Workspace): void {
  const { plane, wide, tall, unitsAcross } = part
  const [column, row] = [unit % unitsAcross, Math.floor(unit / unitsAcross)]
  for (let down = 0; down < tall; down++)
    for (let across = 0; across < wide; across++) {
      part.prediction = readBlock(bits, part, work.block)
      inverseTransform(work.block, work.scratch)
      const at = (row * tall + down) * 8 * plane.stride + (column * wide + across) * 8
      writeBlock(work.block, plane, at, precision)
    }
}

type Workspace = { readonly block: Float32Array; readonly scratch: Float32Array }

/** Decodes one scan into its components' planes; says where the next marker is. */
export function decodeDctScan(
  bytes: Uint8Array,
  frame: Frame,
  scan: JpegScan,
  tables: JpegTables,
  planes: readonly Plane[],
): number {
  const bits = createBits(bytes, scan.at)
  const work: Workspace = { block: new Float32Array(64), scratch: new Float32Array(64) }
  const parts = partsOf(frame, scan, tables, planes)
  const units = parts[0]?.units ?? 0
  for (let unit = 0; unit < units; unit++) {
    if (scan.restartInterval > 0 && unit > 0 && unit % scan.restartInterval === 0) {
      bits.restart(unit / scan.restartInterval - 1)
      for (const part of parts) part.prediction = 0
    }
    for (const part of parts) readUnit(bits, part, unit, frame.precision, work)
  }
  return bits.end()
}
