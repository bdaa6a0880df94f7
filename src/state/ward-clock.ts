/** The clock that hangs on the ward's walls: the server's time in the ward's zone, however wrong this device's clock is. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { minuteAt } from '../core/minutes.ts'
import type { Clock } from './ports.ts'

export type WardClock = {
  /** IANA name; null: not heard yet, so this device's own. */
  readonly zone: Signal<string | null>
  /** Minutes since midnight, anew every few seconds. */
  readonly minute: ReadonlySignal<number>
  /** The same of this very moment. */
  minuteNow(): number
  welcomed(serverTimeMs: number): void
}

const tickMs = 5_000

export function createWardClock(clock: Clock): WardClock {
  const zone = signal<string | null>(null)
  const serverAheadMs = signal(0)
  const nowMs = signal(clock.nowMs())

  function tick(): void {
    nowMs.value = clock.nowMs()
    clock.after(tickMs, tick)
  }
  tick()

  return {
    zone,
    minute: computed(() => minuteAt(nowMs.value + serverAheadMs.value, zone.value)),
    minuteNow: () => minuteAt(clock.nowMs() + serverAheadMs.peek(), zone.peek()),
    welcomed(serverTimeMs) {
      nowMs.value = clock.nowMs()
      serverAheadMs.value = serverTimeMs - nowMs.value
    },
  }
}
