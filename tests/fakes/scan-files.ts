/** DICOM files of our own making, and real ones spoilt. */

const bytesOf = (value: string | readonly number[] | Uint8Array): Uint8Array =>
  typeof value === 'string'
    ? new TextEncoder().encode(value)
    : value instanceof Uint8Array
      ? value
      : Uint8Array.from(value.flatMap((word) => [word & 255, word >> 8]))

const longVrs = ['OB', 'OW', 'SQ', 'UN']

/** Explicit little endian. Numbers are 16-bit words. `length` tells a lie about how long it is. */
export function element(
  group: number,
  number: number,
  vr: string,
  value: string | readonly number[] | Uint8Array,
  length?: number,
): Uint8Array {
  const plain = bytesOf(value)
  const padded = new Uint8Array(plain.length + (plain.length % 2))
  padded.fill(vr === 'UI' ? 0 : 32)
  padded.set(plain)
  const isLong = longVrs.includes(vr)
  const whole = new Uint8Array((isLong ? 12 : 8) + padded.length)
  const view = new DataView(whole.buffer)
  view.setUint16(0, group, true)
  view.setUint16(2, number, true)
  whole.set(new TextEncoder().encode(vr), 4)
  if (isLong) view.setUint32(8, length ?? padded.length, true)
  else view.setUint16(6, length ?? padded.length, true)
  whole.set(padded, isLong ? 12 : 8)
  return whole
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A sequence of items, all of a length that is told. */
export function sequence(
  group: number,
  number: number,
  items: readonly (readonly Uint8Array[])[],
): Uint8Array {
  return element(group, number, 'SQ', joined(items.map((elements) => item(joined(elements)))))
}

/** An item of a sequence, or a fragment. */
export function item(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(8)
  const view = new DataView(head.buffer)
  view.setUint32(0, 0xe000_fffe, true)
  view.setUint32(4, bytes.length, true)
  return joined([head, bytes])
}

export function fileOf(
  elements: readonly Uint8Array[],
  syntax = '1.2.840.10008.1.2.1',
): Uint8Array<ArrayBuffer> {
  const meta = element(0x0002, 0x0010, 'UI', syntax)
  const length = element(0x0002, 0x0000, 'UL', [meta.length, 0])
  const prefix = new Uint8Array(132)
  prefix.set(new TextEncoder().encode('DICM'), 128)
  return joined([prefix, length, meta, ...elements])
}

export type ImageChanges = {
  rows?: number
  columns?: number
  frames?: string
  name?: string
  photometric?: string
  samplesPerPixel?: number
  planar?: number
  bits?: readonly [allocated: number, stored: number, high: number]
  signed?: number
  extra?: readonly Uint8Array[]
  pixels?: Uint8Array
  pixelLength?: number
}

/** Two by two pixels of eight bits, unless told otherwise. Elements come in the order of their tags. */
export function imageElements(changes: ImageChanges = {}): readonly Uint8Array[] {
  const { rows = 2, columns = 2, frames = '1', name = 'Doe^Jane', photometric = 'MONOCHROME2' } = changes
  const [allocated, stored, high] = changes.bits ?? [8, 8, 7]
  return [
    element(0x0010, 0x0010, 'PN', name),
    element(0x0028, 0x0002, 'US', [changes.samplesPerPixel ?? 1]),
    element(0x0028, 0x0004, 'CS', photometric),
    element(0x0028, 0x0006, 'US', [changes.planar ?? 0]),
    element(0x0028, 0x0008, 'IS', frames),
    element(0x0028, 0x0010, 'US', [rows]),
    element(0x0028, 0x0011, 'US', [columns]),
    element(0x0028, 0x0100, 'US', [allocated]),
    element(0x0028, 0x0101, 'US', [stored]),
    element(0x0028, 0x0102, 'US', [high]),
    element(0x0028, 0x0103, 'US', [changes.signed ?? 0]),
    ...(changes.extra ?? []),
    element(0x7fe0, 0x0010, 'OW', changes.pixels ?? Uint8Array.of(0, 85, 170, 255), changes.pixelLength),
  ]
}

/** Where the first element of a tag begins in a little-endian file, -1 where it is not. */
export function tagAt(file: Uint8Array, group: number, number: number): number {
  const [a, b, c, d] = [group & 255, group >> 8, number & 255, number >> 8]
  for (let at = 132; at + 4 < file.length; at++)
    if (file[at] === a && file[at + 1] === b && file[at + 2] === c && file[at + 3] === d) return at
  return -1
}

/** Sets a US of an explicit little-endian file. */
export function setWord(file: Uint8Array<ArrayBuffer>, group: number, number: number, value: number): void {
  new DataView(file.buffer).setUint16(tagAt(file, group, number) + 8, value, true)
}

/** mulberry32: the same numbers, 0 to 1, from the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function randomBytes(seed: number, length: number): Uint8Array<ArrayBuffer> {
  const random = seededRandom(seed)
  return Uint8Array.from({ length }, () => Math.floor(random() * 256))
}
