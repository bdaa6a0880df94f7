/** Says how this tablet is, so that whoever can help knows before it cannot ring any more (HZ-11). */
import type { ReadonlySignal } from '@preact/signals'
import { isNews } from '../core/tablet-health.ts'
import type { TabletHealth } from '../protocol/tablet-health.ts'
import type { CommonPorts, SeenHealth } from './ports.ts'

export type Awake = TabletHealth['awake']

export type HealthTeller = {
  /** Whoever hears this tablet now has not been told yet. */
  welcomed(): void
}

/** What changes together is told together; a tablet that has just started has other things to do. */
const gatherMs = 2_000
/** Not every browser says when something has changed. */
const lookMs = 30_000
/** [ALIVE-1] So often it is told in any case. */
const tellMs = 10 * 60_000

type Told = { readonly health: TabletHealth; readonly atMs: number }

export function createHealthTeller(
  { clock, socket, health }: Pick<CommonPorts, 'clock' | 'socket' | 'health'>,
  { isOpen, awake }: { readonly isOpen: ReadonlySignal<boolean>; readonly awake: ReadonlySignal<Awake> },
): HealthTeller {
  /** Null: whoever is there has heard nothing yet. */
  let told: Told | null = null
  let stop: (() => void) | null = null
  let isWatching = false
  const granted = new Set<'camera' | 'microphone'>()

  /** What was allowed and is so no more would be asked for in the middle of a ring. */
  function allowed(kind: 'camera' | 'microphone', now: TabletHealth['camera']): TabletHealth['camera'] {
    if (now === 'granted') granted.add(kind)
    return now === 'prompt' && granted.has(kind) ? 'denied' : now
  }

  function healthNow(seen: SeenHealth): TabletHealth {
    return {
      ...seen,
      camera: allowed('camera', seen.camera),
      microphone: allowed('microphone', seen.microphone),
      awake: awake.peek(),
      clockMs: clock.nowMs(),
    }
  }

  async function look(): Promise<void> {
    const port = await health()
    if (!isWatching) port.watch(soon)
    isWatching = true
    tell(healthNow(await port.look()))
  }

  function tell(now: TabletHealth): void {
    if (!isOpen.peek()) return
    const isDue = told === null || clock.upMs() - told.atMs >= tellMs || isNews(told.health, now)
    if (!isDue) return
    told = { health: now, atMs: clock.upMs() }
    socket.send({ type: 'tablet.health', health: now })
  }

  /** Looks in `ms` and then again and again; what failed is tried again then. */
  function lookIn(ms: number): void {
    stop?.()
    stop = clock.after(ms, () => {
      lookIn(lookMs)
      look().catch(() => {})
    })
  }

  let soonAtMs = 0
  /** Something that changes all the time puts off nothing. */
  function soon(): void {
    if (soonAtMs > clock.upMs()) return
    soonAtMs = clock.upMs() + gatherMs
    lookIn(gatherMs)
  }

  awake.subscribe(soon)

  return {
    welcomed() {
      told = null
      soon()
    },
  }
}
