/** How loud this tablet is: chosen by its patient, heard at once, kept for the stay. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import {
  type Loudness,
  louder,
  loudnesses,
  quietGain,
  ringGain,
  softer,
  usualLoudness,
  voiceVolume,
} from '../core/loudness.ts'
import type { MediaPort, SoundPort } from './ports.ts'

export type Level = {
  readonly step: Loudness
  readonly steps: number
  readonly isSoftest: boolean
  readonly isLoudest: boolean
}

export type LoudnessChoice = {
  readonly level: ReadonlySignal<Level>
  louder(): void
  softer(): void
  /** What was kept; null: as usual, as for everybody who comes to lie here. */
  use(kept: Loudness | null): void
}

export function createLoudness(
  { sound, media }: { readonly sound: SoundPort; readonly media: MediaPort },
  isQuiet: ReadonlySignal<boolean>,
  changed: () => void,
): LoudnessChoice {
  const chosen = signal<Loudness>(usualLoudness)

  function set(next: Loudness): void {
    chosen.value = next
    media.setVolume(voiceVolume(next))
  }

  function choose(next: Loudness): void {
    set(next)
    changed()
  }

  effect(() => sound.setGain(isQuiet.value ? quietGain : ringGain(chosen.value)))
  set(usualLoudness)
  return {
    level: computed(() => {
      const step = chosen.value
      const isLoudest = louder(step) === step
      return { step, steps: loudnesses.length, isSoftest: softer(step) === step, isLoudest }
    }),
    louder: () => choose(louder(chosen.peek())),
    softer: () => choose(softer(chosen.peek())),
    use: (kept) => set(kept ?? usualLoudness),
  }
}
