/** What is measured of a decoded frame, and what it is held against (tests/dicom/MANIFEST.md). */
import { createHash } from 'node:crypto'
import type { Picture } from '../../src/core/scan/samples.ts'
import type { ExpectedFrame } from './scans.ts'

export type FrameValues = {
  readonly min: number
  readonly max: number
  readonly mean: number
  /** Of the samples as they lie in memory, little endian. */
  readonly sha256: string
  /** The values at the expected probes, in their order. */
  readonly probes: readonly (readonly number[])[]
}

/** What dcmtk's own arithmetic may differ by where a coding is lossy: an inverse DCT, or a colour matrix, rounded. */
export function toleranceOf(name: string): number {
  if (name.includes('ybr') || name.startsWith('us_')) return 6
  return name.includes('12bit') ? 1 : 0
}

export function statistics(samples: ArrayLike<number>) {
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (let at = 0; at < samples.length; at++) {
    const value = samples[at] ?? 0
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
  }
  return { min, max, mean: sum / samples.length }
}

export function valuesOf(
  { samples, columns, samplesPerPixel }: Picture,
  expected: ExpectedFrame,
): FrameValues {
  const { buffer, byteOffset, byteLength } = samples
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  const at = (x: number, y: number) => (y * columns + x) * samplesPerPixel
  return {
    ...statistics(samples),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    probes: (expected.probes ?? []).map(({ x, y }) => [
      ...samples.subarray(at(x, y), at(x, y) + samplesPerPixel),
    ]),
  }
}

/** Each value that is not what it should be; none when all are. */
export function unlike(found: FrameValues, expected: ExpectedFrame, tolerance: number): string[] {
  const wrong: string[] = []
  const hold = (what: string, value: number, wanted: number, by: number) => {
    if (!(Math.abs(value - wanted) <= by)) wrong.push(`${what}: ${value} for ${wanted}`)
  }
  hold('least', found.min, expected.min, tolerance)
  hold('most', found.max, expected.max, tolerance)
  hold('mean', found.mean, expected.mean, tolerance ? tolerance / 2 : 0.0006)
  for (const [index, { x, y, v }] of (expected.probes ?? []).entries()) {
    const wanted = typeof v === 'number' ? [v] : v
    const values = found.probes[index] ?? []
    wanted.forEach((one, channel) => {
      hold(`${x}, ${y}`, values[channel] ?? Number.NaN, one, tolerance)
    })
  }
  const { sha256_samples: sha256 } = expected
  if (sha256 !== undefined && found.sha256 !== sha256) wrong.push('samples differ')
  return wrong
}
