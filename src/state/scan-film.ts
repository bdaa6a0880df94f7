/** A film that runs: frame after frame in the file's own time, never faster than its pictures come. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Clock } from './ports.ts'

export type Film = {
  readonly isRunning: ReadonlySignal<boolean>
  run(): void
  stop(): void
  /** The picture that was asked for is on the screen. */
  shown(): void
}

/** Where the file says nothing. */
const usualMs = 100
/** A screen shows no more than 60 a second; slower than this is no film. */
const bounds = { least: 1000 / 60, most: 2_000 }

/** `frameMs`: the file's, null where it says none. `next` asks for the frame after the present one; the last is followed by the first. */
export function createFilm(clock: Clock, frameMs: () => number | null, next: () => void): Film {
  const isRunning = signal(false)
  let dueMs = 0
  let cancel = () => {}

  function step(): void {
    const ms = Math.min(Math.max(frameMs() ?? usualMs, bounds.least), bounds.most)
    // One that came late is not caught up with.
    dueMs = Math.max(dueMs + ms, clock.upMs())
    next()
  }

  return {
    isRunning,
    run() {
      if (isRunning.peek()) return
      isRunning.value = true
      dueMs = clock.upMs()
      step()
    },
    stop() {
      isRunning.value = false
      cancel()
    },
    shown() {
      if (!isRunning.peek()) return
      cancel()
      cancel = clock.after(Math.max(0, dueMs - clock.upMs()), step)
    },
  }
}
