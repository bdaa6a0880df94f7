/** DICOM files with a mark in every place that can hold one, to see what of it leaves. */
import { deflateRawSync } from 'node:zlib'
import { type DataSet, type Element, parseDicom, readPart10Header } from 'dicom-parser'
import { inflateSync } from 'fflate'
import { joined } from './scan-files.ts'

type Coding = { readonly isLittle: boolean; readonly isExplicit: boolean }

/** What a picture cannot do without; a mark in its place would be no picture. */
const structural = new Set([
  ...['x00020000', 'x00020001', 'x00020002', 'x00020010', 'x00080016'],
  ...['x00280002', 'x00280004', 'x00280006', 'x00280008', 'x00280010', 'x00280011'],
  ...['x00280100', 'x00280101', 'x00280102', 'x00280103', 'x00281101', 'x00281102', 'x00281103'],
  ...['x00281201', 'x00281202', 'x00281203', 'x00282110'],
])
const longVrs = new Set(['OB', 'OW', 'OF', 'OD', 'OL', 'SQ', 'UN', 'UC', 'UR', 'UT'])
const binaryVrs = new Set(['US', 'SS', 'UL', 'SL', 'FL', 'FD', 'AT', 'OB', 'OW', 'OF', 'UN'])

const ascii = (text: string) => new TextEncoder().encode(text)
export const utf16 = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0), 0]))

function numbers(coding: Coding, ...parts: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, [bytes]) => sum + bytes, 0))
  const view = new DataView(whole.buffer)
  let at = 0
  for (const [bytes, value] of parts) {
    if (bytes === 2) view.setUint16(at, value, coding.isLittle)
    else view.setUint32(at, value, coding.isLittle)
    at += bytes
  }
  return whole
}

const even = (bytes: Uint8Array, pad = 0x20) =>
  bytes.length % 2 === 0 ? bytes : joined([bytes, Uint8Array.of(pad)])

function written(
  coding: Coding,
  tag: string,
  vr: string,
  value: Uint8Array,
  length = value.length,
): Uint8Array {
  const [group, element] = [Number.parseInt(tag.slice(1, 5), 16), Number.parseInt(tag.slice(5, 9), 16)]
  const name = numbers(coding, [2, group], [2, element])
  if (!coding.isExplicit) return joined([name, numbers(coding, [4, length]), value])
  if (longVrs.has(vr)) return joined([name, ascii(vr), numbers(coding, [2, 0], [4, length]), value])
  return joined([name, ascii(vr), numbers(coding, [2, length]), value])
}

const itemOf = (coding: Coding, content: Uint8Array) =>
  joined([numbers(coding, [2, 0xfffe], [2, 0xe000], [4, content.length]), content])

const contentOf = (data: DataSet, { dataOffset, length }: Element) =>
  data.byteArray.subarray(dataOffset, dataOffset + length)

const isText = (bytes: Uint8Array) => bytes.every((byte) => byte === 0 || (byte >= 0x20 && byte < 0x7f))

/** A number keeps its value and gets the mark behind it; any other text becomes the mark. */
function marked(content: Uint8Array, vr: string | undefined, mark: string): Uint8Array {
  if (vr !== undefined && binaryVrs.has(vr)) return content
  if (vr === undefined && (content.length <= 4 || !isText(content))) return content
  const text = new TextDecoder('latin1').decode(content).replace(/[\0 ]+$/, '')
  const isNumber = vr === 'DS' || vr === 'IS' || (vr === undefined && /^[-+\d.eE\\ ]+$/.test(text))
  return even(ascii(isNumber ? `${text}\\${mark}` : mark))
}

/** Places that these files do not have by themselves. */
function additions(coding: Coding, mark: string): readonly (readonly [tag: string, bytes: Uint8Array])[] {
  const [text, wide] = [even(ascii(mark)), even(utf16(mark))]
  const at = (tag: string, vr: string, value: Uint8Array) => [tag, written(coding, tag, vr, value)] as const
  const inner = itemOf(
    coding,
    joined([
      written(coding, 'x00080018', 'UI', text),
      written(coding, 'x00100010', 'PN', text),
      written(coding, 'x00281050', 'DS', text),
      written(coding, 'x00281055', 'LO', text),
      written(coding, 'x00283003', 'LO', text),
      written(coding, 'x00991001', 'LO', text),
      written(coding, 'x7fe00010', 'OW', wide),
    ]),
  )
  const nested = itemOf(coding, written(coding, 'x00400275', 'SQ', inner))
  return [
    at('x00080080', 'LO', text),
    at('x00081010', 'SH', text),
    at('x0008103e', 'LO', text),
    at('x00081070', 'PN', text),
    at('x00081110', 'SQ', nested),
    at('x00081140', 'SQ', inner),
    at('x00082111', 'ST', text),
    at('x00102160', 'SH', text),
    at('x00104000', 'LT', text),
    at('x00181000', 'LO', text),
    at('x00181030', 'LO', text),
    at('x00204000', 'LT', text),
    at('x00281055', 'LO', text),
    at('x00283010', 'SQ', inner),
    at('x00321032', 'PN', text),
    at('x00400275', 'SQ', nested),
    at('x00400555', 'SQ', nested),
    at('x00880200', 'SQ', inner),
    at('x00990010', 'LO', text),
    at('x00991001', 'UN', wide),
    at('x00991002', 'SQ', nested),
    at('x04000561', 'SQ', nested),
    at('x50003000', 'OW', wide),
    at('x60000022', 'LO', text),
    at('x60003000', 'OW', wide),
  ]
}

/** After all else, where a reader of pictures stops reading. */
const behind = (coding: Coding, mark: string) => [
  written(coding, 'xfffafffa', 'SQ', itemOf(coding, written(coding, 'x04000120', 'OB', even(ascii(mark))))),
  written(coding, 'xfffcfffc', 'OB', even(ascii(mark))),
]

const word = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

/** Remarks in a stream, and bytes behind its end. */
function markedStream(stream: Uint8Array, mark: string): Uint8Array {
  const content = joined([Uint8Array.of(0, 1), ascii(mark), utf16(mark)])
  const segment = (marker: number) =>
    joined([Uint8Array.of(255, marker, (content.length + 2) >> 8, (content.length + 2) & 255), content])
  const tail = even(ascii(mark))
  if (word(stream, 0) === 0xffd8)
    return joined([stream.subarray(0, 2), segment(0xe1), segment(0xfe), stream.subarray(2), tail])
  if (word(stream, 0) !== 0xff4f) return joined([stream, tail])
  let at = 2
  while (word(stream, at) !== 0xff90) at += 2 + word(stream, at + 2)
  return joined([stream.subarray(0, at), segment(0x64), stream.subarray(at), tail])
}

function pixelsOf(coding: Coding, data: DataSet, element: Element, mark: string): Uint8Array {
  const { fragments, basicOffsetTable = [] } = element
  if (!element.encapsulatedPixelData || !fragments) {
    const content = joined([contentOf(data, element), even(ascii(mark))])
    return written(coding, 'x7fe00010', element.vr ?? 'OW', content)
  }
  // Files of several fragments a frame keep them: what is put into one would move where frames begin.
  const isWhole = fragments.length === Math.max(basicOffsetTable.length, 1)
  const items = fragments.map(({ position, length }) => {
    const stream = data.byteArray.subarray(position, position + length)
    return itemOf(coding, isWhole ? even(markedStream(stream, mark)) : stream)
  })
  const end = numbers(coding, [2, 0xfffe], [2, 0xe0dd], [4, 0])
  return written(
    coding,
    'x7fe00010',
    'OB',
    joined([itemOf(coding, new Uint8Array()), ...items, end]),
    0xffff_ffff,
  )
}

function plantedSet(coding: Coding, data: DataSet, mark: string, isTop: boolean): Uint8Array {
  const own = Object.values(data.elements)
    .filter(({ tag }) => !/^x(?:0002|fff[ce])/.test(tag) && !tag.endsWith('0000'))
    .map((element): readonly [string, Uint8Array] => {
      const { tag, vr, items } = element
      if (tag === 'x7fe00010') return [tag, pixelsOf(coding, data, element, mark)]
      if (items) {
        const content = items.map(({ dataSet }) =>
          itemOf(coding, dataSet ? plantedSet(coding, dataSet, mark, false) : new Uint8Array()),
        )
        return [tag, written(coding, tag, 'SQ', joined(content))]
      }
      const content = contentOf(data, element)
      return [
        tag,
        written(coding, tag, vr ?? 'UN', structural.has(tag) ? content : marked(content, vr, mark)),
      ]
    })
  const known = new Set(own.map(([tag]) => tag))
  const added = isTop ? additions(coding, mark).filter(([tag]) => !known.has(tag)) : []
  const all = [...own, ...added].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, bytes]) => bytes)
  return joined([...all, ...(isTop ? behind(coding, mark) : [])])
}

/** Preamble, the file's own header, every attribute, private groups, sequences, streams, and what is behind it all. */
export function planted(file: Uint8Array, mark: string): Uint8Array<ArrayBuffer> {
  const data = parseDicom(file, { inflater: inflated })
  const own = readPart10Header(file)
  const syntax = own.string('x00020010') ?? ''
  const meta: Coding = { isLittle: true, isExplicit: true }
  const coding: Coding = { isLittle: !syntax.endsWith('.2.2'), isExplicit: syntax !== '1.2.840.10008.1.2' }
  const preamble = new Uint8Array(128)
  preamble.set(ascii(mark).subarray(0, 60))
  preamble.set(utf16(mark).subarray(0, 60), 64)
  const header = joined(
    Object.values(own.elements)
      .filter(({ tag }) => tag.startsWith('x0002') && tag !== 'x00020000' && tag < 'x00020016')
      .map((element) => {
        const content = contentOf(own, element)
        const isKept = structural.has(element.tag)
        return written(
          meta,
          element.tag,
          element.vr ?? 'UN',
          isKept ? content : marked(content, element.vr, mark),
        )
      })
      .concat([
        written(meta, 'x00020016', 'AE', even(ascii(mark))),
        written(meta, 'x00020100', 'UI', even(ascii('1.2.3.4'), 0)),
        written(meta, 'x00020102', 'OB', even(ascii(mark))),
      ]),
  )
  const set = plantedSet(coding, data, mark, true)
  return joined([
    preamble,
    ascii('DICM'),
    written(meta, 'x00020000', 'UL', numbers(meta, [4, header.length])),
    header,
    syntax.endsWith('.1.99') ? even(deflateRawSync(set), 0) : set,
  ])
}

const inflated = (file: Uint8Array, from: number) => inflateSync(file.subarray(from))

/** Every UID that names an instance, and every text of its own, of a file and its sequences. */
export function saidIn(file: Uint8Array): ReadonlySet<string> {
  const said = new Set<string>()
  const look = (data: DataSet) => {
    for (const element of Object.values(data.elements)) {
      for (const item of element.items ?? []) if (item.dataSet) look(item.dataSet)
      if (element.items || element.length > 256 || element.tag === 'x7fe00010') continue
      const content = contentOf(data, element)
      if (!isText(content) || (element.vr && binaryVrs.has(element.vr))) continue
      for (const part of new TextDecoder('latin1').decode(content).split(/[\\\0^]/)) said.add(part.trim())
    }
  }
  look(parseDicom(file, { inflater: inflated }))
  return said
}
