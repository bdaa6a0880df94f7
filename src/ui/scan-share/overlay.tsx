/** What lies on a shared picture: who points where, and what was drawn; in the picture's own coordinates. */
import type { Signal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import { visibleMarks } from '../../core/scan/share-marks.ts'
import type { Share } from '../../core/scan/share-state.ts'
import { type Point, toImage, toViewport } from '../../core/scan/view.ts'
import { type ScanShare, type SharePoint, type ShareSlice, sameSlice } from '../../state/scan-share.ts'
import type { OverlayPlace } from '../scan/stage.tsx'
import { nameIn } from '../words-scan-share.ts'

/** What a finger on the picture does: nothing of a share, or it points, or it draws. */
export type Pen = 'none' | 'point' | 'draw'

type OverlayProps = {
  share: ScanShare
  place: OverlayPlace
  /** Which picture that is; null: one that is not shared. */
  slice: ShareSlice | null
  pen: Signal<Pen>
}

/** A line is said in so many points at most; the hand makes more. */
const mostPoints = 200
/** CSS pixels between two of them. */
const apart = 3

export function ShareOverlay({ share, place, slice, pen }: OverlayProps) {
  const now = share.state.value.share
  if (!now || !slice || now.isBlank) return null
  return <Marks share={share} now={now} place={place} slice={slice} pen={pen} />
}

type MarksProps = Omit<OverlayProps, 'slice'> & { now: Share; slice: ShareSlice }

function Marks({ share, now, place, slice, pen }: MarksProps) {
  const line = useRef<SharePoint[]>([])
  const [drawing, setDrawing] = useState<readonly SharePoint[]>([])
  const { view, extent, viewport } = place
  const seen = ([x, y]: SharePoint): Point => toViewport(view, extent, viewport, [x, y])
  const me = share.state.value.me.id

  function pointOf(event: PointerEvent): SharePoint {
    const { left, top } =
      event.currentTarget instanceof Element
        ? event.currentTarget.getBoundingClientRect()
        : { left: 0, top: 0 }
    const [x, y] = toImage(view, extent, viewport, [event.clientX - left, event.clientY - top])
    return [Math.round(x * 10) / 10, Math.round(y * 10) / 10]
  }

  function down(event: PointerEvent): void {
    // The hands below would take the pointer for themselves.
    event.stopPropagation()
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId)
    if (pen.value === 'point') return share.point(slice, pointOf(event))
    line.current = [pointOf(event)]
    setDrawing(line.current)
  }

  function move(event: PointerEvent): void {
    if (pen.value === 'point') {
      // A mouse points as it goes, a finger while it is down.
      if (event.pointerType === 'mouse' || event.buttons > 0) share.point(slice, pointOf(event))
      return
    }
    const last = line.current.at(-1)
    if (!last || line.current.length >= mostPoints) return
    const at = pointOf(event)
    const [a, b] = [seen(last), seen(at)]
    if (Math.hypot(a[0] - b[0], a[1] - b[1]) < apart) return
    line.current = [...line.current, at]
    setDrawing(line.current)
  }

  function up(event: PointerEvent): void {
    if (pen.value === 'point' && event.pointerType !== 'mouse') share.point(slice, null)
    if (line.current.length > 1) share.draw(slice, line.current)
    line.current = []
    setDrawing([])
  }

  const marks = visibleMarks(now).filter((mark) => sameSlice(mark.slice, slice))
  const pointers = now.pointers.filter((pointer) => sameSlice(pointer.slice, slice))
  return (
    <svg
      class={pen.value === 'none' ? 'share-marks' : 'share-marks takes'}
      aria-hidden="true"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onPointerLeave={() => pen.value === 'point' && share.point(slice, null)}
    >
      {marks.map(({ id, author, points }) => (
        <Line key={`${author} ${id}`} points={points.map(seen)} whose={author === me ? 'mine' : 'theirs'} />
      ))}
      {drawing.length > 1 && <Line points={drawing.map(seen)} whose="mine" />}
      {pointers.map(({ author, at }) => {
        const [x, y] = seen(at)
        return (
          <g key={author}>
            <circle cx={x} cy={y} r={14} />
            {author !== me && (
              <text x={x + 18} y={y + 5}>
                {nameIn(share, author)}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

function Line({ points, whose }: { points: readonly Point[]; whose: 'mine' | 'theirs' }) {
  const said = points.map(([x, y]) => `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`).join(' ')
  return (
    <>
      <polyline class="under" points={said} />
      <polyline class={`over ${whose}`} points={said} />
    </>
  )
}
