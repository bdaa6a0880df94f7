/** What a scan is once whose it is has been taken away. The bytes are put together by `io/scan/strip.ts`. */
import type { PixelLayout, Scan } from './scan.ts'
import { allowed, type Rule, type Rules } from './strip-rules.ts'
import { type Attributes, type Tag, tags } from './tags.ts'
import type { UidMap } from './uid-map.ts'

export type Vr = 'CS' | 'DS' | 'IS' | 'LO' | 'OW' | 'PN' | 'SQ' | 'SS' | 'ST' | 'UI' | 'US'

/** One attribute as it will be written. */
export type Element = { readonly tag: Tag; readonly vr: Vr } & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'words'; readonly words: readonly number[] }
  | { readonly type: 'items'; readonly items: readonly (readonly Element[])[] }
)

/** How the pixels leave: as they were stored, or written anew, with or without areas blacked by hand. */
export type Leaving = { readonly pixels: PixelLayout; readonly isPainted: boolean }

type Context = { readonly uids: UidMap; readonly isSigned: boolean }

const text = (tag: Tag, vr: Vr, value: string): Element => ({ tag, vr, type: 'text', text: value })
const words = (tag: Tag, vr: Vr, value: readonly number[]): Element => ({
  tag,
  vr,
  type: 'words',
  words: value,
})

const partsOf = (data: Attributes, tag: Tag) => (data.text(tag) ?? '').split('\\').map((part) => part.trim())

/** A DS has 16 characters at most, an IS 12 (PS3.5 table 6.2-1): digits beyond are nobody's measure. */
function fitted(number: string, most: number): string {
  if (number.length <= most) return number
  const value = Number(number)
  for (let digits = most; digits > 0; digits--) {
    const shorter = String(Number(value.toPrecision(digits)))
    if (shorter.length <= most) return shorter
  }
  return '0'
}

function numbersOf(data: Attributes, tag: Tag, { vr, most }: Extract<Rule, { type: 'numbers' }>): Element[] {
  const isNumber = (part: string) =>
    /^[-+]?[\d.]+(?:[eE][-+]?\d+)?$/.test(part) && Number.isFinite(Number(part))
  const numbers = partsOf(data, tag)
    .filter(isNumber)
    .slice(0, most)
    .map((part) => fitted(part, vr === 'DS' ? 16 : 12))
  return numbers.length > 0 ? [text(tag, vr, numbers.join('\\'))] : []
}

function termsOf(data: Attributes, tag: Tag, rule: Extract<Rule, { type: 'terms' }>): Element[] {
  if (data.text(tag) === null) return []
  const known = partsOf(data, tag)
    .slice(0, rule.most)
    .map((part) => (rule.terms.has(part) ? part : (rule.other ?? '')))
  return known.some((part) => part !== '') ? [text(tag, rule.vr, known.join('\\'))] : []
}

/** Entries of eight bits may lie two in a word; then there are half as many words. */
function entriesOf(data: Attributes, tag: Tag, descriptor: Tag): Element[] {
  const [count] = data.words(descriptor)
  if (count === undefined) return []
  const [found, wanted] = [data.words(tag), count || 65_536]
  if (found.length >= wanted) return [words(tag, 'OW', found.slice(0, wanted))]
  return found.length === Math.ceil(wanted / 2) ? [words(tag, 'OW', found)] : []
}

function elementsOf(data: Attributes, tag: Tag, rule: Rule, context: Context): readonly Element[] {
  switch (rule.type) {
    case 'words': {
      const found = data.words(tag).slice(0, rule.most)
      const vr = rule.vr === 'US or SS' && context.isSigned ? 'SS' : 'US'
      return found.length > 0 ? [words(tag, vr, found)] : []
    }
    case 'numbers':
      return numbersOf(data, tag, rule)
    case 'terms':
      return termsOf(data, tag, rule)
    case 'uid': {
      const old = data.text(tag)
      return old === null ? [] : [text(tag, 'UI', context.uids.of(old))]
    }
    case 'entries':
      return entriesOf(data, tag, rule.descriptor)
    case 'items': {
      const items = data
        .items(tag)
        .slice(0, rule.most)
        .map((item) => allowedOf(item, rule.rules, context))
      return items.length > 0 ? [{ tag, vr: 'SQ', type: 'items', items }] : []
    }
  }
}

const allowedOf = (data: Attributes, rules: Rules, context: Context): readonly Element[] =>
  rules.flatMap(([tag, rule]) => elementsOf(data, tag, rule, context))

/** A storage class of the standard; a maker's own would say whose machine it was, and becomes a secondary capture. */
export function sopClassOf(data: Attributes): string {
  const found = data.text(tags.sopClass) ?? ''
  const isStandard = /^1\.2\.840\.10008\.5\.1\.4\.1\.1(?:\.\d{1,3}){1,4}$/.test(found)
  return isStandard ? found : '1.2.840.10008.5.1.4.1.1.7'
}

/** [STRIP-5] Pixels that somebody changed are derived (PS3.3 C.7.6.1.1.2), and what was lost stays lost (C.7.6.1.1.5). */
function imageElements(data: Attributes, scan: Scan, isPainted: boolean): readonly Element[] {
  const [first = '', second = ''] = partsOf(data, tags.imageType)
  const origin = isPainted || first !== 'ORIGINAL' ? 'DERIVED' : first
  const annotation = isPainted ? 'NO' : (data.text(tags.burnedIn) ?? '')
  const lossy = scan.lossiness.isLossy ? '01' : (data.text(tags.lossy) ?? '')
  return [
    ...(isPainted || first !== ''
      ? [text(tags.imageType, 'CS', `${origin}\\${second === 'SECONDARY' ? second : 'PRIMARY'}`)]
      : []),
    ...(isPainted ? [text(tags.derivation, 'ST', 'Areas of the picture were blacked by hand')] : []),
    ...(['YES', 'NO'].includes(annotation) ? [text(tags.burnedIn, 'CS', annotation)] : []),
    ...(['00', '01'].includes(lossy) ? [text(tags.lossy, 'CS', lossy)] : []),
  ]
}

/** [STRIP-2] PS3.15 section E.1.1: that it was done, and how, without a claim to more. */
function removalElements(isPainted: boolean): readonly Element[] {
  const method = 'Bedside: attributes by allow-list, UIDs replaced'
  const painted = 'Bedside: areas blacked by hand'
  return [
    text(tags.patientName, 'PN', ''),
    text(tags.patientId, 'LO', ''),
    text(tags.identityRemoved, 'CS', 'YES'),
    text(tags.removalMethod, 'LO', isPainted ? `${method}\\${painted}` : method),
  ]
}

/** How pixels that were written anew lie there. */
function layoutElements(pixels: PixelLayout): readonly Element[] {
  const word = (tag: Tag, value: number) => words(tag, 'US', [value])
  return [
    word(tags.samplesPerPixel, pixels.samplesPerPixel),
    text(tags.photometric, 'CS', pixels.photometric),
    ...(pixels.samplesPerPixel === 3 ? [word(tags.planar, pixels.isPlanar ? 1 : 0)] : []),
    word(tags.bitsAllocated, pixels.bitsAllocated),
    word(tags.bitsStored, pixels.bitsStored),
    word(tags.highBit, pixels.highBit),
    word(tags.signedness, pixels.isSigned ? 1 : 0),
  ]
}

const layoutTags: ReadonlySet<Tag> = new Set([
  tags.samplesPerPixel,
  tags.photometric,
  tags.planar,
  tags.bitsAllocated,
  tags.bitsStored,
  tags.highBit,
  tags.signedness,
])
const paletteTags: ReadonlySet<Tag> = new Set([
  tags.redDescriptor,
  tags.greenDescriptor,
  tags.blueDescriptor,
  tags.redPalette,
  tags.greenPalette,
  tags.bluePalette,
])

export type Stripped = {
  readonly sopClass: string
  readonly sopInstance: string
  /** All but the pixels, in the order of their tags. */
  readonly elements: readonly Element[]
}

/** [STRIP-1] The data set that leaves. */
export function stripped(data: Attributes, scan: Scan, uids: UidMap, leaving: Leaving): Stripped {
  const { pixels, isPainted } = leaving
  const old = data.text(tags.sopInstance)
  const sopInstance = old === null ? uids.fresh() : uids.of(old)
  const sopClass = sopClassOf(data)
  const kept = allowedOf(data, allowed, { uids, isSigned: scan.pixels.isSigned })
    .filter(({ tag }) => !layoutTags.has(tag))
    .filter(({ tag }) => pixels.photometric === 'PALETTE COLOR' || !paletteTags.has(tag))
  const elements = [
    ...kept,
    ...layoutElements(pixels),
    ...imageElements(data, scan, isPainted),
    ...removalElements(isPainted),
    text(tags.sopClass, 'UI', sopClass),
    text(tags.sopInstance, 'UI', sopInstance),
  ]
  return { sopClass, sopInstance, elements: elements.toSorted((a, b) => (a.tag < b.tag ? -1 : 1)) }
}
