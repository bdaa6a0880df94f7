/** What mouse, fingers and wheel do to a picture. */

import type { Window } from '../../core/scan/grey.ts'
import type { Point } from '../../core/scan/view.ts'
import type { Handled, ViewerTool } from '../../state/scan-viewer.ts'
import { pressKey } from './keys.ts'

export type Hands = {
  /** It takes keys. */
  readonly tabIndex: 0
  onPointerDown(event: PointerEvent): void
  onPointerMove(event: PointerEvent): void
  onPointerUp(event: PointerEvent): void
  onPointerCancel(event: PointerEvent): void
  onWheel(event: WheelEvent): void
  onDblClick(): void
  onContextMenu(event: Event): void
  onKeyDown(event: KeyboardEvent): void
}

/** CSS pixels of a drag to one slice: a stack along the height of the picture, within what a finger can tell apart. */
const sliceBounds = { least: 4, most: 24 }
/** CSS pixels of a drag to twice the size. */
const doublingPx = 160
/** A notch of a wheel is one slice, however far it says that it is; a touchpad glides. */
const notchPx = 80
const glidePx = 30
const wheelDoublingPx = 240

type Grip = {
  readonly tool: ViewerTool
  readonly start: Point
  readonly index: number
  readonly window: Window | null
  readonly slicePx: number
}

const middleOf = ([a, b]: readonly [Point, Point]): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
const between = ([a, b]: readonly [Point, Point]) => Math.hypot(a[0] - b[0], a[1] - b[1])
const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]]

export function createHands(viewer: Handled, onKeys: () => void): Hands {
  const fingers = new Map<number, Point>()
  let grip: Grip | null = null
  let glided = 0

  function toolOf({ pointerType, button }: PointerEvent): ViewerTool {
    if (pointerType === 'mouse' && button === 2) return 'window'
    if (pointerType === 'mouse' && button === 1) return 'move'
    const tool = viewer.tool.peek()
    const isAlone = viewer.shown.peek()?.stack.slices.length === 1
    return tool === 'scroll' && isAlone ? 'move' : tool
  }

  function take(event: PointerEvent, at: Point): Grip {
    const [, height] = sizeOf(event)
    const count = viewer.shown.peek()?.stack.slices.length ?? 1
    return {
      tool: toolOf(event),
      start: at,
      index: viewer.shown.peek()?.index ?? 0,
      window: viewer.windowNow(),
      slicePx: Math.min(Math.max(height / count, sliceBounds.least), sliceBounds.most),
    }
  }

  function drag({ tool, start, index, window, slicePx }: Grip, at: Point, last: Point): void {
    const whole = minus(at, start)
    switch (tool) {
      case 'scroll':
        return viewer.go(index + Math.round(whole[1] / slicePx))
      case 'window':
        return window ? viewer.dragWindow(window, whole) : undefined
      case 'move':
        return viewer.pan(minus(at, last))
      case 'zoom':
        return viewer.zoom(start, 2 ** ((last[1] - at[1]) / doublingPx))
    }
  }

  /** Two fingers hold the picture: what lies between them stays between them. */
  function pinch(before: readonly [Point, Point], after: readonly [Point, Point]): void {
    viewer.pan(minus(middleOf(after), middleOf(before)))
    const apart = between(before)
    if (apart > 0) viewer.zoom(middleOf(after), between(after) / apart)
  }

  function release(event: PointerEvent): void {
    fingers.delete(event.pointerId)
    // A finger that stays behind does not go on as another tool.
    grip = null
  }

  return {
    tabIndex: 0,
    onPointerDown(event) {
      const at = placeOf(event)
      if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId)
      fingers.set(event.pointerId, at)
      grip = fingers.size === 1 ? take(event, at) : null
    },
    onPointerMove(event) {
      const last = fingers.get(event.pointerId)
      if (!last) return
      const at = placeOf(event)
      const [other] = [...fingers].flatMap(([id, place]) => (id === event.pointerId ? [] : [place]))
      if (fingers.size === 2 && other) pinch([last, other], [at, other])
      else if (grip) drag(grip, at, last)
      fingers.set(event.pointerId, at)
    },
    onPointerUp: release,
    onPointerCancel: release,
    onWheel(event) {
      event.preventDefault()
      if (event.ctrlKey) return viewer.zoom(placeOf(event), 2 ** (-event.deltaY / wheelDoublingPx))
      if (event.deltaMode !== 0 || Math.abs(event.deltaY) >= notchPx)
        return viewer.step(Math.sign(event.deltaY))
      glided += event.deltaY / glidePx
      const whole = Math.trunc(glided)
      glided -= whole
      if (whole !== 0) viewer.step(whole)
    },
    onDblClick: () => viewer.reset(),
    onContextMenu: (event) => event.preventDefault(),
    onKeyDown: (event) => pressKey(viewer, event, onKeys),
  }
}

function sizeOf({ currentTarget }: Event): Point {
  return currentTarget instanceof Element ? [currentTarget.clientWidth, currentTarget.clientHeight] : [1, 1]
}

function placeOf(event: MouseEvent): Point {
  if (!(event.currentTarget instanceof Element)) return [event.clientX, event.clientY]
  const { left, top } = event.currentTarget.getBoundingClientRect()
  return [event.clientX - left, event.clientY - top]
}
