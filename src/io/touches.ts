/** When somebody last touched this browser, in whichever of its tabs: they share one lock. */
import { idleMs } from '../state/idle.ts'

const key = 'touchedMs'
/** Other tabs need not know it to the second. */
const shareMs = 5_000
/** A clock that is set right moves a little; one that was set back must not keep a screen open. */
const slackMs = 60_000

export type Touches = ReturnType<typeof createTouches>

/** Begins where the browser's last page ended: to load a page is no touch. */
export function createTouches(kept: Pick<Storage, 'getItem' | 'setItem'>, nowMs: () => number) {
  let mineMs = 0
  let sharedMs = 0
  let late = () => {}
  if (kept.getItem(key) === null) anew()

  function anew(): void {
    mineMs = nowMs()
    sharedMs = mineMs
    kept.setItem(key, String(mineMs))
  }

  function lastMs(): number {
    const known = [mineMs, Number(kept.getItem(key))].filter((ms) => ms <= nowMs() + slackMs)
    return Math.max(0, ...known)
  }

  return {
    /** Milliseconds since 1970, by this device. */
    lastMs,
    anew,
    /** `hear` is called for a touch, or a look, that comes when the lock is due: it counts for nothing. */
    onLate(hear: () => void): void {
      late = hear
    },
    touched(): void {
      if (nowMs() - lastMs() >= idleMs) return late()
      if (nowMs() - sharedMs >= shareMs) anew()
      else mineMs = nowMs()
    },
    /** The page is seen again: no touch, but a device that slept may have a lock due. */
    seen(): void {
      if (nowMs() - lastMs() >= idleMs) late()
    },
  }
}

export function watchTouches({ touched, seen }: Touches): void {
  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
    addEventListener(type, touched, { passive: true, capture: true })
  document.addEventListener('visibilitychange', seen)
}
