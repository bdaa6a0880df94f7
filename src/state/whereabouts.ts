/** Whether this tablet may not be at its bed any more: then it shows no names, and it rings only (HZ-14). */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { standardTimings } from '../core/timings.ts'
import type { BedReport } from '../protocol/people.ts'
import type { Welcome } from '../protocol/wire.ts'
import type { Clock } from './ports.ts'

export type Power = BedReport['power']

export type Whereabouts = {
  readonly isAstray: ReadonlySignal<boolean>
  /** What staff type at a station once they have seen it at its bed; null: nothing is asked for. */
  readonly digits: ReadonlySignal<string | null>
}

export type WhereaboutsHolder = Whereabouts & {
  welcomed(welcome: Welcome): void
  /** The server says how it stands. */
  told(digits: string | null): void
  /** It was so when the page was closed. */
  resume(astray: boolean): void
}

/**
 * How long it may be without the server is counted here; whether it was alone so long only the server knows. What stands on
 * its charger was not carried away, and once it is off it counts on until the server has spoken.
 */
export function createWhereabouts(
  clock: Clock,
  isOpen: ReadonlySignal<boolean>,
  power: ReadonlySignal<Power>,
  changed: () => void,
): WhereaboutsHolder {
  let { astrayMs } = standardTimings
  const digits = signal<string | null>(null)
  const isLong = signal(false)
  const isAstray = computed(() => isLong.value || digits.value !== null)
  let stop: (() => void) | null = null

  function count(): void {
    stop ??= clock.after(astrayMs, () => {
      isLong.value = true
      changed()
    })
  }
  effect(() => {
    const isCharged = power.value === 'mains'
    if (isOpen.value) {
      stop?.()
      stop = null
    } else if (!isCharged) count()
  })
  function told(now: string | null): void {
    const before = isAstray.peek()
    digits.value = now
    isLong.value = false
    if (isAstray.peek() !== before) changed()
  }

  return {
    isAstray,
    digits,
    told,
    welcomed({ timings, astray = null }) {
      astrayMs = timings.astrayMs
      told(astray)
    },
    resume(astray) {
      isLong.value = astray
    },
  }
}
