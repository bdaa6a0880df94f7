/** What a scan is, as far as showing, ordering and labelling it needs. */
import { type Grey, greyOf } from './grey.ts'
import { withinLimits } from './limits.ts'
import { type Palette, paletteOf } from './lookup.ts'
import { done, fail, type Outcome } from './outcome.ts'
import type { Syntax } from './syntax.ts'
import { type Attributes, type Tag, tags } from './tags.ts'
import { cleanText, personName } from './texts.ts'

/** How pixels mean colour (PS3.3 C.7.6.3.1.2). */
export const photometrics = [
  'MONOCHROME1',
  'MONOCHROME2',
  'PALETTE COLOR',
  'RGB',
  'YBR_FULL',
  'YBR_FULL_422',
  'YBR_ICT',
  'YBR_RCT',
] as const
export type Photometric = (typeof photometrics)[number]

/** The Image Pixel module (PS3.3 C.7.6.3): how one frame lies in memory. */
export type PixelLayout = {
  readonly rows: number
  readonly columns: number
  readonly samplesPerPixel: 1 | 3
  readonly photometric: Photometric
  readonly bitsAllocated: 8 | 16
  readonly bitsStored: number
  readonly highBit: number
  readonly isSigned: boolean
  /** Colour by colour rather than pixel by pixel; says nothing about compressed pixels. */
  readonly isPlanar: boolean
}

/** Whose and which. Texts are bare of control characters and no markup; what is absent is null. */
export type ScanIdentity = {
  readonly sopClass: string | null
  readonly sopInstance: string | null
  readonly series: string | null
  readonly study: string | null
  readonly patientName: string | null
  readonly patientId: string | null
  /** `YYYYMMDD`, as DICOM writes it. */
  readonly patientBirthDate: string | null
  readonly studyDate: string | null
  readonly modality: string | null
  readonly studyDescription: string | null
  readonly seriesDescription: string | null
  readonly seriesNumber: number | null
  readonly instanceNumber: number | null
}

/** The Image Plane module (PS3.3 C.7.6.2). Millimetres in the patient's coordinates. */
export type ScanGeometry = {
  readonly position: readonly [number, number, number] | null
  /** Direction cosines of the rows, then of the columns. */
  readonly orientation: readonly number[] | null
  readonly frameOfReference: string | null
  /** Height over width of one pixel: 1 where nothing is said. */
  readonly pixelAspect: number
}

/** Whether something was taken away, and how often (PS3.3 C.7.6.1.1.5). The ratio is what one stood for, null if unsaid. */
export type Lossiness = { readonly isLossy: boolean; readonly ratio: number | null }

export type Scan = {
  readonly syntax: Syntax
  readonly identity: ScanIdentity
  readonly pixels: PixelLayout
  readonly frames: number
  readonly palette: Palette | null
  readonly lossiness: Lossiness
  readonly burnedIn: { readonly annotation: string | null; readonly conversionType: string | null }
  /** Milliseconds from frame to frame of a film, null where none is said. */
  readonly frameTimeMs: number | null
}

/** One frame of a scan: what all frames share, and what is its own. */
export type ScanFrame = Scan & {
  readonly frame: number
  readonly grey: Grey
  readonly geometry: ScanGeometry
}

const isPhotometric = (text: string): text is Photometric => photometrics.some((one) => one === text)

/** The layout of the pixels; `unsupported-pixels` or `corrupt` names the attribute that stands in the way. */
function layoutOf(data: Attributes): Outcome<PixelLayout> {
  const word = (tag: Tag) => data.words(tag)[0]
  const [rows, columns, bitsAllocated] = [word(tags.rows), word(tags.columns), word(tags.bitsAllocated)]
  if (!rows || !columns) return fail('corrupt', 'rows or columns')
  const photometric = data.text(tags.photometric) ?? ''
  if (!isPhotometric(photometric))
    return fail('unsupported-pixels', cleanText(photometric, 16) || 'no colour')
  const isColour = photometric !== 'PALETTE COLOR' && !photometric.startsWith('MONOCHROME')
  const samplesPerPixel = isColour ? 3 : 1
  if ((word(tags.samplesPerPixel) ?? 1) !== samplesPerPixel) return fail('corrupt', 'samples per pixel')
  if (bitsAllocated !== 8 && bitsAllocated !== 16)
    return fail('unsupported-pixels', `${bitsAllocated ?? 'no'} bits`)
  if (isColour && bitsAllocated !== 8) return fail('unsupported-pixels', `${bitsAllocated} bits of colour`)
  const bitsStored = word(tags.bitsStored) ?? bitsAllocated
  const highBit = word(tags.highBit) ?? bitsStored - 1
  if (bitsStored < 1 || bitsStored > bitsAllocated) return fail('corrupt', 'bits stored')
  if (highBit < bitsStored - 1 || highBit >= bitsAllocated) return fail('corrupt', 'high bit')
  const [isSigned, isPlanar] = [word(tags.signedness) === 1, word(tags.planar) === 1]
  // Colours are eight bits without a sign, whoever writes them (PS3.3 C.7.6.3.1.2); a header that says else is no help to read them.
  if (isColour && (bitsStored !== 8 || isSigned))
    return fail('unsupported-pixels', `${bitsStored} ${isSigned ? 'signed ' : ''}bits of colour`)
  return done({
    rows,
    columns,
    samplesPerPixel,
    photometric,
    bitsAllocated,
    bitsStored,
    highBit,
    isSigned,
    isPlanar,
  })
}

function identityOf(data: Attributes): ScanIdentity {
  const text = (tag: Tag, most = 64) => cleanText(data.text(tag) ?? '', most) || null
  return {
    sopClass: text(tags.sopClass),
    sopInstance: text(tags.sopInstance),
    series: text(tags.series),
    study: text(tags.study),
    patientName: personName(data.text(tags.patientName) ?? ''),
    patientId: text(tags.patientId),
    patientBirthDate: text(tags.patientBirthDate, 8),
    studyDate: text(tags.studyDate, 8),
    modality: text(tags.modality, 16),
    studyDescription: text(tags.studyDescription),
    seriesDescription: text(tags.seriesDescription),
    seriesNumber: data.numbers(tags.seriesNumber)[0] ?? null,
    instanceNumber: data.numbers(tags.instanceNumber)[0] ?? null,
  }
}

/**
 * The ratio is that of all compressions one after the other (PS3.3 C.7.6.1.1.5.2): the values multiply. A syntax that
 * loses makes a picture lossy whatever its header says.
 */
function lossinessOf(data: Attributes, syntax: Syntax): Lossiness {
  const ratios = data.numbers(tags.lossyRatio).filter((one) => one > 0)
  const isLossy = syntax.isLossy || data.text(tags.lossy) === '01'
  if (!isLossy || ratios.length === 0) return { isLossy, ratio: null }
  return { isLossy, ratio: ratios.reduce((all, one) => all * one, 1) }
}

/** What all frames of a data set share; a failure where it cannot be shown. Allocates nothing for its pixels. */
export function scanOf(data: Attributes, syntax: Syntax): Outcome<Scan> {
  const pixels = layoutOf(data)
  if (!pixels.ok) return pixels
  // Only JPEG 2000 has these colours, and its codecs undo them (PS3.5 section 8.2.4).
  const isTransformed = ['YBR_ICT', 'YBR_RCT'].includes(pixels.value.photometric)
  if (isTransformed && syntax.coding !== 'jpeg-2000' && syntax.coding !== 'htj2k')
    return fail('corrupt', 'photometric interpretation')
  const frames = data.numbers(tags.frames)[0] ?? 1
  if (!Number.isInteger(frames) || frames < 1) return fail('corrupt', 'number of frames')
  const limit = withinLimits({ ...pixels.value, frames })
  if (!limit.ok) return limit
  const palette = pixels.value.photometric === 'PALETTE COLOR' ? paletteOf(data, pixels.value.isSigned) : null
  if (palette && !palette.ok) return palette
  const frameTimeMs = data.numbers(tags.frameTime)[0]
  return done({
    syntax,
    identity: identityOf(data),
    pixels: pixels.value,
    frames,
    palette: palette?.value ?? null,
    lossiness: lossinessOf(data, syntax),
    burnedIn: { annotation: data.text(tags.burnedIn), conversionType: data.text(tags.conversionType) },
    frameTimeMs: frameTimeMs && frameTimeMs > 0 ? frameTimeMs : null,
  })
}

/**
 * Where the attributes of one frame may stand, nearest first: its own functional groups, those all frames share (PS3.3
 * C.7.6.16), the data set.
 */
function placesOf(data: Attributes, frame: number): readonly Attributes[] {
  const own = data.items(tags.perFrameGroups)[frame]
  const groups = [...(own ? [own] : []), ...data.items(tags.sharedGroups)]
  const macros = [
    tags.planePosition,
    tags.planeOrientation,
    tags.pixelMeasures,
    tags.frameVoi,
    tags.frameTransformation,
  ]
  return [...groups.flatMap((group) => macros.flatMap((macro) => group.items(macro))), data]
}

function geometryOf(places: readonly Attributes[]): ScanGeometry {
  const numbers = (tag: Tag, count: number) =>
    places.map((place) => place.numbers(tag)).find((found) => found.length === count)
  const [x, y, z] = numbers(tags.imagePosition, 3) ?? []
  const orientation = numbers(tags.imageOrientation, 6) ?? null
  const [down, across] = numbers(tags.pixelSpacing, 2) ?? numbers(tags.aspectRatio, 2) ?? []
  const frameOfReference = places
    .map((place) => place.text(tags.frameOfReference))
    .find((one) => one !== null)
  return {
    position: x === undefined || y === undefined || z === undefined ? null : [x, y, z],
    orientation,
    frameOfReference: frameOfReference ?? null,
    pixelAspect: down && across && down > 0 && across > 0 ? down / across : 1,
  }
}

/** One frame, counted from 0; `no-such-frame` beyond the last. */
export function frameOf(data: Attributes, scan: Scan, frame: number): Outcome<ScanFrame> {
  if (!Number.isInteger(frame) || frame < 0 || frame >= scan.frames) return fail('no-such-frame', `${frame}`)
  const places = placesOf(data, frame)
  return done({ ...scan, frame, grey: greyOf(places, scan.pixels), geometry: geometryOf(places) })
}
