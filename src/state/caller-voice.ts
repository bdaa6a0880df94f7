/** Says aloud who calls, beside the ring and only as long as it rings: never over whoever has answered. */
import { effect, type ReadonlySignal } from '@preact/signals'
import type { CallState } from '../core/call-state.ts'
import type { Language } from '../core/languages.ts'
import type { Clock, VoicePort } from './ports.ts'

export type CallerVoiceParts = {
  readonly clock: Pick<Clock, 'after'>
  readonly voice: () => Promise<VoicePort>
}

export type Spoken = { readonly text: string; readonly language: Language; readonly volume: number }

/** After the first chime; again for whoever wakes up late, but not within the ten seconds of a knock. */
const firstMs = 1_600
const againMs = 12_000

/** The answer says something, now and again, until the ring is over. */
export function createCallerVoice(
  { clock, voice: fetchVoice }: CallerVoiceParts,
  state: ReadonlySignal<CallState>,
): (spoken: () => Spoken) => void {
  let voice: VoicePort | null = null
  let cancel = () => {}
  // Ahead of the first word: browsers take their time to find their voices. Without it nothing is said.
  fetchVoice().then(
    (fetched) => {
      voice = fetched
    },
    () => {},
  )

  function sayAfter(ms: number, spoken: () => Spoken): void {
    cancel = clock.after(ms, () => {
      const { text, language, volume } = spoken()
      voice?.say(text, language, volume)
      sayAfter(againMs, spoken)
    })
  }

  effect(() => {
    if (isRinging(state.value)) return
    cancel()
    voice?.hush()
  })

  return (spoken) => {
    cancel()
    if (isRinging(state.peek())) sayAfter(firstMs, spoken)
  }
}

function isRinging({ type }: CallState): boolean {
  return type === 'ringing' || type === 'knocking'
}
