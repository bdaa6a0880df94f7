/** A real file with another patient's number, as if it had been taken of them. */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import dicomParser from 'dicom-parser'
import { element, joined } from './scan-files.ts'

export function numberIn(file: Uint8Array): string {
  return parsed(file).read.string('x00100020') ?? ''
}

/** Explicit little endian only: the old number is cut out, and the other put where it belongs. */
export function numbered(file: Uint8Array, number: string): Uint8Array<ArrayBuffer> {
  const { read, plain, headEnd, isDeflated } = parsed(file)
  const old = read.elements.x00100020
  const next = Object.values(read.elements)
    .filter(({ tag }) => tag > 'x00100020')
    .toSorted((a, b) => a.dataOffset - b.dataOffset)[0]
  if (!next) throw new Error('nothing follows the patient')
  const end = old ? old.dataOffset + old.length : next.dataOffset - 8
  const start = old ? old.dataOffset - 8 : end
  const whole = joined([plain.subarray(0, start), element(0x0010, 0x0020, 'LO', number), plain.subarray(end)])
  return isDeflated ? joined([file.subarray(0, headEnd), deflateRawSync(whole)]) : whole
}

function parsed(file: Uint8Array) {
  const head = dicomParser.readPart10Header(file)
  const headEnd = Math.max(...Object.values(head.elements).map((one) => one.dataOffset + one.length))
  const isDeflated = head.string('x00020010') === '1.2.840.10008.1.2.1.99'
  const plain = isDeflated ? inflateRawSync(file.subarray(headEnd)) : file
  const read = dicomParser.parseDicom(file, { inflater: () => new Uint8Array(plain), untilTag: 'x7fe00010' })
  return { read, plain, headEnd, isDeflated }
}
