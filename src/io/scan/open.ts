/** Opening a file: from its bytes to what can be shown of it. */
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import type { Picture } from '../../core/scan/samples.ts'
import { frameOf, type Scan, type ScanFrame, scanOf } from '../../core/scan/scan.ts'
import { parseFile } from './data-set.ts'
import type { Decoder } from './decode.ts'

export type OpenScan = {
  readonly scan: Scan
  /** What is said of one frame, counted from 0. */
  readonly frame: (frame: number) => Outcome<ScanFrame>
  /** Its pixels. */
  readonly picture: (frame: number) => Promise<Outcome<Picture>>
}

/** [SCAN-1] Never throws. The bytes are kept as they are, and decoded frame by frame when asked for. */
export function openScan(file: Uint8Array, decode: Decoder): Outcome<OpenScan> {
  const parsed = parseFile(file)
  if (!parsed.ok) return parsed
  const { attributes, syntax } = parsed.value
  try {
    const scan = scanOf(attributes, syntax)
    if (!scan.ok) return scan
    return done({
      scan: scan.value,
      frame: (frame) => frameOf(attributes, scan.value, frame),
      picture: (frame) => decode(parsed.value, scan.value, frame),
    })
  } catch {
    return fail('corrupt', 'data set')
  }
}
