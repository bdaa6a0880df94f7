/** Dragging an entry with a mouse, a pen or a finger: it follows in steps of five minutes, and says what it would hit. */

import type { PlanScreens } from '../../state/plan.ts'
import { snap } from '../../state/plan-days.ts'
import { type Column, canCross, type Placing, placeAt, slotMinutes, stepMs } from './place.ts'

export type DragParts = {
  readonly plan: PlanScreens
  readonly columns: readonly Column[]
  readonly placing: Placing
  readonly mode: 'move' | 'resize'
  /** Holds the rows; what scrolls is around it. */
  readonly body: HTMLElement
  readonly scroller: HTMLElement
  show(placing: Placing | null): void
  drop(placing: Placing): void
}

/** A mouse drags after this many pixels, so that a click stays a click. */
const thresholdPx = 4
/** A finger drags after it has rested this long; before that it scrolls. */
const pressMs = 350
const edgePx = 56
const scrollPx = 9

export function startDrag(event: PointerEvent, parts: DragParts): void {
  const { body, scroller, mode, plan, columns } = parts
  const target = event.currentTarget
  if (event.button !== 0 || !(target instanceof HTMLElement)) return
  const begun = parts.placing
  const handle = target
  let state: 'waiting' | 'dragging' | 'over' = 'waiting'
  let placing = begun
  let frame = 0
  let at = { x: event.clientX, y: event.clientY }
  const from = at
  const grabbedMs = msAt(at, begun.column) - (mode === 'move' ? begun.startMs : begun.endMs)
  const press = event.pointerType === 'mouse' ? null : setTimeout(begin, mode === 'resize' ? 0 : pressMs)

  function msAt({ y }: { y: number }, column: number): number {
    const slotPx = body.querySelector('td')?.getBoundingClientRect().height ?? 1
    const minutes = ((y - body.getBoundingClientRect().top) / slotPx) * slotMinutes
    return (columns[column]?.day.startMs ?? 0) + minutes * 60_000
  }

  function columnAt({ x }: { x: number }): number {
    const cells = [...(body.firstElementChild?.querySelectorAll('td') ?? [])]
    const found = cells.findIndex((cell) => cell.getBoundingClientRect().right > x)
    const to = found === -1 ? cells.length - 1 : found
    const [own, other] = [columns[begun.column], columns[to]]
    return own && other && canCross(begun.entry, own, other) ? to : begun.column
  }

  function begin(): void {
    if (state !== 'waiting') return
    if (!handle.isConnected) return end()
    state = 'dragging'
    handle.setPointerCapture(event.pointerId)
    parts.show(placing)
    frame = requestAnimationFrame(follow)
  }

  function move(moved: PointerEvent): void {
    if (moved.pointerId !== event.pointerId) return
    at = { x: moved.clientX, y: moved.clientY }
    const far = Math.hypot(at.x - from.x, at.y - from.y) > thresholdPx
    if (state === 'waiting' && far) {
      if (press === null) begin()
      else end()
    }
    if (state === 'dragging') put()
  }

  function put(): void {
    const column = mode === 'move' ? columnAt(at) : begun.column
    const day = columns[column]?.day
    if (!day) return
    const ms = snap(msAt(at, column) - grabbedMs, day, stepMs / 60_000)
    const lengthMs = begun.endMs - begun.startMs
    const next =
      mode === 'move'
        ? { column, startMs: ms, endMs: ms + lengthMs }
        : { column, startMs: begun.startMs, endMs: Math.max(begun.startMs + stepMs, ms) }
    const placed = placeAt(plan, placing, next, columns)
    if (placed !== placing) parts.show(placed)
    placing = placed
  }

  /** Near an edge the plan scrolls on under the finger. Redrawn elsewhere or locked away, nothing is dragged any more. */
  function follow(): void {
    if (state !== 'dragging') return
    if (!handle.isConnected) return end()
    const { top, bottom, left, right } = scroller.getBoundingClientRect()
    const before = scroller.scrollTop + scroller.scrollLeft
    if (at.y < top + edgePx) scroller.scrollTop -= scrollPx
    else if (at.y > bottom - edgePx) scroller.scrollTop += scrollPx
    if (at.x < left + edgePx) scroller.scrollLeft -= scrollPx
    else if (at.x > right - edgePx) scroller.scrollLeft += scrollPx
    if (before !== scroller.scrollTop + scroller.scrollLeft) put()
    frame = requestAnimationFrame(follow)
  }

  function end(): void {
    state = 'over'
    cancelAnimationFrame(frame)
    if (press !== null) clearTimeout(press)
    parts.show(null)
    listening.abort()
  }

  function release({ pointerId }: PointerEvent): void {
    if (pointerId !== event.pointerId) return
    const wasDragging = state === 'dragging' && handle.isConnected
    end()
    if (!wasDragging) return
    // The click that follows the release, in the same task, would open what was just put down.
    const swallow = new AbortController()
    document.addEventListener('click', (click) => click.stopPropagation(), {
      capture: true,
      signal: swallow.signal,
    })
    setTimeout(() => swallow.abort(), 0)
    parts.drop(placing)
  }

  function lose({ pointerId }: PointerEvent): void {
    if (pointerId === event.pointerId) end()
  }

  const listening = new AbortController()
  const { signal } = listening
  // What left the page hears nothing: not the handle, whose entry may be redrawn while it is held.
  window.addEventListener('pointermove', move, { signal })
  window.addEventListener('pointerup', release, { signal })
  window.addEventListener('pointercancel', lose, { signal })
  window.addEventListener('lostpointercapture', lose, { signal })
  document.addEventListener('keydown', (key) => key.key === 'Escape' && end(), { signal })
  // Without this the browser takes the finger for scrolling as soon as it moves.
  handle.addEventListener('touchmove', (touch) => state === 'dragging' && touch.preventDefault(), {
    signal,
    passive: false,
  })
  handle.addEventListener('contextmenu', (menu) => menu.preventDefault(), { signal })
}
