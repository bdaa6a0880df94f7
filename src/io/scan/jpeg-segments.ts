/** The marker segments of a JPEG stream (ITU-T T.81 annex B) as tables, frame and scans. */

/** A stream that breaks a rule of T.81; caught where the codec begins. */
export class JpegError extends Error {
  readonly isShort: boolean
  constructor(what: string, isShort = false) {
    super(what)
    this.isShort = isShort
  }
}

/** Code → symbol by the next 16 bits: length in the high byte, symbol in the low; 0 is no code. */
export type HuffmanTable = Uint16Array

export type Component = {
  readonly id: number
  readonly horizontal: number
  readonly vertical: number
  readonly quantisation: number
}

export type Frame = {
  readonly process: 'sequential' | 'lossless'
  readonly precision: number
  readonly rows: number
  readonly columns: number
  readonly components: readonly Component[]
}

export type ScanComponent = {
  readonly index: number
  readonly dc: HuffmanTable
  readonly ac: HuffmanTable | null
}

export type JpegScan = {
  readonly components: readonly ScanComponent[]
  /** Spectral selection's start, or the predictor of a lossless scan. */
  readonly selection: number
  readonly pointTransform: number
  /** MCUs from restart to restart; 0 for none. */
  readonly restartInterval: number
  /** Where entropy-coded bytes begin. */
  readonly at: number
}

export type JpegTables = {
  readonly quantisation: Map<number, Uint16Array>
  readonly dc: Map<number, HuffmanTable>
  readonly ac: Map<number, HuffmanTable>
  restartInterval: number
  /** Of Adobe's APP14: 0 is RGB, 1 is YCbCr; null if there is none. */
  adobeTransform: number | null
}

export const newTables = (): JpegTables => ({
  quantisation: new Map(),
  dc: new Map(),
  ac: new Map(),
  restartInterval: 0,
  adobeTransform: null,
})

/** The order in which a block's 64 coefficients are written (T.81 figure A.6), as places in rows of eight. */
export const zigzag: Uint8Array = (() => {
  const places = Array.from({ length: 64 }, (_, place) => ({ place, x: place % 8, y: place >> 3 }))
  const inOrder = places.toSorted((a, b) => {
    const [first, second] = [a.x + a.y, b.x + b.y]
    if (first !== second) return first - second
    return first % 2 === 0 ? a.x - b.x : a.y - b.y
  })
  return Uint8Array.from(inOrder, ({ place }) => place)
})()

/** T.81 C.2: codes in order of length, each one more than the last; too many for a length is no table. */
function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const table = new Uint16Array(65_536)
  let [code, next] = [0, 0]
  for (let length = 1; length <= 16; length++) {
    for (let index = 0; index < (counts[length - 1] ?? 0); index++) {
      const from = code << (16 - length)
      const to = from + (1 << (16 - length))
      if (to > 65_536) throw new JpegError('Huffman table')
      table.fill((length << 8) | (symbols[next++] ?? 0), from, to)
      code++
    }
    code <<= 1
  }
  return table
}

/** DHT, B.2.4.2. */
export function readHuffman(segment: Uint8Array, tables: JpegTables): void {
  let at = 0
  while (at < segment.length) {
    const which = segment[at] ?? 0
    const counts = segment.subarray(at + 1, at + 17)
    const length = counts.reduce((sum, count) => sum + count, 0)
    const symbols = segment.subarray(at + 17, at + 17 + length)
    if (counts.length < 16 || symbols.length < length || (which & 15) > 3)
      throw new JpegError('Huffman table')
    const kind = which >> 4 === 0 ? tables.dc : tables.ac
    kind.set(which & 15, huffmanTable(counts, symbols))
    at += 17 + length
  }
}

/** DQT, B.2.4.1: in zigzag order, as written. */
export function readQuantisation(segment: Uint8Array, tables: JpegTables): void {
  let at = 0
  while (at < segment.length) {
    const which = segment[at] ?? 0
    const size = which >> 4 === 0 ? 1 : 2
    const bytes = segment.subarray(at + 1, at + 1 + 64 * size)
    if (bytes.length < 64 * size) throw new JpegError('quantisation table')
    const values = Uint16Array.from({ length: 64 }, (_, index) =>
      size === 1 ? (bytes[index] ?? 0) : ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0),
    )
    tables.quantisation.set(which & 15, values)
    at += 1 + 64 * size
  }
}

/** SOF, B.2.2. */
export function readFrame(segment: Uint8Array, process: Frame['process']): Frame {
  const [precision = 0, rowsHigh = 0, rowsLow = 0, columnsHigh = 0, columnsLow = 0, count = 0] = segment
  if (segment.length < 6 + count * 3 || count < 1 || count > 4) throw new JpegError('frame header')
  const components = Array.from({ length: count }, (_, index) => {
    const [id = 0, factors = 0, quantisation = 0] = segment.subarray(6 + index * 3, 9 + index * 3)
    const [horizontal, vertical] = [factors >> 4, factors & 15]
    if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4)
      throw new JpegError('sampling factors')
    return { id, horizontal, vertical, quantisation }
  })
  const isDepth =
    process === 'lossless' ? precision >= 2 && precision <= 16 : precision === 8 || precision === 12
  if (!isDepth) throw new JpegError('precision')
  return {
    process,
    precision,
    rows: (rowsHigh << 8) | rowsLow,
    columns: (columnsHigh << 8) | columnsLow,
    components,
  }
}

/** SOS, B.2.3. `at`: where what follows the segment begins. */
export function readScan(segment: Uint8Array, frame: Frame, tables: JpegTables, at: number): JpegScan {
  const count = segment[0] ?? 0
  if (count < 1 || count > frame.components.length || segment.length < 4 + count * 2)
    throw new JpegError('scan header')
  const components = Array.from({ length: count }, (_, position) => {
    const [id, which = 0] = segment.subarray(1 + position * 2, 3 + position * 2)
    const index = frame.components.findIndex((one) => one.id === id)
    const dc = tables.dc.get(which >> 4)
    const ac = tables.ac.get(which & 15) ?? null
    if (index < 0 || !dc || (frame.process === 'sequential' && !ac)) throw new JpegError('scan header')
    return { index, dc, ac }
  })
  const [selection = 0, , approximation = 0] = segment.subarray(1 + count * 2)
  const { restartInterval } = tables
  return { components, selection, pointTransform: approximation & 15, restartInterval, at }
}
