/** While the screen is wiped, and a moment longer, no finger and no key reaches anything but the one way out (HZ-2). */
import type { Cleaning } from '../../state/cleaning.ts'

const kinds = [
  ...['pointerdown', 'pointerup', 'pointermove', 'touchstart', 'touchmove', 'touchend'],
  ...['mousedown', 'mouseup', 'click', 'dblclick', 'auxclick', 'contextmenu', 'wheel', 'dragstart'],
  ...['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'submit'],
] as const

/** What stays in reach while it is locked; after that nothing is. */
export const wayOut = 'data-way-out'

/** Before every other listener of the page, so that none of them hears what is kept away. */
export function lockTouches({ state }: Cleaning): void {
  /** Began while nothing counted, and is not over yet. */
  const held = new Set<string>()
  let isPointerStray = false

  function isKeptAway(event: Event): boolean {
    const { type } = state.peek()
    if (type === 'off') return isStray(event)
    if (event instanceof KeyboardEvent && event.type === 'keydown') held.add(event.code)
    const isOut = type === 'locked' && isWayOut(event)
    if (event.type === 'pointerdown') isPointerStray = !isOut
    return !isOut || event.type === 'contextmenu'
  }

  function isStray(event: Event): boolean {
    if (event.type === 'pointerdown') isPointerStray = false
    if (event instanceof KeyboardEvent) {
      const wasHeld = held.has(event.code)
      if (event.type === 'keyup' || !event.repeat) held.delete(event.code)
      return wasHeld && (event.repeat || event.type === 'keyup')
    }
    // Keys, switches and screen readers click without a pointer.
    return isPointerStray && event instanceof MouseEvent && event.type === 'click' && event.detail > 0
  }

  function keepAway(event: Event): void {
    if (!isKeptAway(event)) return
    event.stopPropagation()
    if (event.cancelable) event.preventDefault()
  }

  for (const kind of kinds) addEventListener(kind, keepAway, { capture: true, passive: false })
}

function isWayOut({ target }: Event): boolean {
  return target instanceof Element && target.closest(`[${wayOut}]`) !== null
}
