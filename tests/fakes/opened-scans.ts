/** Opened files as the viewer meets them, made of nothing but what a test says. */

import type { NamedWindow } from '../../src/core/scan/grey.ts'
import type { PixelLayout, Scan, ScanFrame, ScanIdentity } from '../../src/core/scan/scan.ts'
import { syntaxOf } from '../../src/core/scan/syntax.ts'
import type { OpenedScan } from '../../src/state/scan-ports.ts'

export type FrameChanges = {
  readonly kind?: 'dicom' | 'photo'
  readonly name?: string
  readonly identity?: Partial<ScanIdentity>
  readonly study?: string
  readonly rows?: number
  readonly columns?: number
  readonly frames?: number
  readonly frameTimeMs?: number | null
  readonly isColour?: boolean
  readonly pixelAspect?: number
  readonly position?: readonly [number, number, number]
  readonly windows?: readonly NamedWindow[]
  readonly isLossy?: boolean
}

const nobody: ScanIdentity = {
  sopClass: null,
  sopInstance: null,
  series: null,
  study: null,
  patientName: null,
  patientId: null,
  patientBirthDate: null,
  studyDate: null,
  modality: null,
  studyDescription: null,
  seriesDescription: null,
  seriesNumber: null,
  instanceNumber: null,
}

function layoutLike({ rows = 4, columns = 4, isColour = false }: FrameChanges): PixelLayout {
  return {
    rows,
    columns,
    samplesPerPixel: isColour ? 3 : 1,
    photometric: isColour ? 'RGB' : 'MONOCHROME2',
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    isSigned: false,
    isPlanar: false,
  }
}

function scanLike(changes: FrameChanges): Scan {
  const syntax = syntaxOf('1.2.840.10008.1.2.1')
  if (!syntax.ok) throw new Error('no syntax')
  const { identity = {}, study, frames = 1, frameTimeMs = null, isLossy = false } = changes
  return {
    syntax: syntax.value,
    identity: { ...nobody, ...identity, ...(study ? { studyDate: study } : {}) },
    pixels: layoutLike(changes),
    frames,
    palette: null,
    lossiness: { isLossy, ratio: null },
    burnedIn: { annotation: null, conversionType: null },
    frameTimeMs,
  }
}

export function frameLike(changes: FrameChanges, frame = 0): ScanFrame {
  const { position = null, pixelAspect = 1, windows = [] } = changes
  return {
    ...scanLike(changes),
    frame,
    grey: {
      modality: { slope: 1, intercept: 0 },
      windows,
      voiLuts: [],
      voiFunction: 'LINEAR',
      isInverted: false,
    },
    geometry: {
      position,
      orientation: position ? [1, 0, 0, 0, 1, 0] : null,
      frameOfReference: position ? '1' : null,
      pixelAspect,
    },
  }
}

export function opened(fileId: string, changes: FrameChanges): OpenedScan {
  const first = frameLike(changes)
  const { frame: _, grey: __, geometry: ___, ...scan } = first
  return { fileId, name: changes.name ?? fileId, kind: changes.kind ?? 'dicom', byteLength: 16, scan, first }
}
