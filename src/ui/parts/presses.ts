/** Presses that were meant: none by a finger that was on its way as the buttons came up, none that slid onto another one. */
import { useRef } from 'preact/hooks'

/** A finger already on its way when the dialog came up did not mean it. */
const settleMs = 700

/**
 * For a row of buttons. A touch is taken where it ends, in the button in which it began, however far it slid there: wet
 * fingers and trembling hands slide, and browsers make no click of that. Keys, switches, screen readers and mice click.
 */
export function useMeantPresses() {
  const shownMs = useRef(performance.now())
  const begun = useRef<{ readonly id: number; readonly button: HTMLElement } | null>(null)

  function onTouchStart(event: TouchEvent): void {
    const touch = event.changedTouches[0]
    const button = touch && buttonAt(touch)
    const isSettled = event.timeStamp - shownMs.current > settleMs
    // Two at once are a hand that lies on the screen, or water.
    const isMeant = isSettled && event.touches.length === 1
    begun.current = isMeant && touch && button ? { id: touch.identifier, button } : null
  }

  function onTouchEnd(event: TouchEvent): void {
    // No click comes after it: it would fall on whatever comes up in this place.
    event.preventDefault()
    const { id, button } = begun.current ?? {}
    begun.current = null
    const touch = [...event.changedTouches].find(({ identifier }) => identifier === id)
    if (touch && button && buttonAt(touch) === button) button.click()
  }

  return {
    row: { onTouchStart, onTouchEnd },
    /** A click of a touch is of one that began before this row was there. */
    counts: (event: MouseEvent): boolean => !('pointerType' in event) || event.pointerType !== 'touch',
  }
}

function buttonAt({ clientX, clientY }: Touch): HTMLElement | null {
  return document.elementFromPoint(clientX, clientY)?.closest('button') ?? null
}
