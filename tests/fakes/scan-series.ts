/** A long series out of the sixty slices of a plastic head (tests/dicom/MANIFEST.md): their pixels over and over, one place on. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { element, joined, tagAt } from './scan-files.ts'
import { phantomSlices, readScan } from './scans.ts'

/** Explicit little endian, a short VR: another text in the place of what stands there. */
function withText(file: Uint8Array, group: number, number: number, text: string): Uint8Array<ArrayBuffer> {
  const at = tagAt(file, group, number)
  if (at < 0) throw new Error('no such element')
  const vr = String.fromCharCode(...file.subarray(at + 4, at + 6))
  const length = new DataView(file.buffer, file.byteOffset).getUint16(at + 6, true)
  return joined([file.subarray(0, at), element(group, number, vr, text), file.subarray(at + 8 + length)])
}

const series = '1.2.826.0.1.3680043.10.1234.500'

/** One slice, counted from 0. */
export function slice(index: number): Uint8Array<ArrayBuffer> {
  const name = phantomSlices[index % phantomSlices.length] ?? ''
  const changes = [
    [0x0008, 0x0018, `${series}.${index + 1}`],
    [0x0020, 0x000e, series],
    [0x0020, 0x0013, `${index + 1}`],
    [0x0020, 0x0032, `-115.5\\-1.85\\${index + 400}`],
  ] as const
  return changes.reduce<Uint8Array<ArrayBuffer>>(
    (file, [group, number, text]) => withText(file, group, number, text),
    readScan(name),
  )
}

/** Files in a folder, in the order of their slices. */
export function writeSeries(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `slice-${String(index).padStart(4, '0')}.dcm`)
    writeFileSync(path, slice(index))
    return path
  })
}
