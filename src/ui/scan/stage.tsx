/** Where a picture is looked at: by whoever holds it, and by those who follow. Its surroundings are dark in every theme. */
import '../scan.css'
import { type ReadonlySignal, type Signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ScanFailure } from '../../core/scan/outcome.ts'
import type { Plate } from '../../core/scan/plate.ts'
import type { View, Viewport } from '../../core/scan/view.ts'
import type { ScanIo, ScanReader } from '../../state/scan-ports.ts'
import type { Look } from '../../state/scan-viewer.ts'
import { nameWord, plateWords } from '../words-scan.ts'
import { keepDrawing } from './drawing.ts'
import type { Hands } from './hands.ts'
import { PermanentLine, PlateView } from './plate.tsx'

/** What lies on the picture is told where that is. */
export type OverlayPlace = Look & { readonly viewport: Viewport }

export type ScanStageProps = {
  io: ScanIo
  reader: ScanReader
  /** Null: nothing of a picture stays on the screen. */
  look: ReadonlySignal<Look | null>
  plate: ReadonlySignal<Plate | null>
  /** Without hands it is only looked at. */
  hands?: Hands
  /** What lies on the picture: pointers and drawings. It takes no touch of its own unless its style says so. */
  overlay?: ((place: OverlayPlace) => ComponentChildren) | undefined
  /** What is said over the picture, such as why there is none. */
  children?: ComponentChildren
  /** `large`: read from three metres. */
  size?: 'usual' | 'large'
  onResize?: (viewport: Viewport) => void
  /** What became of drawing a view; nothing is said of one that another has overtaken. */
  onDrew?: (view: View, outcome: 'drawn' | ScanFailure) => void
}

export function ScanStage(props: ScanStageProps) {
  const { io, reader, look, plate, hands, overlay, size = 'usual', children } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const viewport = useSignal<Viewport | null>(null)
  const isLate = useSignal(false)
  const heard = useRef(props)
  heard.current = props
  useEffect(() => {
    if (!canvas.current) return
    return keepDrawing(canvas.current, io, reader, look, {
      resized(place) {
        viewport.value = place
        heard.current.onResize?.(place)
      },
      drew: (view, outcome) => heard.current.onDrew?.(view, outcome),
      late: (now) => {
        isLate.value = now
      },
    })
  }, [io, reader, look])
  return (
    <div class={`scan-stage ${size}`}>
      <Surface hands={hands} plate={plate}>
        <canvas ref={canvas} />
        {overlay && <Overlay look={look} viewport={viewport} overlay={overlay} />}
        <PlateView plate={plate} />
        <Late isLate={isLate} />
        {children}
      </Surface>
      <PermanentLine />
    </div>
  )
}

type SurfaceProps = {
  hands?: Hands | undefined
  plate: ReadonlySignal<Plate | null>
  children: ComponentChildren
}

/** With hands it is a thing of its own that takes keys; without, a picture. */
function Surface({ hands, plate, children }: SurfaceProps) {
  const surface = useRef<HTMLDivElement>(null)
  const label = plate.value ? nameWord(plate.value) : plateWords.loading
  useEffect(() => surface.current?.focus({ preventScroll: true }), [])
  if (!hands)
    return (
      <figure class="scan-surface" aria-label={label}>
        {children}
      </figure>
    )
  return (
    <div ref={surface} class="scan-surface held" role="application" aria-label={label} {...hands}>
      {children}
    </div>
  )
}

type OverlayProps = {
  look: ReadonlySignal<Look | null>
  viewport: Signal<Viewport | null>
  overlay: NonNullable<ScanStageProps['overlay']>
}

function Overlay({ look, viewport, overlay }: OverlayProps) {
  const [now, place] = [look.value, viewport.value]
  return now && place && <div class="scan-overlay">{overlay({ ...now, viewport: place })}</div>
}

function Late({ isLate }: { isLate: Signal<boolean> }) {
  return <output class="scan-late">{isLate.value ? plateWords.loading : ''}</output>
}
