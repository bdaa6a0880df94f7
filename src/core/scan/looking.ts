/** Which pictures a person has to look at before they leave, because a name may be in them. */
import type { Box } from './boxes.ts'
import { mayShowIdentity } from './labels.ts'
import { inOrder } from './order.ts'
import type { Scan, ScanFrame } from './scan.ts'

export type Lookable = {
  readonly fileId: string
  readonly kind: 'dicom' | 'photo'
  readonly scan: Scan
  readonly first: ScanFrame
}

export type Place = { readonly fileId: string; readonly frame: number }

/** What is looked at at once, and blacked alike: a file, or a series whose slices are made alike by a machine. */
export type Looking = {
  readonly fileIds: readonly string[]
  readonly rows: number
  readonly columns: number
  /** All pictures of all its files. */
  readonly pictures: number
  /** The first, and the last if there is another. */
  readonly places: readonly Place[]
}

/** Slices in space come from a machine that writes into all of them alike, or none. */
const machines = new Set(['CT', 'MR', 'PT', 'NM'])

function keyOf({ fileId, kind, scan, first }: Lookable): string {
  const { modality, series, study } = scan.identity
  const isSlice = kind === 'dicom' && first.geometry.position !== null && scan.frames === 1
  const isOfMachine = machines.has(modality ?? '') && scan.burnedIn.conversionType === null
  if (!isSlice || !isOfMachine || series === null) return fileId
  return JSON.stringify([study, series, scan.burnedIn.annotation, scan.pixels.rows, scan.pixels.columns])
}

/** A photograph always: whatever it shows, it says nothing of it. */
export const mustBeLookedAt = ({ kind, scan }: Lookable): boolean => kind === 'photo' || mayShowIdentity(scan)

/** [STRIP-7] In the order in which the files came. Empty: nobody has to look. */
export function lookingsOf(files: readonly Lookable[]): readonly Looking[] {
  const groups = Map.groupBy(files.filter(mustBeLookedAt), keyOf)
  return [...groups.values()].flatMap((group) => {
    const inBody = inOrder(
      group.map((file) => ({ file, geometry: file.first.geometry, identity: file.scan.identity })),
    ).map(({ file }) => file)
    const [first, last] = [inBody[0], inBody.at(-1)]
    if (!first || !last) return []
    const pictures = group.reduce((sum, { scan }) => sum + scan.frames, 0)
    const begin: Place = { fileId: first.fileId, frame: 0 }
    const end: Place = { fileId: last.fileId, frame: last.scan.frames - 1 }
    const { rows, columns } = first.scan.pixels
    const places = pictures > 1 ? [begin, end] : [begin]
    return [{ fileIds: group.map(({ fileId }) => fileId), rows, columns, pictures, places }]
  })
}

/** A box never leaves its picture, and is never so small that it cannot be found again. */
export function withinPicture(box: Box, { rows, columns }: { rows: number; columns: number }): Box {
  const [leastWide, leastHigh] = [Math.min(4, columns), Math.min(4, rows)]
  const width = Math.round(Math.min(Math.max(box.width, leastWide), columns))
  const height = Math.round(Math.min(Math.max(box.height, leastHigh), rows))
  return {
    x: Math.round(Math.min(Math.max(box.x, 0), columns - width)),
    y: Math.round(Math.min(Math.max(box.y, 0), rows - height)),
    width,
    height,
  }
}
