/** The files of tests/dicom, and codecs' binaries from the disk. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BinaryAt } from '../../src/io/scan/wasm.ts'

const folder = new URL('../dicom/', import.meta.url).pathname
const home = new URL('../../', import.meta.url).pathname

export type Probe = { readonly x: number; readonly y: number; readonly v: number | readonly number[] }
export type ExpectedFrame = {
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly sha256_samples?: string
  readonly probes?: readonly Probe[]
}
export type Expected = {
  readonly ts: string
  readonly modality: string
  readonly rows: number
  readonly cols: number
  readonly frames: number
  readonly spp: number
  readonly photometric: string
  readonly bitsStored: number
  readonly signed: number
  readonly slope: number
  readonly intercept: number
  readonly lossy: boolean
  readonly sha256_file: string
  readonly frame0: ExpectedFrame
  readonly frameLast?: ExpectedFrame
  readonly dcmtk_minmax_render?: ExpectedFrame
}

/** By path in tests/dicom; what was measured there and by whom is in its MANIFEST.md. */
export const expectations: Readonly<Record<string, Expected>> = JSON.parse(
  readFileSync(join(folder, 'expected.json'), 'utf8'),
)

export const singleScans: readonly string[] = Object.keys(expectations).filter((name) =>
  name.endsWith('.dcm'),
)
export const phantomSlices: readonly string[] = Object.keys(expectations).filter(
  (name) => !name.endsWith('.dcm'),
)

export const readScan = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(folder, name)))

/** Where the page would fetch, the disk is read. */
export const binaryFromDisk: BinaryAt = async (address) =>
  new Uint8Array(readFileSync(address.startsWith('/@fs/') ? address.slice(4) : join(home, address)))
