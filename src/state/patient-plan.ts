/** What the patient beside this tablet is told of their day: of this stay only, with its age, and over a lost network. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import type { PatientEntry, PatientPlan } from '../protocol/plan-news.ts'
import type { Clock } from './ports.ts'

export type { PatientEntry }

/** `asOfMs`: by the server's clock. */
export type KeptPlan = Pick<PatientPlan, 'entries' | 'zone' | 'asOfMs'>

/** One stay's plan, sealed with a key of that stay alone; without the key it is nothing (HZ-6). */
export type PatientPlanPort = {
  /** Null: nothing is kept for this stay. What is kept for another one is destroyed by the asking. */
  load(stayEpoch: number): Promise<KeptPlan | null>
  save(stayEpoch: number, plan: KeptPlan): Promise<void>
  /** Destroys key and plan. */
  forget(): Promise<void>
}

/**
 * `asOfMs`: since when nothing newer can have come; null while the server would tell at once. `zone`: the ward's, IANA
 * name. `serverAheadMs`: how far the server's clock is ahead of this tablet's; 0 before it was heard.
 */
export type MyPlan = {
  readonly entries: readonly PatientEntry[]
  readonly zone: string
  readonly serverAheadMs: number
  readonly asOfMs: number | null
}

/** `clean`: what was kept of another stay is destroyed by now; `unsure`: the store failed. */
export type Kept = 'clean' | 'unsure'

export type MyPlanHolder = {
  /** Null: nothing is known, and that is not the same as a day without appointments. */
  readonly plan: ReadonlySignal<MyPlan | null>
  /** The stay whose tablet this is, before the server has been heard. */
  resume(stayEpoch: number): Promise<Kept>
  /** Somebody else lies here now. */
  newStay(): Promise<Kept>
  /** `serverNowMs`: what the server's clock says. It tells the plan anew after each welcome. */
  welcomed(serverNowMs: number): void
  received(stayEpoch: number, plan: KeptPlan): void
}

/** Younger than this, it needs no age (HZ-7). */
export const silentAgeMs = 60_000
/** After this long without the server nobody is told anything of it any more, and it is destroyed. */
export const longestAgeMs = 12 * 60 * 60 * 1000
const tickMs = 30_000

/** Of today in the ward, and not over by the server's clock. What was cancelled is said until its time has passed. */
export function entriesAhead({ entries, zone, serverAheadMs }: MyPlan, tabletNowMs: number): PatientEntry[] {
  const nowMs = tabletNowMs + serverAheadMs
  // In Swedish a date is written as in ISO 8601, so that words compare as days do.
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone })
  const today = day.format(nowMs)
  return entries.filter(
    ({ startMs, endMs, kind }) => endMs > nowMs && day.format(startMs) <= today && kind !== 'note',
  )
}

export function createMyPlan(
  store: PatientPlanPort,
  clock: Clock,
  isOpen: ReadonlySignal<boolean>,
): MyPlanHolder {
  const kept = signal<KeptPlan | null>(null)
  const serverAheadMs = signal(0)
  const isFresh = signal(false)
  /** Whether the server said it to this page; what was only kept may be of any age, whatever a wrong clock says. */
  const isHeard = signal(false)
  const nowMs = signal(clock.nowMs())
  let working: Promise<Kept> = Promise.resolve('clean')
  let stays = 0

  /** One after the other, so that what is forgotten stays forgotten. A store that fails keeps nothing. */
  function next(work: () => Promise<void>): Promise<Kept> {
    working = working.then(work).then(
      () => 'clean',
      () => 'unsure',
    )
    return working
  }

  function destroy(): Promise<Kept> {
    kept.value = null
    isHeard.value = false
    return next(() => store.forget())
  }

  function tick(): void {
    nowMs.value = clock.nowMs()
    const plan = kept.peek()
    const isLive = isOpen.peek() && isFresh.peek()
    if (plan && !isLive && nowMs.value + serverAheadMs.peek() - plan.asOfMs > longestAgeMs) void destroy()
    clock.after(tickMs, tick)
  }
  tick()

  return {
    plan: computed(() => {
      const plan = kept.value
      if (!plan) return null
      const ageMs = nowMs.value + serverAheadMs.value - plan.asOfMs
      const isYoung = isHeard.value && ageMs >= 0 && ageMs <= silentAgeMs
      const isCurrent = (isOpen.value && isFresh.value) || isYoung
      const { entries, zone, asOfMs } = plan
      return { entries, zone, serverAheadMs: serverAheadMs.value, asOfMs: isCurrent ? null : asOfMs }
    }),
    resume(stayEpoch) {
      const begun = stays
      return next(async () => {
        const found = await store.load(stayEpoch)
        if (found && stays === begun && kept.peek() === null) kept.value = found
        if (found && clock.nowMs() + serverAheadMs.peek() - found.asOfMs > longestAgeMs) void destroy()
      })
    },
    newStay() {
      stays += 1
      isFresh.value = false
      return destroy()
    },
    welcomed(serverNowMs) {
      serverAheadMs.value = serverNowMs - clock.nowMs()
      isFresh.value = false
    },
    received(stayEpoch, plan) {
      batch(() => {
        kept.value = plan
        isFresh.value = true
        isHeard.value = true
        nowMs.value = clock.nowMs()
        // The server's clock is past what it has just said: a slow welcome made it seem behind.
        serverAheadMs.value = Math.max(serverAheadMs.value, plan.asOfMs - nowMs.value)
      })
      void next(() => store.save(stayEpoch, plan))
    },
  }
}
