/** How long a call, or a patient's request, may stay in each of its states; the server hands these out so that both ends agree. */
import type { Timings } from '../protocol/wire.ts'

export const standardTimings: Timings = {
  inviteMs: 5_000,
  ringMs: 30_000,
  knockMs: 10_000,
  relinkMs: 5_000,
  connectMs: 15_000,
  rebuildMs: 15_000,
  restartMs: 1_000,
  reconnectMs: 60_000,
  askMs: 5_000,
  unseenMs: 120_000,
  wardMs: 300_000,
  comeNowMs: 120_000,
  minuteMs: 60_000,
  untouchedMs: 15 * 60_000,
  stillMs: 60_000,
  privacyMinuteMs: 60_000,
  astrayMs: 10 * 60_000,
}

/** No timer of the server's is set further ahead: the clock that it waits for may be set meanwhile. */
export const mostWaitMs = 60_000

/** The same proportions, faster or slower: `factor` 0.1 makes a ring last three seconds. For tests and rehearsals. */
export function scaleTimings(timings: Timings, factor: number): Timings {
  const entries = Object.entries(timings).map(([timer, ms]) => [timer, Math.round(ms * factor)])
  return Object.fromEntries(entries) as Timings
}
