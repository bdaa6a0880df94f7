/** How far a carrying is, for people: files, bytes, how fast, how much longer. */
import { type Bits, hasBit } from './bits.ts'
import { bytesThere, type Cargo, runsOf } from './carry.ts'

/** How far the files of a share are at the viewer, as either end knows it. */
export type CarryProgress = {
  /** Whole and checked. */
  readonly files: number
  /** Without those that do not come. */
  readonly ofFiles: number
  readonly bytes: number
  readonly ofBytes: number
  /** Of late. */
  readonly bytesPerSecond: number
  /** Null: nothing moves. */
  readonly leftMs: number | null
  /** Which files are there, as runs of their indices: first and last. */
  readonly ready: readonly (readonly [first: number, last: number])[]
}

/** All that came over any connection, by the time. */
export type Come = { readonly atMs: number; readonly bytes: number }

const lateMs = 2_000

/** With one look more; what is older than two seconds is dropped but for the last of it. */
export function looked(come: readonly Come[], now: Come): readonly Come[] {
  const begins = come.findLastIndex(({ atMs }) => now.atMs - atMs >= lateMs)
  return [...come.slice(Math.max(0, begins)), now]
}

/** Bytes a second, of late. */
export function speedOf(come: readonly Come[]): number {
  const [first, last] = [come[0], come.at(-1)]
  if (!first || !last || last.atMs <= first.atMs) return 0
  return (1_000 * (last.bytes - first.bytes)) / (last.atMs - first.atMs)
}

export function progressOf(
  cargo: Cargo,
  has: Bits,
  kept: Bits,
  isGivenUp: (file: number) => boolean,
  come: readonly Come[],
): CarryProgress {
  const files = [...cargo.sizes.keys()].filter((file) => !isGivenUp(file))
  const bytes = files.reduce((sum, file) => sum + bytesThere(cargo, has, file), 0)
  const ofBytes = files.reduce((sum, file) => sum + (cargo.sizes[file] ?? 0), 0)
  const bytesPerSecond = speedOf(come)
  return {
    files: files.filter((file) => hasBit(kept, file)).length,
    ofFiles: files.length,
    ...{ bytes, ofBytes, bytesPerSecond },
    leftMs: bytesPerSecond > 0 ? (1_000 * (ofBytes - bytes)) / bytesPerSecond : null,
    ready: runsOf([...cargo.sizes.keys()].map((file) => hasBit(kept, file))),
  }
}
