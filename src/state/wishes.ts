/** What this tablet's patient wishes, as far as it holds now: by the ward's clock, less what they chose here. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type AtTheBed, answerPolicyOf, isQuiet, mayKnock } from '../core/answer-policy.ts'
import type { AnswerPolicy } from '../core/call-state.ts'
import type { Wishes } from '../protocol/wishes.ts'
import type { Clock } from './ports.ts'
import { minuteAt } from './wall-minute.ts'

export type PatientWishes = {
  /** As agreed at the admission; null: nobody lies here, or nobody was heard of yet. */
  readonly agreed: Signal<Wishes | null>
  /** IANA name of the ward's clock; null: not heard yet, so this tablet's own. */
  readonly zone: Signal<string | null>
  /** What the patient chose here: as agreed, or a ring whatever was agreed. */
  readonly choice: Signal<AtTheBed['choice']>
  /** Whether there is anything to choose. */
  readonly mayKnock: ReadonlySignal<boolean>
  /** Whether a knock is let in at this hour. */
  readonly knocks: ReadonlySignal<boolean>
  readonly isQuiet: ReadonlySignal<boolean>
  /** By the server's clock, however wrong this tablet's is. */
  welcomed(serverTimeMs: number): void
  /** The next patient has wishes of their own. */
  newStay(): void
  /** Of this very moment. */
  policy(sound: AtTheBed['sound'], stay: number | null): AnswerPolicy
}

const tickMs = 5_000

export function createWishes(clock: Clock): PatientWishes {
  const agreed = signal<Wishes | null>(null)
  const zone = signal<string | null>(null)
  const choice = signal<AtTheBed['choice']>('agreed')
  const serverAheadMs = signal(0)
  const nowMs = signal(clock.nowMs())
  const minute = computed(() => minuteAt(nowMs.value + serverAheadMs.value, zone.value))
  const quiet = computed(() => isQuiet(agreed.value, minute.value))

  function policyAt(at: number, sound: AtTheBed['sound'], stay: number | null): AnswerPolicy {
    return answerPolicyOf({ wishes: agreed.value, choice: choice.value, minute: at, sound, stay })
  }

  function tick(): void {
    nowMs.value = clock.nowMs()
    clock.after(tickMs, tick)
  }
  tick()

  return {
    agreed,
    zone,
    choice,
    mayKnock: computed(() => mayKnock(agreed.value)),
    knocks: computed(() => policyAt(minute.value, 'on', null).knock),
    isQuiet: quiet,
    welcomed(serverTimeMs) {
      nowMs.value = clock.nowMs()
      serverAheadMs.value = serverTimeMs - nowMs.value
    },
    newStay() {
      agreed.value = null
      choice.value = 'agreed'
    },
    policy: (sound, stay) => policyAt(minuteAt(clock.nowMs() + serverAheadMs.value, zone.value), sound, stay),
  }
}
