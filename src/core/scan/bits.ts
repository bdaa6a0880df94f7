/** One bit for each of many, as it is said on the wire: the first in the highest of the first byte (as BEP 3 has it). */

export type Bits = { readonly bytes: Uint8Array; readonly length: number }

export const noBits = (length: number): Bits => ({ bytes: new Uint8Array(Math.ceil(length / 8)), length })

const mask = (at: number) => 0x80 >> (at & 7)

export const hasBit = ({ bytes }: Bits, at: number): boolean => ((bytes[at >> 3] ?? 0) & mask(at)) !== 0

/** With these set; what lies outside is left out. */
export function withBits(bits: Bits, from: number, to: number = from + 1): Bits {
  return changed(bits, from, to, (byte, at) => byte | mask(at))
}

export function withoutBits(bits: Bits, from: number, to: number = from + 1): Bits {
  return changed(bits, from, to, (byte, at) => byte & ~mask(at))
}

function changed(bits: Bits, from: number, to: number, make: (byte: number, at: number) => number): Bits {
  const bytes = bits.bytes.slice()
  for (let at = Math.max(0, from); at < Math.min(to, bits.length); at += 1)
    bytes[at >> 3] = make(bytes[at >> 3] ?? 0, at)
  return { bytes, length: bits.length }
}

/** Of what is set in one, all is set in the other. */
export const isWithin = (some: Bits, all: Bits): boolean =>
  some.bytes.every((byte, at) => (byte & ~(all.bytes[at] ?? 0)) === 0)

export const bothOf = (one: Bits, other: Bits): Bits => ({
  bytes: one.bytes.map((byte, at) => byte | (other.bytes[at] ?? 0)),
  length: one.length,
})

export function countOf(bits: Bits): number {
  let count = 0
  for (let at = 0; at < bits.length; at += 1) if (hasBit(bits, at)) count += 1
  return count
}

export const writeBits = ({ bytes }: Bits): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Null where it is of another length, or says something of what there is not. */
export function readBits(written: string, length: number): Bits | null {
  const size = Math.ceil(length / 8)
  if (written.length !== 2 * size) return null
  const bytes = Uint8Array.from({ length: size }, (_, at) =>
    Number.parseInt(written.slice(2 * at, 2 * at + 2), 16),
  )
  const spare = 8 * size - length
  return ((bytes[size - 1] ?? 0) & ((1 << spare) - 1)) === 0 ? { bytes, length } : null
}
