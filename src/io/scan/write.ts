/** Writes a DICOM file (PS3.10) in explicit VR little endian (PS3.5 section 7.1.2), for what `strip.ts` lets leave. */
import type { Element, Stripped, Vr } from '../../core/scan/strip.ts'

/** Pixels as they are written: all frames one after the other, or a stream for each (PS3.5 A.4). */
export type Written =
  | { readonly type: 'native'; readonly bytes: Uint8Array; readonly bitsAllocated: 8 | 16 }
  | { readonly type: 'streams'; readonly streams: readonly Uint8Array[] }

const explicitLittleEndian = '1.2.840.10008.1.2.1'
/** Ours, made once from a UUID (PS3.5 B.2); which program wrote the file, and not which installation of it. */
const implementation = '2.25.326413889282168460076651956365559285601'

type Head = { readonly group: number; readonly element: number; readonly vr: Vr | 'OB' | 'UL' | 'SH' }

const longVrs: ReadonlySet<Head['vr']> = new Set(['OB', 'OW', 'SQ'])
const undefinedLength = 0xffff_ffff

/** Grows by doubling. Told at the start how much is to come, it does not have to. */
class Output {
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0
  constructor(expected: number) {
    this.#bytes = new Uint8Array(expected)
  }
  #room(count: number): number {
    const at = this.#length
    this.#length += count
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length))
      larger.set(this.#bytes.subarray(0, at))
      this.#bytes = larger
    }
    return at
  }
  bytes(bytes: Uint8Array): void {
    const at = this.#room(bytes.length)
    this.#bytes.set(bytes, at)
  }
  byte(value: number): void {
    this.bytes(Uint8Array.of(value))
  }
  word(value: number): void {
    this.bytes(Uint8Array.of(value, value >> 8))
  }
  long(value: number): void {
    this.bytes(Uint8Array.of(value, value >> 8, value >> 16, value >>> 24))
  }
  whole(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer.transfer(this.#length))
  }
}

function head(to: Output, { group, element, vr }: Head, length: number): void {
  to.word(group)
  to.word(element)
  to.bytes(ascii(vr))
  if (longVrs.has(vr)) to.word(0)
  if (longVrs.has(vr)) to.long(length)
  else to.word(length)
}

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** Padded to an even length: UIDs and bytes with nothing, texts with a space (PS3.5 section 6.2). */
function value(to: Output, where: Head, bytes: Uint8Array): void {
  const isOdd = bytes.length % 2 === 1
  head(to, where, bytes.length + (isOdd ? 1 : 0))
  to.bytes(bytes)
  if (isOdd) to.byte(where.vr === 'UI' || where.vr === 'OB' ? 0 : 0x20)
}

function item(to: Output, length: number): void {
  to.word(0xfffe)
  to.word(0xe000)
  to.long(length)
}

const headOf = ({ tag, vr }: Element): Head => ({
  group: Number.parseInt(tag.slice(1, 5), 16),
  element: Number.parseInt(tag.slice(5), 16),
  vr,
})

function attribute(to: Output, element: Element): void {
  switch (element.type) {
    case 'text':
      return value(to, headOf(element), ascii(element.text))
    case 'words':
      head(to, headOf(element), element.words.length * 2)
      for (const word of element.words) to.word(word)
      return
    case 'items': {
      const items = element.items.map(encoded)
      head(
        to,
        headOf(element),
        items.reduce((sum, bytes) => sum + bytes.length + 8, 0),
      )
      for (const bytes of items) {
        item(to, bytes.length)
        to.bytes(bytes)
      }
    }
  }
}

function encoded(elements: readonly Element[]): Uint8Array<ArrayBuffer> {
  const to = new Output(256)
  for (const element of elements) attribute(to, element)
  return to.whole()
}

/** Group 0002 (PS3.10 section 7.1), made anew: the sender's names and versions are not passed on. */
function metaOf({ sopClass, sopInstance }: Stripped, syntax: string): Uint8Array<ArrayBuffer> {
  const to = new Output(256)
  const meta = (element: number, vr: Head['vr'], bytes: Uint8Array) =>
    value(to, { group: 2, element, vr }, bytes)
  meta(0x0001, 'OB', Uint8Array.of(0, 1))
  meta(0x0002, 'UI', ascii(sopClass))
  meta(0x0003, 'UI', ascii(sopInstance))
  meta(0x0010, 'UI', ascii(syntax))
  meta(0x0012, 'UI', ascii(implementation))
  meta(0x0013, 'SH', ascii('BEDSIDE'))
  return to.whole()
}

const even = (length: number) => length + (length % 2)

/** One fragment a frame, and where each begins (PS3.5 A.4). */
function streamsOf(to: Output, streams: readonly Uint8Array[]): void {
  head(to, { group: 0x7fe0, element: 0x0010, vr: 'OB' }, undefinedLength)
  item(to, streams.length * 4)
  let offset = 0
  for (const stream of streams) {
    to.long(offset)
    offset += 8 + even(stream.length)
  }
  for (const stream of streams) {
    item(to, even(stream.length))
    to.bytes(stream)
    if (stream.length % 2 === 1) to.byte(0)
  }
  to.word(0xfffe)
  to.word(0xe0dd)
  to.long(0)
}

/** The whole file: nothing before or behind what is named here. `syntax` is that of the streams. */
export function writeFile(stripped: Stripped, pixels: Written, syntax: string): Uint8Array<ArrayBuffer> {
  const meta = metaOf(stripped, pixels.type === 'native' ? explicitLittleEndian : syntax)
  const data = encoded(stripped.elements)
  const all = pixels.type === 'native' ? [pixels.bytes] : pixels.streams
  const to = new Output(
    all.reduce((sum, bytes) => sum + bytes.length + 13, 132 + 12 + meta.length + data.length + 28),
  )
  to.bytes(new Uint8Array(128))
  to.bytes(ascii('DICM'))
  head(to, { group: 2, element: 0, vr: 'UL' }, 4)
  to.long(meta.length)
  to.bytes(meta)
  to.bytes(data)
  if (pixels.type === 'streams') streamsOf(to, pixels.streams)
  else
    value(to, { group: 0x7fe0, element: 0x0010, vr: pixels.bitsAllocated === 8 ? 'OB' : 'OW' }, pixels.bytes)
  return to.whole()
}
