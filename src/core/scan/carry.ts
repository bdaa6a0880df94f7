/** What both ends of a carrying count by: files in blocks, what is there, why it ends, and how far it is. */
import { type Bits, hasBit } from './bits.ts'

/** The part of a share's manifest that its files are carried by. */
export type CarryManifest = {
  /** In the order of the share; SHA-256 in lower-case hexadecimal. */
  readonly files: readonly { readonly sha256: string; readonly bytes: number }[]
}

/** Why no more of a file, or of a share, comes. */
export type CarryFailure =
  /** Twice it was not the file that the manifest names. */
  | 'wrong-hash'
  /** The presenter has it no more. */
  | 'lacking'
  /** A piece that is none, of a file that was not offered, or that does not come next. */
  | 'malformed'
  | 'not-offered'
  | 'out-of-place'
  /** The viewer says that it has what never left, takes back what it had, or asks again and again. */
  | 'has-unsent'
  | 'took-back'
  | 'asked-too-often'
  /** This device has no room for it. */
  | 'no-memory'
  /** Connection after connection, and nothing more arrives. */
  | 'no-way'
  /** Either end wants no more. */
  | 'stopped'

/** What is acknowledged, and where another connection goes on. */
export const blockBytes = 1024 * 1024

/** Where the blocks of each file lie among all blocks. */
export type Cargo = {
  readonly sizes: readonly number[]
  readonly firstBlock: readonly number[]
  readonly blocks: number
  readonly bytes: number
}

/** A file of no bytes has a block, too: of none. */
const blocksIn = (bytes: number) => Math.max(1, Math.ceil(bytes / blockBytes))

export function cargoOf({ files }: CarryManifest): Cargo {
  const firstBlock: number[] = []
  let blocks = 0
  let bytes = 0
  for (const file of files) {
    firstBlock.push(blocks)
    blocks += blocksIn(file.bytes)
    bytes += file.bytes
  }
  return { sizes: files.map((file) => file.bytes), firstBlock, blocks, bytes }
}

/** Its blocks, counted among all: from the first to before the second. */
export function blocksOf({ sizes, firstBlock }: Cargo, file: number): readonly [from: number, to: number] {
  const from = firstBlock[file] ?? 0
  const size = sizes[file]
  return [from, size === undefined ? from : from + blocksIn(size)]
}

export const blockAt = (cargo: Cargo, file: number, offset: number): number =>
  (cargo.firstBlock[file] ?? 0) + Math.floor(offset / blockBytes)

/** Where the block that this offset lies in ends. */
export function blockEnd({ sizes }: Cargo, file: number, offset: number): number {
  return Math.min(sizes[file] ?? 0, (Math.floor(offset / blockBytes) + 1) * blockBytes)
}

export function isWhole(cargo: Cargo, has: Bits, file: number): boolean {
  const [from, to] = blocksOf(cargo, file)
  for (let block = from; block < to; block += 1) if (!hasBit(has, block)) return false
  return true
}

/** Bytes of the blocks of this file that are there. */
export function bytesThere(cargo: Cargo, has: Bits, file: number): number {
  const [from, to] = blocksOf(cargo, file)
  let bytes = 0
  for (let block = from; block < to; block += 1) {
    const offset = (block - from) * blockBytes
    if (hasBit(has, block)) bytes += blockEnd(cargo, file, offset) - offset
  }
  return bytes
}

/** [CARRY-2] This one, its neighbours, theirs: of two as near, the one behind it first. */
export function* outwards(at: number, files: number): Generator<number> {
  const centre = Math.min(Math.max(0, at), files - 1)
  for (let step = 0; step < files; step += 1) {
    if (centre + step < files) yield centre + step
    if (step > 0 && centre - step >= 0) yield centre - step
  }
}

/** Runs of those that are there. */
export function runsOf(isThere: readonly boolean[]): readonly (readonly [first: number, last: number])[] {
  const runs: (readonly [number, number])[] = []
  let first: number | null = null
  for (let at = 0; at <= isThere.length; at += 1) {
    if (isThere[at]) first ??= at
    else if (first !== null) {
      runs.push([first, at - 1])
      first = null
    }
  }
  return runs
}
