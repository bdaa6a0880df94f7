/** What is written on a picture as long as it is looked at: whose it is, when and which, and through what it is seen. */
import type { Window } from './grey.ts'
import { lossyLabel } from './labels.ts'
import type { Lookup } from './lookup.ts'
import type { ScanFrame, ScanIdentity } from './scan.ts'

/** Through what it is seen; `colour`: there is nothing to choose; `table`: one of the file's, by its name. */
export type Through =
  | { readonly type: 'window'; readonly voi: Window }
  | { readonly type: 'table'; readonly name: string | null }
  | { readonly type: 'colour' | 'unknown' }

export type Plate = Pick<
  ScanIdentity,
  'patientName' | 'patientId' | 'patientBirthDate' | 'studyDate' | 'modality' | 'seriesDescription'
> & {
  /** Counted from 1. */
  readonly slice: { readonly at: number; readonly of: number }
  readonly through: Through
  /** Null: nothing was lost. The ratio is n of n:1, null where nobody said it. */
  readonly lossy: { readonly ratio: number | null } | null
  /** Height over width of one pixel; 1 needs no word. */
  readonly pixelAspect: number
  /** A photograph names nobody: that is as it should be. */
  readonly isPhoto: boolean
}

/** What stands between a frame's values and the screen; `voi` as `voiOf` says it, null where it is not known yet. */
export function throughOf({ pixels, palette }: ScanFrame, voi: Window | Lookup | null): Through {
  if (pixels.samplesPerPixel !== 1 || palette) return { type: 'colour' }
  if (!voi) return { type: 'unknown' }
  return 'entries' in voi ? { type: 'table', name: voi.explanation } : { type: 'window', voi }
}

/** [VIEW-14] The plate of a frame, the `index`th of `count`, counted from 0. */
export function plateOf(
  frame: ScanFrame,
  kind: 'dicom' | 'photo',
  index: number,
  count: number,
  voi: Window | Lookup | null,
): Plate {
  const { patientName, patientId, patientBirthDate, studyDate, modality, seriesDescription } = frame.identity
  return {
    patientName,
    patientId,
    patientBirthDate,
    studyDate,
    modality,
    seriesDescription,
    slice: { at: index + 1, of: count },
    through: throughOf(frame, voi),
    lossy: lossyLabel(frame.lossiness),
    pixelAspect: frame.geometry.pixelAspect,
    isPhoto: kind === 'photo',
  }
}
