/** Whose image it is, by the beginning of the file itself (PS3.10): no word of the PACS about it is believed (HZ-1). */
import { constants, inflateRawSync } from 'node:zlib'
import dicomParser, { type DataSet } from 'dicom-parser'

export type Whose = {
  readonly patientId: string
  readonly issuer: string
  readonly study: string
  readonly series: string
  readonly instance: string
}

/** Where the attributes lie is at the beginning; what blows up to more than this is no image. */
const mostInflated = 8 * 1024 * 1024

/** Null: it cannot be said yet, or not at all. What stands in a file stands there in the order of its tags (PS3.5 section 7.1). */
export function whoseIs(beginning: Uint8Array): Whose | null {
  const file = read(beginning)
  const study = file && text(file, 'x0020000d')
  const series = file && text(file, 'x0020000e')
  const instance = file && text(file, 'x00080018')
  if (!study || !series || !instance) return null
  return {
    patientId: text(file, 'x00100020') ?? '',
    issuer: text(file, 'x00100021') ?? '',
    study,
    series,
    instance,
  }
}

/** What could be read up to where it breaks off. */
function read(beginning: Uint8Array): DataSet | null {
  try {
    return dicomParser.parseDicom(beginning, { inflater: inflate, untilTag: 'x7fe00010' })
  } catch (reason) {
    return isCutOff(reason) ? reason.dataSet : null
  }
}

/** What dicom-parser throws where a file breaks off. */
function isCutOff(reason: unknown): reason is { readonly dataSet: DataSet } {
  return typeof reason === 'object' && reason !== null && 'exception' in reason && 'dataSet' in reason
}

/** Whole values only: the last one may be cut off. */
function text({ elements, byteArray }: DataSet, tag: string): string | null {
  const element = elements[tag]
  if (!element || element.length < 0 || element.dataOffset + element.length > byteArray.length) return null
  const value = byteArray.subarray(element.dataOffset, element.dataOffset + element.length)
  return Buffer.from(value)
    .toString('utf8')
    .replace(/[\0 ]+$/, '')
    .trimStart()
}

function inflate(all: Uint8Array, from: number): Uint8Array {
  const limits = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostInflated }
  return new Uint8Array(inflateRawSync(all.subarray(from), limits))
}
