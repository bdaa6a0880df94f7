/** How often what one person looks at is said: while it moves as often as an eye follows, and once more at rest. */
import type { ShareView } from '../protocol/scan-share.ts'
import type { Clock } from './ports.ts'

/** Not more often than thirty times a second, and at rest when nothing has moved for so long. */
const movingMs = 33
const restMs = 150

export type Pace = {
  /** The latest, as long as it was not said; null: all was. */
  waiting(): ShareView | null
  move(view: ShareView): void
  stop(): void
}

export function createPace(clock: Clock, say: (view: ShareView, manner: 'moving' | 'resting') => void): Pace {
  /** The latest that waits for its moment. */
  let waiting: { view: ShareView; stop: () => void } | null = null
  let saidMs = Number.NEGATIVE_INFINITY
  let stopResting = () => {}

  function tell(view: ShareView): void {
    saidMs = clock.upMs()
    stopResting()
    stopResting = clock.after(restMs, () => say(view, 'resting'))
    say(view, 'moving')
  }

  return {
    waiting: () => waiting?.view ?? null,
    move(view) {
      if (waiting) {
        waiting.view = view
        return
      }
      const waitMs = Math.max(0, saidMs + movingMs - clock.upMs())
      if (waitMs === 0) return tell(view)
      const next = {
        view,
        stop: clock.after(waitMs, () => {
          waiting = null
          tell(next.view)
        }),
      }
      waiting = next
    },
    stop() {
      waiting?.stop()
      waiting = null
      stopResting()
    },
  }
}
