/**
 * What the ends of a call say to each other while they look at the same scan: over the call's own verified link, never
 * to the server. Everything is absolute: no message means something else because another was lost.
 */
import * as v from 'valibot'
import { counter, id, milliseconds } from './primitives.ts'
import { maxTalk } from './talk.ts'

/** Most of one share. */
export const shareLimits = {
  files: 2_000,
  bytes: 512 * 1024 * 1024,
  frames: 20_000,
  /** Of a manifest, in characters, and of one piece of it: three bytes each still fit into a message. */
  manifest: 640_000,
  piece: 5_000,
  /** Drawings of one person since everything was last erased, those in one message, and points of one of them. */
  marks: 200,
  marksInAll: 1_000,
  marksTold: 32,
  points: 200,
  /** Of all that is counted up: no end can be led to where there is no next number. */
  count: 1e9,
}

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
/** Of a name or a label; a longer one is cut. */
export const shareTextLength = 64
const text = v.nullable(v.pipe(v.string(), v.maxLength(shareTextLength)))
const within = (most: number) => v.pipe(v.number(), v.finite(), v.minValue(-most), v.maxValue(most))
const count = v.pipe(counter, v.maxValue(shareLimits.count))
const below = (most: number) => v.pipe(counter, v.maxValue(most - 1))

const manifestFile = v.strictObject({
  sha256: hash,
  bytes: v.pipe(counter, v.minValue(1), v.maxValue(shareLimits.bytes)),
  kind: v.picklist(['dicom', 'photo']),
  frames: v.pipe(counter, v.minValue(1), v.maxValue(shareLimits.frames)),
})

const manifestSeries = v.strictObject({
  label: text,
  modality: text,
  /** When it was taken, `YYYYMMDD`: a share may hold several days. Null where it is not said, or not to be. */
  studyDate: text,
  /** Indices into `files`, in the order of the body (SCAN-10). */
  files: v.pipe(v.array(below(shareLimits.files)), v.minLength(1), v.maxLength(shareLimits.files)),
})

/** Whose it is. Taken out of the files themselves; null where the presenter shows it without. Dates: `YYYYMMDD`. */
export const scanPerson = v.strictObject({
  patientName: text,
  patientId: text,
  patientBirthDate: text,
})
export type ScanPerson = v.InferOutput<typeof scanPerson>

/** What a share consists of; said before any file. Its SHA-256, of the text as it was sent, is the share's digest. */
export const manifest = v.pipe(
  v.strictObject({
    shareId: id,
    files: v.pipe(v.array(manifestFile), v.minLength(1), v.maxLength(shareLimits.files)),
    series: v.pipe(v.array(manifestSeries), v.minLength(1), v.maxLength(shareLimits.files)),
    identity: v.nullable(scanPerson),
  }),
  v.check(({ files }) => files.reduce((sum, one) => sum + one.bytes, 0) <= shareLimits.bytes),
  v.check(({ files, series }) => isEachOnce(files.length, series)),
)
export type Manifest = v.InferOutput<typeof manifest>

/** Every file belongs to one series, and no series names a file that is not there. */
function isEachOnce(files: number, series: readonly { readonly files: readonly number[] }[]): boolean {
  const named = series.flatMap((one) => one.files)
  return named.length === files && new Set(named).size === files && named.every((file) => file < files)
}

/** One picture: a file of the manifest, and its frame, both from 0. */
export const shareSlice = v.strictObject({
  file: below(shareLimits.files),
  frame: below(shareLimits.frames),
})
export type ShareSlice = v.InferOutput<typeof shareSlice>

/** In units after the modality's transformation. */
const shareWindow = v.nullable(
  v.strictObject({
    centre: within(1e7),
    width: v.pipe(v.number(), v.finite(), v.minValue(1e-6), v.maxValue(1e7)),
  }),
)

/** In pixels of the image; a little outside of it is allowed, as a hand slips. */
const shareCoordinate = within(65_536)
const sharePoint = v.strictTuple([shareCoordinate, shareCoordinate])
export type SharePoint = v.InferOutput<typeof sharePoint>

/** What the presenter looks at, as `View` of `core/scan/view.ts` says it. */
export const shareView = v.strictObject({
  slice: shareSlice,
  voi: shareWindow,
  isInverted: v.boolean(),
  centre: sharePoint,
  scale: v.pipe(v.number(), v.finite(), v.minValue(1e-3), v.maxValue(1e6)),
  rotation: v.picklist([0, 90, 180, 270]),
  isFlipped: v.boolean(),
})
export type ShareView = v.InferOutput<typeof shareView>

/** A line that somebody drew. Of two with one id the higher `revision` counts; without points it is erased. */
export const shareMark = v.strictObject({
  id,
  author: id,
  revision: count,
  slice: shareSlice,
  points: v.pipe(v.array(sharePoint), v.maxLength(shareLimits.points)),
})
export type ShareMark = v.InferOutput<typeof shareMark>

const shareId = id

export const shareMessage = v.variant('type', [
  /** By whom it comes from, each second and on every fresh link: that it goes on, whose turn it is, how often that changed. */
  v.strictObject({
    type: v.literal('share.offer'),
    shareId,
    /** By the server's clock: of two that began at once the first one stays. */
    startedMs: milliseconds,
    digest: hash,
    epoch: count,
    presenter: id,
  }),
  /** To whom it comes from: this end follows, and still needs the manifest or not. */
  v.strictObject({ type: v.literal('share.join'), shareId, lacks: v.picklist(['manifest', 'nothing']) }),
  v.strictObject({
    type: v.literal('share.manifest'),
    shareId,
    piece: below(shareLimits.manifest / shareLimits.piece),
    pieces: v.pipe(counter, v.minValue(1), v.maxValue(shareLimits.manifest / shareLimits.piece)),
    text: v.pipe(v.string(), v.maxLength(shareLimits.piece)),
  }),
  /** By the presenter: steady at rest and each second, fleeting while something moves. `page` counts how often all was erased. */
  v.strictObject({
    type: v.literal('share.state'),
    shareId,
    epoch: count,
    seq: count,
    page: count,
    view: shareView,
  }),
  /** Where somebody points, or null: nowhere. Fleeting. */
  v.strictObject({
    type: v.literal('share.pointer'),
    shareId,
    slice: shareSlice,
    at: v.nullable(sharePoint),
  }),
  v.strictObject({
    type: v.literal('share.marks'),
    shareId,
    page: count,
    marks: v.pipe(v.array(shareMark), v.maxLength(shareLimits.marksTold)),
  }),
  /** By a follower: what it shows now. `shows` null: nothing yet, or it is blank. `lacking`: what is meant has not come; `missing`: nor will it. */
  v.strictObject({
    type: v.literal('share.report'),
    shareId,
    shows: v.nullable(v.strictObject({ slice: shareSlice, voi: shareWindow, isInverted: v.boolean() })),
    has: v.pipe(counter, v.maxValue(shareLimits.files)),
    manner: v.picklist(['following', 'alone', 'lacking', 'missing']),
  }),
  /** By staff to the presenter: they would like to show. */
  v.strictObject({ type: v.literal('share.ask'), shareId }),
  /** By the presenter, or by whom the share comes from: whose turn it is from now on. */
  v.strictObject({ type: v.literal('share.grant'), shareId, epoch: count, presenter: id }),
  v.strictObject({ type: v.literal('share.deny'), shareId }),
  v.strictObject({
    type: v.literal('share.end'),
    shareId,
    why: v.picklist(['stopped', 'displaced', 'failed']),
  }),
])
export type ShareMessage = v.InferOutput<typeof shareMessage>

function fromJson(text: string, most: number): unknown {
  if (text.length > most) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What an end said, or null when it is nothing of a share; never throws. */
export function decodeShareMessage(text: string): ShareMessage | null {
  const result = v.safeParse(shareMessage, fromJson(text, maxTalk))
  return result.success ? result.output : null
}

/** A whole manifest, or null when it is none; never throws. */
export function decodeManifest(text: string): Manifest | null {
  const result = v.safeParse(manifest, fromJson(text, shareLimits.manifest))
  return result.success ? result.output : null
}
