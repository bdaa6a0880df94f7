/** [LIVE-12] The turn at somebody else's pictures: slice, window and place are changed as in a viewer of one's own, for everybody. */
import { computed, signal } from '@preact/signals'
import type { ShareState } from '../core/scan/share-state.ts'
import type { Stack } from '../core/scan/stacks.ts'
import {
  allowedWindow,
  draggedWindow,
  type Extent,
  fittedView,
  flipped,
  inverted,
  panned,
  steppedIndex,
  turned,
  type View,
  type Viewport,
  withVoi,
  zoomed,
} from '../core/scan/view.ts'
import type { Film } from './scan-film.ts'
import type { Incoming } from './scan-incoming.ts'
import { createKnown, type Shown } from './scan-known.ts'
import type { OpenedScan, ScanReader } from './scan-ports.ts'
import { type ScanShare, type ShareSlice, type ShareView, sameSlice } from './scan-share.ts'
import type { Handled, Viewer, ViewerTool } from './scan-viewer.ts'

export type Turn = Handled & Pick<Viewer, 'resized' | 'drew'>

/** A film that comes by a share is looked at frame by frame. */
const still: Film = { isRunning: signal(false), run() {}, stop() {}, shown() {} }

export function createTurn(
  { state, lead }: Pick<ScanShare, 'state' | 'lead'>,
  incoming: Incoming,
  reader: ScanReader,
): Turn {
  const viewport = signal<Viewport | null>(null)
  const tool = signal<ViewerTool>('scroll')
  const view = computed(() => incoming.look.value?.view ?? null)
  const here = computed<Shown | null>(() => {
    const slice = incoming.slice.value
    const file = slice && incoming.files.value.get(slice.file)
    return slice && file ? shownOf(file, slice.frame) : null
  })
  const known = createKnown(reader, here, view)
  const shown = computed(() => {
    const { share } = state.value
    return share ? placeOf(share) : null
  })

  /** From what everybody is to see now; in the coordinates of the picture that is on this screen. */
  function change(how: (now: View, extent: Extent, place: Viewport) => View): void {
    const [extent, place] = [incoming.look.peek()?.extent, viewport.peek()]
    if (extent && place) lead((now) => sharedView(how(ownView(now), extent, place), now.slice))
  }

  function lookAt(index: (at: number, count: number) => number): void {
    const { share } = state.peek()
    if (!share) return
    lead((now) => {
      const slices = slicesOf(share, seriesOf(share, now.slice))
      const slice =
        slices[
          index(
            slices.findIndex((one) => sameSlice(one, now.slice)),
            slices.length,
          )
        ]
      return slice ? { ...now, slice } : now
    })
  }

  /** Another series is another kind of picture: it begins with its own window, whole where its size is known. */
  function showStack(stackId: string): void {
    const slice = slicesOf(state.peek().share, Number(stackId))[0]
    const file = slice && incoming.files.peek().get(slice.file)
    const place = viewport.peek()
    if (!slice) return
    lead((now) => {
      if (!file || !place) return { ...now, slice, voi: null }
      const { rows, columns } = file.scan.pixels
      const extent = { rows, columns, pixelAspect: file.first.geometry.pixelAspect }
      return sharedView(fittedView(file.fileId, 0, extent, place), slice)
    })
  }

  return {
    ...{ view, tool, shown, film: still, showStack, presets: known.presets, windowNow: known.windowNow },
    files: {
      stacks: computed(() => {
        const series = state.value.share?.manifest?.series ?? []
        return series.map((_, index) => ({ stackId: `${index}` }))
      }),
    },
    resized: (place) => {
      viewport.value = place
    },
    drew(drawn, outcome) {
      incoming.drew(drawn, outcome)
      void known.learn().then(known.measure)
    },
    go: (index) => lookAt((_, count) => steppedIndex(count, index, 0)),
    step: (by) => lookAt((at, count) => steppedIndex(count, at, by)),
    zoom: (about, factor) => change((now, extent, place) => zoomed(now, extent, place, about, factor)),
    pan: (by) => change((now, extent, place) => panned(now, extent, place, by)),
    dragWindow(from, by) {
      const grey = known.frame.peek()?.grey
      if (grey) change((now) => withVoi(now, draggedWindow(from, by, grey.voiFunction)))
    },
    choose(preset) {
      const grey = known.frame.peek()?.grey
      if (!grey) return
      if (preset.type === 'full')
        return void known.everything().then((full) => full && change((now) => withVoi(now, full)))
      const voi = 'voi' in preset ? allowedWindow(preset.voi, grey.voiFunction) : null
      change((now) => withVoi(now, voi))
    },
    turn: () => change(turned),
    flip: () => change(flipped),
    invert: () => change(inverted),
    reset: () => change((now, extent, place) => fittedView(now.fileId, now.frame, extent, place)),
  }
}

type Share = NonNullable<ShareState['share']>

const seriesOf = ({ manifest }: Share, { file }: ShareSlice): number =>
  manifest?.series.findIndex(({ files }) => files.includes(file)) ?? -1

/** All pictures of a series, the frames of a film each for one. */
function slicesOf(share: Share | null, series: number): readonly ShareSlice[] {
  const manifest = share?.manifest
  return (manifest?.series[series]?.files ?? []).flatMap((file) =>
    Array.from({ length: manifest?.files[file]?.frames ?? 1 }, (_, frame) => ({ file, frame })),
  )
}

function placeOf(share: Share) {
  const { view } = share
  if (!view) return null
  const series = seriesOf(share, view.slice)
  const slices = slicesOf(share, series)
  const index = slices.findIndex((slice) => sameSlice(slice, view.slice))
  return { index, stack: { stackId: `${series}`, kind: 'series' as const, slices } }
}

function shownOf(file: OpenedScan, frame: number): Shown {
  const slice = { fileId: file.fileId, frame }
  const { identity } = file.scan
  const stack: Stack<OpenedScan> = { stackId: '', kind: 'series', identity, files: [file], slices: [slice] }
  return { stack, index: 0, file, slice }
}

/** Whichever file it is here. */
const ownView = ({ slice, ...how }: ShareView): View => ({ ...how, fileId: '', frame: slice.frame })

function sharedView({ fileId: _, frame: __, centre: [x, y], ...how }: View, slice: ShareSlice): ShareView {
  return { ...how, centre: [x, y], slice }
}
