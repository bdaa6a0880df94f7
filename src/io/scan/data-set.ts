/** A DICOM file (PS3.10) as attributes and pixels, by dicom-parser. */
import { type DataSet, type Element, parseDicom, readPart10Header } from 'dicom-parser'
import { Inflate } from 'fflate'
import { scanLimits } from '../../core/scan/limits.ts'
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import { type Syntax, syntaxOf } from '../../core/scan/syntax.ts'
import { type Attributes, type Tag, tags } from '../../core/scan/tags.ts'
import { textDecoderOf } from './charset.ts'

/** Where the pixels lie: all in one, or as fragments with the offsets of frames, from the first fragment's item. */
export type Stored =
  | { readonly type: 'native'; readonly bytes: Uint8Array }
  | {
      readonly type: 'fragments'
      readonly fragments: readonly { readonly offset: number; readonly bytes: Uint8Array }[]
      readonly offsets: readonly number[]
    }

export type Parsed = {
  readonly syntax: Syntax
  readonly attributes: Attributes
  readonly stored: Stored
}

/** Deflated data is blown up no further than the limit. */
class TooLarge extends Error {}

/** fflate grows its result in step with what it is given; in pieces, so that a bomb is noticed early. */
const pieceBytes = 65_536

/** A pad byte after the deflated stream is legal (PS3.5 A.5) and is left alone. */
function inflate(deflated: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = []
  let length = 0
  const inflater = new Inflate((piece) => {
    length += piece.length
    if (length > scanLimits.inflatedBytes) throw new TooLarge()
    pieces.push(piece)
  })
  for (let at = 0; at < deflated.length; at += pieceBytes)
    inflater.push(deflated.subarray(at, at + pieceBytes), at + pieceBytes >= deflated.length)
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** The value of an element within what there is; empty when it reaches beyond. */
function bytesAt(dataSet: DataSet, tag: Tag): Uint8Array {
  const element = dataSet.elements[tag]
  if (!element) return new Uint8Array()
  const end = element.dataOffset + element.length
  if (!(element.length >= 0) || end > dataSet.byteArray.length) return new Uint8Array()
  return dataSet.byteArray.subarray(element.dataOffset, end)
}

function attributesOf(dataSet: DataSet, decoder: TextDecoder, isBigEndian: boolean): Attributes {
  const text = (tag: Tag) =>
    decoder
      .decode(bytesAt(dataSet, tag))
      .replace(/[\0 ]+$/, '')
      .trimStart() || null
  return {
    text,
    numbers: (tag) =>
      (text(tag) ?? '')
        .split('\\')
        .filter((one) => /^\s*[-+]?[\d.]+(?:[eE][-+]?\d+)?\s*$/.test(one))
        .map(Number)
        .filter(Number.isFinite),
    words: (tag) => {
      const bytes = bytesAt(dataSet, tag)
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
      return Array.from({ length: bytes.length >> 1 }, (_, at) => view.getUint16(at * 2, !isBigEndian))
    },
    items: (tag) =>
      (dataSet.elements[tag]?.items ?? []).flatMap(({ dataSet: item }) =>
        item ? [attributesOf(item, decoder, isBigEndian)] : [],
      ),
  }
}

/** Eight-bit pixels in words of a big-endian file lie the second one first (PS3.5 section 8.1.1). */
function swapped(bytes: Uint8Array): Uint8Array {
  const whole = bytes.slice()
  for (let at = 0; at + 1 < whole.length; at += 2) whole.set([bytes[at + 1] ?? 0, bytes[at] ?? 0], at)
  return whole
}

function storedOf(dataSet: DataSet, element: Element, isSwapped: boolean): Outcome<Stored> {
  if (!element.encapsulatedPixelData) {
    const bytes = bytesAt(dataSet, tags.pixelData)
    if (bytes.length === 0) return fail('no-pixels', 'pixel data')
    return done({ type: 'native', bytes: isSwapped ? swapped(bytes) : bytes })
  }
  const { fragments = [], basicOffsetTable: offsets = [] } = element
  const found = fragments.map(({ offset, position, length }) => ({
    offset,
    bytes: dataSet.byteArray.subarray(position, position + length),
    isWhole: length >= 0 && position + length <= dataSet.byteArray.length,
  }))
  if (found.length === 0) return fail('no-pixels', 'pixel data')
  if (found.some(({ isWhole }) => !isWhole)) return fail('truncated', 'fragment')
  return done({ type: 'fragments', fragments: found, offsets })
}

/** dicom-parser throws texts, and errors whose message is one. */
function failureOf(reason: unknown): ReturnType<typeof fail> {
  if (reason instanceof TooLarge) return fail('too-large', 'deflated')
  const said = typeof reason === 'string' ? reason : reason instanceof Error ? reason.message : ''
  const inner = typeof reason === 'object' && reason && 'exception' in reason ? `${reason.exception}` : said
  const isShort =
    /past the end|overrun|past end|end of (?:buffer|file)|unexpected EOF|missing sequence/i.test(inner)
  return isShort ? fail('truncated', 'data set') : fail('corrupt', 'data set')
}

/** Preamble and prefix (PS3.10 section 7.1). Without them anything could pass for implicit little endian. */
function hasPrefix(file: Uint8Array): boolean {
  return file.length > 132 && String.fromCharCode(...file.subarray(128, 132)) === 'DICM'
}

function parsed(file: Uint8Array): DataSet {
  return parseDicom(file, { inflater: (all: Uint8Array, from: number) => inflate(all.subarray(from)) })
}

function syntaxIn(file: Uint8Array): Outcome<Syntax> {
  return syntaxOf(readPart10Header(file).string('x00020010') ?? '')
}

/**
 * [SCAN-1] A whole file, as it is; its bytes are looked at and not copied, except deflated ones. A file of one of the
 * composite objects without pixels (a report, a structure set) is `no-pixels`.
 */
export function parseFile(file: Uint8Array): Outcome<Parsed> {
  if (file.length > scanLimits.fileBytes) return fail('too-large', `${file.length} bytes`)
  if (!hasPrefix(file)) return fail('not-dicom', 'prefix')
  try {
    const syntax = syntaxIn(file)
    if (!syntax.ok) return syntax
    const dataSet = parsed(file)
    const element = dataSet.elements[tags.pixelData]
    if (!element) return fail('no-pixels', 'pixel data')
    const decoder = textDecoderOf(dataSet.string(tags.characterSet) ?? '')
    const { isBigEndian } = syntax.value
    const attributes = attributesOf(dataSet, decoder, isBigEndian)
    const isSwapped = isBigEndian && element.vr === 'OW' && attributes.words(tags.bitsAllocated)[0] === 8
    const stored = storedOf(dataSet, element, isSwapped)
    if (!stored.ok) return stored
    return done({ syntax: syntax.value, attributes, stored: stored.value })
  } catch (reason) {
    return failureOf(reason)
  }
}
