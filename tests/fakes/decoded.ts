/** The first frame of a file of tests/dicom, decoded by Node, where the build does not put its imports together. */
import type { Picture } from '../../src/core/scan/samples.ts'
import type { ScanFrame } from '../../src/core/scan/scan.ts'
import { binaryFromDisk, readScan } from './scans.ts'

export async function decodedByNode(name: string): Promise<{ frame: ScanFrame; picture: Picture }> {
  await import('../lab/as-built.ts')
  const { createDecoder } = await import('../../src/io/scan/decode.ts')
  const { openScan } = await import('../../src/io/scan/open.ts')
  const scan = openScan(readScan(name), createDecoder(binaryFromDisk))
  if (!scan.ok) throw new Error(name)
  const [frame, picture] = [scan.value.frame(0), await scan.value.picture(0)]
  if (!frame.ok || !picture.ok) throw new Error(name)
  return { frame: frame.value, picture: picture.value }
}
