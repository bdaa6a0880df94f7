/** One person's viewer: which stack and slice is looked at, and how. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Window } from '../core/scan/grey.ts'
import type { ScanFailure } from '../core/scan/outcome.ts'
import type { Plate } from '../core/scan/plate.ts'
import type { Preset } from '../core/scan/presets.ts'
import {
  allowedWindow,
  clamped,
  draggedWindow,
  type Extent,
  fitted,
  fittedView,
  flipped,
  indexIn,
  inverted,
  type Point,
  panned,
  type Slice,
  steppedIndex,
  turned,
  type View,
  type Viewport,
  withVoi,
  zoomed,
} from '../core/scan/view.ts'
import type { Clock } from './ports.ts'
import { createScanFiles, type ScanFiles } from './scan-files.ts'
import { createFilm, type Film } from './scan-film.ts'
import { createKnown, keyOf, type Shown } from './scan-known.ts'
import type { ScanIo, ScanReader, ScanSource } from './scan-ports.ts'

export type { Shown }

/** A view of a picture, and of which stack that is: what comes of another one is blank first. */
export type Look = { readonly stackId: string; readonly view: View; readonly extent: Extent }

/** What a drag does, and one finger. In a stack of one *scroll* moves. */
export const viewerTools = ['scroll', 'window', 'move', 'zoom'] as const
export type ViewerTool = (typeof viewerTools)[number]

export type Viewer = {
  readonly files: ScanFiles
  readonly reader: ScanReader
  readonly shown: ReadonlySignal<Shown | null>
  /** Null: nothing is looked at, or it is not known yet how large the screen's place for it is. */
  readonly view: ReadonlySignal<View | null>
  readonly look: ReadonlySignal<Look | null>
  readonly plate: ReadonlySignal<Plate | null>
  readonly presets: ReadonlySignal<readonly Preset[]>
  /** Why the picture that is asked for is not there. */
  readonly trouble: ReadonlySignal<ScanFailure | null>
  readonly tool: Signal<ViewerTool>
  readonly film: Film
  /** Opens them and shows the first stack that came by it. */
  open(sources: readonly ScanSource[]): Promise<void>
  showStack(stackId: string): void
  /** To the slice of this place, counted from 0; beyond an end to the end. */
  go(index: number): void
  step(by: number): void
  resized(viewport: Viewport): void
  zoom(about: Point, factor: number): void
  pan(by: Point): void
  /** Where a drag of the window begins; null: there is no window here. */
  windowNow(): Window | null
  /** The window that a drag of so many CSS pixels makes of the one it began with. */
  dragWindow(from: Window, by: Point): void
  choose(preset: Preset): void
  turn(): void
  flip(): void
  invert(): void
  /** As it was first seen. */
  reset(): void
  /** What became of drawing this view. */
  drew(view: View, outcome: 'drawn' | ScanFailure): void
  close(): void
}

/** What hands, keys and buttons hold: one's own viewer, or what somebody else shares while it is one's turn to show it. */
export type Handled = Pick<
  Viewer,
  'view' | 'presets' | 'tool' | 'film' | 'showStack' | 'go' | 'step' | 'zoom' | 'pan'
> &
  Pick<Viewer, 'windowNow' | 'dragWindow' | 'choose' | 'turn' | 'flip' | 'invert' | 'reset'> & {
    readonly files: { readonly stacks: ReadonlySignal<readonly { readonly stackId: string }[]> }
    readonly shown: ReadonlySignal<{
      readonly index: number
      readonly stack: Pick<Shown['stack'], 'stackId' | 'kind'> & { readonly slices: readonly unknown[] }
    } | null>
  }

/** Which pictures are fetched ahead, by their place after the one that is there, in the way one goes. */
const ahead = [1, 2, -1, 3]

/** How a stack was left. */
type Left = { readonly slice: Slice | null; readonly view: View | null; readonly isFitted: boolean }

export function createViewer(io: ScanIo, reader: ScanReader, clock: Clock): Viewer {
  const files = createScanFiles(io, reader)
  const stackId = signal<string | null>(null)
  /** Which slice of the stack; one that is not of it, or null, is its first. */
  const chosen = signal<Slice | null>(null)
  const view = signal<View | null>(null)
  const viewport = signal<Viewport | null>(null)
  const trouble = signal<ScanFailure | null>(null)
  const tool = signal<ViewerTool>('scroll')
  const left = new Map<string, Left>()
  /** Whether the picture fills its place: then it goes on doing so when the place changes. */
  let isFitted = true
  let way = 1
  let turn = 0

  const stack = computed(() => files.stacks.value.find((one) => one.stackId === stackId.value) ?? null)
  const shown = computed<Shown | null>(() => {
    const now = stack.value
    if (!now) return null
    const index = chosen.value ? Math.max(0, indexIn(now.slices, chosen.value)) : 0
    const slice = now.slices[index]
    const file = now.files.find(({ fileId }) => fileId === slice?.fileId)
    return slice && file ? { stack: now, index, slice, file } : null
  })
  const known = createKnown(reader, shown, view)
  const lookNow = computed<Look | null>(() => {
    const [now, size, how] = [shown.value, known.extent.value, view.value]
    return now && size && how ? { stackId: now.stack.stackId, view: how, extent: size } : null
  })
  const film = createFilm(
    clock,
    () => shown.peek()?.file.scan.frameTimeMs ?? null,
    () => {
      const now = shown.peek()
      if (now) look((now.index + 1) % now.stack.slices.length)
    },
  )

  // With what is closed nothing is remembered of it; of what is there the first is looked at, until somebody chooses.
  const stopChoosing = effect(() => {
    const stacks = files.stacks.value
    const there = new Set(stacks.map((one) => one.stackId))
    for (const one of left.keys()) if (!there.has(one)) left.delete(one)
    if (stackId.peek() !== null && there.has(stackId.peek() ?? '')) return
    film.stop()
    isFitted = true
    if (there.size === 0) known.forget()
    batch(() => {
      stackId.value = stacks[0]?.stackId ?? null
      chosen.value = trouble.value = view.value = null
    })
  })
  // The view follows the slice, the size of its picture, and the place it is shown in.
  const stopFollowing = effect(() => {
    const [now, size, place] = [shown.value, known.extent.value, viewport.value]
    view.value = now && size && place ? follow(now, size, place) : null
  })

  /** From one picture to the next the look stays. */
  function follow({ slice: { fileId, frame } }: Shown, size: Extent, place: Viewport): View {
    const before = view.peek()
    if (!before) return fittedView(fileId, frame, size, place)
    const next = { ...before, fileId, frame }
    return isFitted ? fitted(next, size, place) : clamped(next, size)
  }

  function look(at: number): void {
    const now = shown.peek()
    const next = now ? steppedIndex(now.stack.slices.length, at, 0) : 0
    if (!now || next === now.index) return
    way = next > now.index ? 1 : -1
    batch(() => {
      trouble.value = null
      chosen.value = now.stack.slices[next] ?? null
    })
    void known.learn()
  }

  function showStack(next: string): void {
    const before = stackId.peek()
    if (before === next) return
    film.stop()
    if (before !== null) left.set(before, { slice: chosen.peek(), view: view.peek(), isFitted })
    const there = left.get(next)
    isFitted = there?.isFitted ?? true
    way = 1
    batch(() => {
      trouble.value = null
      view.value = there?.view ?? null
      chosen.value = there?.slice ?? null
      stackId.value = next
    })
    void known.learn()
  }

  /** The neighbours, one after the other, as long as nobody went on. */
  async function fetchAhead({ stack: { slices }, index }: Shown): Promise<void> {
    turn += 1
    const mine = turn
    for (const by of ahead) {
      const next = slices[index + by * way]
      if (next) await reader.picture(next.fileId, next.frame)
      if (turn !== mine) return
    }
  }

  function change(how: (now: View, size: Extent, place: Viewport) => View): void {
    const [now, size, place] = [view.peek(), known.extent.peek(), viewport.peek()]
    if (now && size && place) view.value = how(now, size, place)
  }

  function move(how: (now: View, size: Extent, place: Viewport) => View): void {
    isFitted = false
    change(how)
  }

  async function showEverything(): Promise<void> {
    const slice = shown.peek()?.slice
    const full = await known.everything()
    if (full && shown.peek()?.slice === slice) change((now) => withVoi(now, full))
  }

  return {
    ...{ files, reader, shown, view, trouble, tool, film, showStack },
    ...{ look: lookNow, plate: known.plate, presets: known.presets, windowNow: known.windowNow },
    async open(sources) {
      const before = new Set(files.stacks.peek().map((one) => one.stackId))
      await files.open(sources)
      const came = files.stacks.peek().find((one) => !before.has(one.stackId))
      if (came) showStack(came.stackId)
    },
    go(at) {
      film.stop()
      look(at)
    },
    step(by) {
      film.stop()
      look((shown.peek()?.index ?? 0) + Math.trunc(by))
    },
    resized: (place) => {
      viewport.value = place
    },
    zoom: (about, factor) => move((now, size, place) => zoomed(now, size, place, about, factor)),
    pan: (by) => move((now, size, place) => panned(now, size, place, by)),
    dragWindow(from, by) {
      const grey = known.frame.peek()?.grey
      if (grey) change((now) => withVoi(now, draggedWindow(from, by, grey.voiFunction)))
    },
    choose(preset) {
      const grey = known.frame.peek()?.grey
      if (!grey) return
      if (preset.type === 'full') return void showEverything()
      const voi = 'voi' in preset ? allowedWindow(preset.voi, grey.voiFunction) : null
      change((now) => withVoi(now, voi))
    },
    turn: () => change((now, size, place) => (isFitted ? fitted(turned(now), size, place) : turned(now))),
    flip: () => change(flipped),
    invert: () => change(inverted),
    reset() {
      isFitted = true
      change((now, size, place) => fittedView(now.fileId, now.frame, size, place))
    },
    drew(drawn, outcome) {
      const now = shown.peek()
      if (!now || keyOf(drawn) !== keyOf(now.slice)) return
      trouble.value = outcome === 'drawn' ? null : outcome
      if (outcome !== 'drawn') return film.stop()
      void known.measure()
      if (film.isRunning.peek()) film.shown()
      else void fetchAhead(now)
    },
    close() {
      turn += 1
      film.stop()
      files.close()
      stopChoosing()
      stopFollowing()
      view.value = null
    },
  }
}
