/** The switchboard's clock: one timer for each call and purpose, started anew when it is already running. */
import type { SwitchboardTimer } from '../core/switchboard-state.ts'

export type Timers = {
  start(callId: string, timer: SwitchboardTimer, ms: number): void
  stop(callId: string, timer: SwitchboardTimer): void
  stopAll(): void
}

export function createTimers(elapsed: (callId: string, timer: SwitchboardTimer) => void): Timers {
  const running = new Map<string, NodeJS.Timeout>()

  function stop(callId: string, timer: SwitchboardTimer): void {
    clearTimeout(running.get(`${timer}:${callId}`))
    running.delete(`${timer}:${callId}`)
  }

  return {
    start(callId, timer, ms) {
      stop(callId, timer)
      const fire = () => {
        running.delete(`${timer}:${callId}`)
        elapsed(callId, timer)
      }
      running.set(`${timer}:${callId}`, setTimeout(fire, ms))
    },
    stop,
    stopAll() {
      for (const timeout of running.values()) clearTimeout(timeout)
      running.clear()
    },
  }
}
