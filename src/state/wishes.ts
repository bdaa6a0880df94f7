/** What this tablet's patient wishes, as far as it holds now: by the ward's clock, less what they chose here. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type AtTheBed, answerPolicyOf, isQuiet, mayKnock } from '../core/answer-policy.ts'
import type { AnswerPolicy } from '../core/call-state.ts'
import type { Wishes } from '../protocol/wishes.ts'
import type { Clock } from './ports.ts'
import { createWardClock } from './ward-clock.ts'

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
  /** The server's clock, in milliseconds since 1970, however wrong this tablet's is. */
  readonly wallMs: ReadonlySignal<number>
  welcomed(serverTimeMs: number): void
  /** The next patient has wishes of their own. */
  newStay(): void
  /** Of this very moment. */
  policy(sound: AtTheBed['sound'], stay: number | null): AnswerPolicy
}

export function createWishes(clock: Clock): PatientWishes {
  const agreed = signal<Wishes | null>(null)
  const choice = signal<AtTheBed['choice']>('agreed')
  const { zone, minute, minuteNow, wallMs, welcomed } = createWardClock(clock)

  function policyAt(at: number, sound: AtTheBed['sound'], stay: number | null): AnswerPolicy {
    return answerPolicyOf({ wishes: agreed.value, choice: choice.value, minute: at, sound, stay })
  }

  return {
    agreed,
    zone,
    choice,
    mayKnock: computed(() => mayKnock(agreed.value)),
    knocks: computed(() => policyAt(minute.value, 'on', null).knock),
    isQuiet: computed(() => isQuiet(agreed.value, minute.value)),
    wallMs,
    welcomed,
    newStay() {
      agreed.value = null
      choice.value = 'agreed'
    },
    policy: (sound, stay) => policyAt(minuteNow(), sound, stay),
  }
}
