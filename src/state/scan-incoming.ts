/** What a viewer has of a share: files in memory alone, and the picture that the presenter means, as soon as it is there. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import type { CarryFailure } from '../core/scan/carry.ts'
import { fail, type ScanFailure } from '../core/scan/outcome.ts'
import { type Plate, plateOf } from '../core/scan/plate.ts'
import type { Share, ShareReport } from '../core/scan/share-state.ts'
import { type Extent, type View, voiOf } from '../core/scan/view.ts'
import type { Manifest, ShareSlice, ShareView } from '../protocol/scan-share.ts'
import type { OpenedScan, ScanReader } from './scan-ports.ts'
import type { Look } from './scan-viewer.ts'

/** Why a picture is not there: it did not come, or is none that can be shown here. */
export type Missing = CarryFailure | ScanFailure

export type Incoming = {
  /** Null: nothing of it is on the screen. */
  readonly look: ReadonlySignal<Look | null>
  readonly plate: ReadonlySignal<Plate | null>
  /** Which picture that is. */
  readonly slice: ReadonlySignal<ShareSlice | null>
  /** Another one is meant than is on the screen. */
  readonly isLacking: ReadonlySignal<boolean>
  /** Why the one that is meant is not there and will not be; its place is empty, and its plate says which it is. */
  readonly missing: ReadonlySignal<Missing | null>
  /** Those that have come and opened, by their place in the manifest. */
  readonly files: ReadonlySignal<ReadonlyMap<number, OpenedScan>>
  /** A file that has come; its bytes are the reader's from now on. */
  take(file: number, bytes: ArrayBuffer): Promise<void>
  /** It does not come. */
  lose(file: number, why: Missing): void
  /** What became of drawing this view. */
  drew(view: View, outcome: 'drawn' | ScanFailure): void
  report(): ShareReport
  zeroise(): void
}

/** `own`: at its source, where it is looked at while somebody else has the turn; what is its own is closed by its viewer. */
export function createIncoming(
  reader: ScanReader,
  share: ReadonlySignal<Share | null>,
  own: ReadonlyMap<number, OpenedScan> = new Map(),
): Incoming {
  const files = signal(own)
  const lost = signal<ReadonlyMap<number, Missing>>(new Map())
  /** The last that could not be drawn. */
  const undrawn = signal<{ readonly fileId: string; readonly frame: number; readonly why: Missing } | null>(
    null,
  )
  let isOver = false
  /** The last view whose picture is there: it stays until the next is. */
  let last: ShareView | null = null

  /** [LIVE-11] One that will not come leaves no former picture in its place (HZ-1). */
  const gone = computed<Missing | null>(() => {
    const meant = share.value?.view?.slice
    if (!meant) return null
    const file = files.value.get(meant.file)
    if (!file) return lost.value.get(meant.file) ?? null
    return meant.frame < file.scan.frames ? null : fail('no-such-frame', `${meant.frame}`)
  })
  const shown = computed<{ readonly view: ShareView; readonly file: OpenedScan } | null>(() => {
    const now = share.value
    if (!now?.view || now.isBlank || gone.value) return null
    const meant = files.value.get(now.view.slice.file)
    if (meant) last = now.view
    const file = last && files.value.get(last.slice.file)
    return last && file ? { view: last, file } : null
  })
  const look = computed<Look | null>(() => {
    if (!shown.value) return null
    const { view, file } = shown.value
    const { slice, ...how } = view
    const { rows, columns } = file.scan.pixels
    const extent: Extent = { rows, columns, pixelAspect: file.first.geometry.pixelAspect }
    return {
      stackId: share.value?.shareId ?? '',
      view: { ...how, fileId: file.fileId, frame: slice.frame },
      extent,
    }
  })
  const slice = computed(() => shown.value?.view.slice ?? null)
  const isLacking = computed(() => {
    const meant = share.value?.view?.slice
    if (!meant) return false
    return slice.value?.file !== meant.file || slice.value.frame !== meant.frame
  })
  const plate = computed<Plate | null>(() => {
    const { manifest, view: meant, isBlank } = share.value ?? {}
    if (!manifest || isBlank) return null
    if (gone.value && meant) return emptyPlate(manifest, meant.slice)
    if (!shown.value) return null
    const { view, file } = shown.value
    const { at, of } = placeIn(manifest, view.slice)
    const made = plateOf(
      { ...file.first, frame: view.slice.frame },
      file.kind,
      at,
      of,
      voiOf(file.first.grey, view.voi),
    )
    const series = manifest.series.find(({ files: own }) => own.includes(view.slice.file))
    // Whose it is was taken out of the file, and came with the manifest; a photograph names nobody.
    const whose = file.kind === 'dicom' ? { ...manifest.identity, studyDate: series?.studyDate ?? null } : {}
    return { ...made, ...nobody, ...whose, seriesDescription: series?.label ?? null }
  })

  const missing = computed(() => {
    const now = shown.value
    const failed = undrawn.value
    if (gone.value || !now || !failed) return gone.value
    const { file, view } = now
    return failed.fileId === file.fileId && failed.frame === view.slice.frame ? failed.why : null
  })

  function lose(file: number, why: Missing): void {
    if (!isOver) lost.value = new Map(lost.peek()).set(file, why)
  }

  return {
    ...{ look, plate, slice, isLacking, missing, files, lose },
    async take(file, bytes) {
      const manifest = share.peek()?.manifest
      if (isOver || !manifest) return void new Uint8Array(bytes).fill(0)
      await reader.open([{ name: '', content: bytes }], (opening) => {
        if (opening.type === 'failed') {
          new Uint8Array(bytes).fill(0)
          return lose(file, { failure: opening.failure, detail: opening.detail })
        }
        if (isOver) return reader.close([opening.file.fileId])
        files.value = new Map(files.peek()).set(file, opening.file)
      })
    },
    drew({ fileId, frame }, outcome) {
      if (outcome !== 'drawn') undrawn.value = { fileId, frame, why: outcome }
      else if (undrawn.peek()) undrawn.value = null
    },
    report() {
      const now = share.value
      const shows = shown.value
      const has = files.value.size
      if (missing.value) return { shows: null, has, manner: 'missing' }
      if (!shows || now?.isBlank) return { shows: null, has, manner: now?.view ? 'lacking' : 'following' }
      const { slice: which, voi, isInverted } = shows.view
      return {
        shows: { slice: which, voi, isInverted },
        has,
        manner: isLacking.value ? 'lacking' : 'following',
      }
    },
    zeroise() {
      isOver = true
      const ids = [...files.peek()].flatMap(([file, { fileId }]) => (own.has(file) ? [] : [fileId]))
      batch(() => {
        last = null
        files.value = new Map()
        undrawn.value = null
      })
      if (ids.length > 0) reader.close(ids)
    },
  }
}

const nobody = { patientName: null, patientId: null, patientBirthDate: null, studyDate: null }

/** Of a picture that is not there: whose it would be, and which. */
function emptyPlate(manifest: Manifest, slice: ShareSlice): Plate {
  const { at, of } = placeIn(manifest, slice)
  const series = manifest.series.find(({ files }) => files.includes(slice.file))
  const isPhoto = manifest.files[slice.file]?.kind === 'photo'
  return {
    ...nobody,
    ...(isPhoto ? {} : { ...manifest.identity, studyDate: series?.studyDate ?? null }),
    ...{ modality: series?.modality ?? null, seriesDescription: series?.label ?? null },
    slice: { at: at + 1, of },
    ...{ through: { type: 'unknown' }, lossy: null, pixelAspect: 1 },
    isPhoto,
  }
}

/** Which of how many of its series, the frames of a film each for one. */
function placeIn({ files, series }: Manifest, { file, frame }: ShareSlice): { at: number; of: number } {
  const own = series.find((one) => one.files.includes(file))?.files ?? [file]
  const before = own.slice(0, own.indexOf(file))
  const frames = (all: readonly number[]) => all.reduce((sum, one) => sum + (files[one]?.frames ?? 1), 0)
  return { at: frames(before) + frame, of: frames(own) }
}
