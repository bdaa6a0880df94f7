/** A button that has to be held: it fills while one does, and lets go as soon as the finger slides or a second one comes. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import { Icon } from '../parts/icon.tsx'
import { wayOut } from './touch-lock.ts'

const stepMs = 50
/** A finger trembles; a cloth travels. */
const slackPx = 24

type HoldButtonProps = {
  clock: Bed['beside']['clock']
  holdMs: number
  icon: string
  onHeld: () => void
  children: string
}

export function HoldButton({ clock, holdMs, icon, onHeld, children }: HoldButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [sinceMs, setSince] = useState<number | null>(null)
  const [part, setPart] = useState(0)
  const from = useRef({ x: 0, y: 0 })
  const release = () => setSince(null)

  useEffect(() => button.current?.focus(), [])
  useEffect(() => {
    setPart(0)
    if (sinceMs === null) return
    let cancel = () => {}
    const step = () => {
      const now = Math.min(1, (clock.upMs() - sinceMs) / holdMs)
      setPart(now)
      if (now === 1) return onHeld()
      cancel = clock.after(stepMs, step)
    }
    step()
    return () => cancel()
  }, [sinceMs])
  // A second finger, wherever it comes down: a hand that wipes.
  useEffect(() => {
    const isIn = ({ target }: Event) => target instanceof Node && button.current?.contains(target)
    const other = (event: PointerEvent) => {
      if (!event.isPrimary || !isIn(event)) release()
    }
    addEventListener('pointerdown', other, { capture: true })
    return () => removeEventListener('pointerdown', other, { capture: true })
  }, [])

  const press = (event: PointerEvent) => {
    if (!event.isPrimary || event.button > 0) return
    from.current = { x: event.clientX, y: event.clientY }
    setSince(clock.upMs())
  }
  const slide = ({ clientX, clientY }: PointerEvent) => {
    const { x, y } = from.current
    if (Math.hypot(clientX - x, clientY - y) > slackPx) release()
  }
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    if (!event.repeat) setSince(clock.upMs())
  }
  return (
    <button
      ref={button}
      type="button"
      class="button plain hold"
      {...{ [wayOut]: '' }}
      style={{ '--held': part }}
      onPointerDown={press}
      onPointerMove={slide}
      onPointerUp={release}
      onPointerCancel={release}
      onPointerLeave={release}
      onKeyDown={key}
      onKeyUp={release}
      onBlur={release}
    >
      <Icon svg={icon} />
      <span>{children}</span>
    </button>
  )
}
