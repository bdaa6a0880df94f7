/** What is known of the slice that is looked at: its frame, its size, its window, and what is written on it. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { fullWindow, type Window } from '../core/scan/grey.ts'
import type { Lookup } from '../core/scan/lookup.ts'
import { type Plate, plateOf, throughOf } from '../core/scan/plate.ts'
import { type Preset, presetsOf } from '../core/scan/presets.ts'
import type { ScanFrame } from '../core/scan/scan.ts'
import type { Stack } from '../core/scan/stacks.ts'
import { type Extent, type Slice, type View, voiOf } from '../core/scan/view.ts'
import type { OpenedScan, ScanReader } from './scan-ports.ts'

/** What is looked at. */
export type Shown = {
  readonly stack: Stack<OpenedScan>
  /** Counted from 0. */
  readonly index: number
  readonly file: OpenedScan
  readonly slice: Slice
}

export type Known = {
  /** Null: it was asked for and has not come yet. */
  readonly frame: ReadonlySignal<ScanFrame | null>
  readonly extent: ReadonlySignal<Extent | null>
  readonly plate: ReadonlySignal<Plate | null>
  readonly presets: ReadonlySignal<readonly Preset[]>
  /** The window of now; null where there is none, or it is not known. */
  windowNow(): Window | null
  /** Asks for what is said of this frame, unless it is known. */
  learn(): Promise<void>
  /** Everything that this slice has, as a window. */
  everything(): Promise<Window | null>
  /** What is seen is everything where the file names no window: then only the pixels say through what that is. */
  measure(): Promise<void>
  forget(): void
}

export const keyOf = ({ fileId, frame }: Slice): string => `${fileId} ${frame}`

export function createKnown(
  reader: ScanReader,
  shown: ReadonlySignal<Shown | null>,
  view: ReadonlySignal<View | null>,
): Known {
  /** Frames of films, as far as they were looked at. */
  const frames = signal<ReadonlyMap<string, ScanFrame>>(new Map())
  const full = signal<{ readonly key: string; readonly voi: Window } | null>(null)

  const frame = computed<ScanFrame | null>(() => {
    const now = shown.value
    if (!now) return null
    return now.slice.frame === 0 ? now.file.first : (frames.value.get(keyOf(now.slice)) ?? null)
  })
  const extent = computed<Extent | null>(() => {
    const now = shown.value
    if (!now) return null
    const { rows, columns } = now.file.scan.pixels
    return { rows, columns, pixelAspect: (frame.value ?? now.file.first).geometry.pixelAspect }
  })
  const voi = computed<Window | Lookup | null>(() => {
    const [now, known] = [shown.value, frame.value]
    if (!now || !known) return null
    const said = voiOf(known.grey, view.value?.voi ?? null)
    return said ?? (full.value?.key === keyOf(now.slice) ? full.value.voi : null)
  })
  const plate = computed<Plate | null>(() => {
    const now = shown.value
    if (!now) return null
    const known = frame.value ?? { ...now.file.first, frame: now.slice.frame }
    return plateOf(known, now.file.kind, now.index, now.stack.slices.length, voi.value)
  })

  async function everything(): Promise<Window | null> {
    const [now, known] = [shown.peek(), frame.peek()]
    if (!now || !known || throughOf(known, null).type === 'colour') return null
    const key = keyOf(now.slice)
    if (full.peek()?.key === key) return full.peek()?.voi ?? null
    const picture = await reader.picture(now.slice.fileId, now.slice.frame)
    if (!picture.ok) return null
    const found = fullWindow(known.grey, picture.value.samples)
    if (frame.peek() === known) full.value = { key, voi: found }
    return found
  }

  return {
    frame,
    extent,
    plate,
    presets: computed(() => (frame.value ? presetsOf(frame.value) : [])),
    everything,
    windowNow() {
      const [known, now] = [frame.peek(), voi.peek()]
      if (!known || !now || throughOf(known, now).type === 'colour') return null
      return 'entries' in now
        ? { centre: now.first + now.entries.length / 2, width: now.entries.length }
        : now
    },
    async learn() {
      const slice = shown.peek()?.slice
      if (!slice || slice.frame === 0 || frames.peek().has(keyOf(slice))) return
      const found = await reader.frame(slice.fileId, slice.frame)
      if (found.ok) frames.value = new Map(frames.peek()).set(keyOf(slice), found.value)
    },
    async measure() {
      if (voi.peek() === null) await everything()
    },
    forget() {
      frames.value = new Map()
      full.value = null
    },
  }
}
