/** What is refused by its header, before anything is allocated for it. */
import { done, fail, type Outcome } from './outcome.ts'

export const scanLimits = {
  fileBytes: 512 * 1024 * 1024,
  /** Of a deflated file when it is inflated, which is held twice for a moment. */
  inflatedBytes: 128 * 1024 * 1024,
  /** A mammogram has about 6,000 rows; slides of pathology are not for this viewer. */
  side: 16_384,
  /** Of one decoded frame. */
  frameBytes: 96 * 1024 * 1024,
  frames: 20_000,
}

export type Extent = {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: number
  readonly bitsAllocated: number
  readonly frames: number
}

/** [SCAN-2] Whether a scan of this extent may be decoded; `too-large` says what is too many. */
export function withinLimits({
  rows,
  columns,
  samplesPerPixel,
  bitsAllocated,
  frames,
}: Extent): Outcome<null> {
  if (rows > scanLimits.side || columns > scanLimits.side) return fail('too-large', `${columns} × ${rows}`)
  if (frames > scanLimits.frames) return fail('too-large', `${frames} frames`)
  const bytes = rows * columns * samplesPerPixel * (bitsAllocated / 8)
  return bytes > scanLimits.frameBytes ? fail('too-large', `${columns} × ${rows}`) : done(null)
}
