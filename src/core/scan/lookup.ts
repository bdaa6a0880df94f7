/** Lookup tables: modality, VOI (PS3.3 C.11.1, C.11.2) and palette (C.7.6.3.1.5). */
import { done, fail, type Outcome } from './outcome.ts'
import { type Attributes, type Tag, tags } from './tags.ts'

export type Lookup = {
  /** The stored value that the first entry is for; what is below takes the first, what is above the last. */
  readonly first: number
  /** Bits of an entry, 8 to 16. */
  readonly bits: number
  readonly entries: Uint16Array
  readonly explanation: string | null
}

/** Three tables of eight bits, from one index. */
export type Palette = { readonly red: Lookup; readonly green: Lookup; readonly blue: Lookup }

/** Entries of eight bits may lie two in a word, the first one in the low byte (PS3.5 section 8.2). */
function entriesOf(words: readonly number[], count: number, bits: number): Uint16Array | null {
  if (words.length >= count) return Uint16Array.from(words.slice(0, count))
  if (bits > 8 || words.length !== Math.ceil(count / 2)) return null
  return Uint16Array.from(words.flatMap((word) => [word & 255, word >> 8]).slice(0, count))
}

/** Null when descriptor and data are not both there and of one mind. An entry count of 0 is 65,536. */
function lookupOf(
  data: Attributes,
  descriptor: Tag,
  entries: Tag,
  isSigned: boolean,
  explanation: string | null = null,
): Lookup | null {
  const [count, first, bits] = data.words(descriptor)
  if (count === undefined || first === undefined || bits === undefined || bits < 1 || bits > 16) return null
  const found = entriesOf(data.words(entries), count || 65_536, bits)
  return found && { first: isSigned ? (first << 16) >> 16 : first, bits, entries: found, explanation }
}

/** The item of a modality or VOI LUT sequence. */
export const lutOf = (item: Attributes, isSigned: boolean): Lookup | null =>
  lookupOf(item, tags.lutDescriptor, tags.lutData, isSigned, item.text(tags.lutExplanation))

/** `unsupported-pixels` where the tables are absent or segmented (PS3.3 C.7.9.2). */
export function paletteOf(data: Attributes, isSigned: boolean): Outcome<Palette> {
  const red = lookupOf(data, tags.redDescriptor, tags.redPalette, isSigned)
  const green = lookupOf(data, tags.greenDescriptor, tags.greenPalette, isSigned)
  const blue = lookupOf(data, tags.blueDescriptor, tags.bluePalette, isSigned)
  return red && green && blue ? done({ red, green, blue }) : fail('unsupported-pixels', 'palette')
}

export function look({ first, entries }: Lookup, stored: number): number {
  const index = Math.min(Math.max(Math.round(stored) - first, 0), entries.length - 1)
  return entries[index] ?? 0
}

/** Indices of one frame as RGB, pixel by pixel, eight bits each. */
export function coloursOf(indices: ArrayLike<number>, palette: Palette): Uint8Array<ArrayBuffer> {
  const tables = [palette.red, palette.green, palette.blue]
  // A table of 16 bits may hold eight-bit colours in either byte (PS3.3 C.7.6.3.1.6 asks for the full range).
  const shift = tables.map(({ bits, entries }) =>
    bits > 8 && entries.some((one) => one > 255) ? bits - 8 : 0,
  )
  const colours = new Uint8Array(indices.length * 3)
  for (let at = 0; at < indices.length; at++)
    tables.forEach((table, channel) => {
      colours[at * 3 + channel] = look(table, indices[at] ?? 0) >> (shift[channel] ?? 0)
    })
  return colours
}
