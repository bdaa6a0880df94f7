/** What is said while somebody looks for names in pictures before they leave. */
import type { Box } from '../core/scan/boxes.ts'
import { scanStrip } from './texts/scan-strip.ts'

export const stripWords = scanStrip('strip')

/** Where a box is, in hundredths of its picture. */
export function boxWord(
  index: number,
  box: Box,
  { rows, columns }: { rows: number; columns: number },
): string {
  const part = (length: number, of: number) => Math.round((100 * length) / of)
  return stripWords.box({
    number: index + 1,
    left: part(box.x, columns),
    top: part(box.y, rows),
    width: part(box.width, columns),
    height: part(box.height, rows),
  })
}
