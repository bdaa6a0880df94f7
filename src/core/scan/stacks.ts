/** From opened files to what is looked at: whose they are, which belong together, and in which order. */
import { inOrder } from './order.ts'
import type { Scan, ScanFrame, ScanIdentity } from './scan.ts'
import type { Slice } from './view.ts'

/** One opened file, as far as it is sorted. */
export type Filed = {
  readonly fileId: string
  readonly name: string
  readonly kind: 'dicom' | 'photo'
  readonly scan: Scan
  readonly first: ScanFrame
}

export type Stack<T extends Filed = Filed> = {
  /** The same for the same series, whichever of its files came first. */
  readonly stackId: string
  /** `film`: the frames of one file. */
  readonly kind: 'series' | 'film' | 'photos'
  readonly identity: ScanIdentity
  /** In the order in which they are shown. */
  readonly files: readonly T[]
  /** What is shown, one after the other; at least one. */
  readonly slices: readonly Slice[]
}

const plain = (text: string | null) => (text ?? '').normalize('NFC').trim().toLocaleLowerCase('en')

/**
 * [VIEW-10] Whose pictures they are: equal for two files only if number, name and birth date are the same. A number alone is
 * good in one hospital, a name alone is nobody's. Files that name nobody are of one who is not known. Null: a photograph,
 * which says nothing of whom it shows and stands beside anybody's. *HZ-1.*
 */
export function patientOf({ kind, scan: { identity } }: Filed): string | null {
  if (kind === 'photo') return null
  return JSON.stringify([identity.patientId, identity.patientName, identity.patientBirthDate].map(plain))
}

/** [VIEW-10] The files by whom they show, in the order in which these were met; photographs are left out. */
export function byPatient<T extends Filed>(files: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, readonly T[]>()
  for (const file of files) {
    const patient = patientOf(file)
    if (patient !== null) found.set(patient, [...(found.get(patient) ?? []), file])
  }
  return found
}

export type Sorted<T> = {
  readonly kept: readonly T[]
  /** Files whose SOP instance UID is that of one before them (PS3.3 C.12.1): the same picture, or a file that is wrong. */
  readonly twins: readonly T[]
}

/** [VIEW-11] Each instance once: the first that came. Whoever opened the others is told their names. */
export function withoutTwins<T extends Filed>(files: readonly T[]): Sorted<T> {
  const seen = new Set<string>()
  const [kept, twins]: [T[], T[]] = [[], []]
  for (const file of files) {
    const { sopInstance } = file.scan.identity
    const isTwin = file.kind === 'dicom' && sopInstance !== null && seen.has(sopInstance)
    ;(isTwin ? twins : kept).push(file)
    if (sopInstance !== null) seen.add(sopInstance)
  }
  return { kept, twins }
}

/** What goes into one stack: a series, a film by itself, photographs that came together. */
function placeOf({ fileId, kind, scan: { frames, identity } }: Filed, bundle: string): string {
  if (kind === 'photo') return JSON.stringify(['photos', bundle])
  if (frames > 1 || identity.series === null) return JSON.stringify(['film', identity.sopInstance ?? fileId])
  return JSON.stringify(['series', identity.study, identity.series])
}

function stackOf<T extends Filed>(stackId: string, files: readonly [T, ...T[]]): Stack<T> {
  const [{ kind, scan }] = files
  const { identity } = scan
  if (kind === 'photo')
    return {
      stackId,
      kind: 'photos',
      identity,
      files,
      slices: files.map(({ fileId }) => ({ fileId, frame: 0 })),
    }
  if (scan.frames > 1) {
    const [{ fileId }] = files
    const slices = Array.from({ length: scan.frames }, (_, frame) => ({ fileId, frame }))
    return { stackId, kind: 'film', identity, files, slices }
  }
  const placed = files.map((file) => ({ file, identity: file.scan.identity, geometry: file.first.geometry }))
  const ordered = inOrder(placed).map(({ file }) => file)
  return {
    stackId,
    kind: 'series',
    identity,
    files: ordered,
    slices: ordered.map(({ fileId }) => ({ fileId, frame: 0 })),
  }
}

const compare = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0)
const rank = { series: 0, film: 0, photos: 1 }

/**
 * [VIEW-12] The stacks of one patient's files: by study, newest first, then by series number; photographs last. The same files
 * give the same stacks in whichever order they came. `bundleOf`: with what a photograph was opened.
 */
export function stacksOf<T extends Filed>(
  files: readonly T[],
  bundleOf: (file: T) => string,
): readonly Stack<T>[] {
  const places = new Map<string, [T, ...T[]]>()
  for (const file of files) {
    const place = placeOf(file, bundleOf(file))
    const there = places.get(place)
    if (there) there.push(file)
    else places.set(place, [file])
  }
  return [...places]
    .map(([stackId, some]) => stackOf(stackId, some))
    .toSorted(
      (a, b) =>
        rank[a.kind] - rank[b.kind] ||
        (a.kind === 'photos'
          ? 0
          : compare(b.identity.studyDate ?? '', a.identity.studyDate ?? '') ||
            compare(a.identity.study ?? '', b.identity.study ?? '') ||
            compare(a.identity.seriesNumber ?? Infinity, b.identity.seriesNumber ?? Infinity) ||
            compare(a.stackId, b.stackId)),
    )
}
