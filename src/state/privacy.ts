/** Privacy at the bed: draws the curtain, counts it down without the server, and keeps it over a reload (HZ-2, HZ-3). */
import { type ReadonlySignal, signal } from '@preact/signals'
import {
  type Curtain,
  curtainAt,
  drawn,
  isDrawn,
  type KeptCurtain,
  keptOf,
  leftOf,
  moreMinutes,
  openCurtain,
  type PrivacyMinutes,
  resumed,
  settled,
  soonMinutes,
  touchedCurtain,
} from '../core/privacy.ts'
import type { Clock } from './ports.ts'

export type { PrivacyMinutes }

/** `untilMs`: as this device's own clock will show it. `soon`: *15 more* is offered. */
export type DrawnCurtain = { readonly untilMs: number; readonly soon: boolean }

export type Privacy = {
  /** Null: the curtain is open. */
  readonly shown: ReadonlySignal<DrawnCurtain | null>
  /** When it will be over by the server's clock; null: it is open, or the server was never heard. */
  readonly untilServerMs: ReadonlySignal<number | null>
  /** Whether a knock may knock, as far as privacy is concerned. */
  readonly knocks: ReadonlySignal<boolean>
  isDrawn(): boolean
  draw(minutes: PrivacyMinutes): void
  more(): void
  /** At the patient's own touch. */
  end(): void
  touched(): void
  /** Somebody else lies here now. */
  newStay(): void
  resume(kept: KeptCurtain | null): void
  welcomed(serverNowMs: number): void
  kept(): KeptCurtain | null
}

/** How much of its time a tablet that loses its power may forget at most. */
const keepEveryMs = 10_000
/** A smaller difference is the noise of two clocks; the shown time must not flicker for it. */
const noiseMs = 1_500

/** `minuteMs` is asked at each press; `changed` is told whatever is worth keeping. */
export function createPrivacy(clock: Clock, minuteMs: () => number, changed: () => void): Privacy {
  let curtain: Curtain = openCurtain
  /** From the page before, until the server says how long ago that was. */
  let earlierUntilMs: number | null = null
  let serverAheadMs: number | null = null
  let stop = () => {}
  const shown = signal<DrawnCurtain | null>(null)
  const untilServerMs = signal<number | null>(null)
  const knocks = signal(true)

  function set(next: Curtain): void {
    curtain = curtainAt(next, clock.upMs())
    show()
    wait()
    changed()
  }

  function show(): void {
    const leftMs = leftOf(curtain, clock.upMs())
    const kept = keptOf(curtain, clock.upMs(), serverAheadMs)
    untilServerMs.value = kept?.type === 'drawn' ? (kept.untilServerMs ?? earlierUntilMs) : null
    knocks.value = curtain.type === 'open'
    if (leftMs === 0) {
      shown.value = null
      return
    }
    const untilMs = clock.nowMs() + leftMs
    const before = shown.peek()?.untilMs ?? 0
    const soon = leftMs <= soonMinutes * minuteMs()
    shown.value = { untilMs: Math.abs(before - untilMs) < noiseMs ? before : untilMs, soon }
  }

  /** Until something changes by itself: it is nearly over, it is over, or it is to be kept anew. */
  function wait(): void {
    stop()
    const leftMs = leftOf(curtain, clock.upMs())
    if (leftMs === 0) return
    const toSoonMs = leftMs - soonMinutes * minuteMs()
    const waits = [leftMs, toSoonMs, keepEveryMs].filter((ms) => ms > 0)
    stop = clock.after(Math.min(...waits), () => set(curtain))
  }

  return {
    shown,
    untilServerMs,
    knocks,
    isDrawn: () => isDrawn(curtain, clock.upMs()),
    draw: (minutes) => set(drawn(openCurtain, minutes * minuteMs(), clock.upMs())),
    more: () => set(drawn(curtain, moreMinutes * minuteMs(), clock.upMs())),
    end: () => set(openCurtain),
    touched() {
      if (curtain.type === 'returning') set(touchedCurtain(curtain))
    },
    newStay() {
      earlierUntilMs = null
      set(openCurtain)
    },
    resume(kept) {
      if (kept === null || curtain.type !== 'open') return
      earlierUntilMs = kept.type === 'drawn' ? kept.untilServerMs : null
      set(resumed(kept, clock.upMs()))
    },
    welcomed(serverNowMs) {
      serverAheadMs = serverNowMs - clock.upMs()
      const before = curtain
      if (earlierUntilMs !== null) curtain = settled(curtain, earlierUntilMs, serverAheadMs)
      earlierUntilMs = null
      if (before.type !== 'open') set(curtain)
    },
    kept: () => keptOf(curtain, clock.upMs(), serverAheadMs),
  }
}
