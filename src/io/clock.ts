/** The browser's clock, as state asks for it. */
import type { Clock } from '../state/ports.ts'

export const browserClock: Clock = {
  nowMs: () => Date.now(),
  upMs: () => performance.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  },
}
