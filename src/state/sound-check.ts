/** Whether a call is heard at this bed: played once when staff ask for it, and as loud as the patient then wants it. */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Clock, SoundPort } from './ports.ts'

export type SoundCheck = {
  /** Whether the tablet asks now. */
  readonly isAsking: ReadonlySignal<boolean>
  play(): void
  /** Plays it and asks nobody: whoever tries the tablet stands before it. */
  ring(): void
  heard(how: 'well' | 'louder'): void
}

/** Longer than the chime, shorter than the pause after which it would come again. */
const onceMs = 2_000
/** Nobody answers: whoever was there has gone. */
const askedMs = 60_000

export type SoundCheckParts = {
  readonly clock: Pick<Clock, 'after'>
  readonly sound: Pick<SoundPort, 'play'>
  readonly louder: () => void
  /** A call that goes on is neither drowned nor cut. */
  readonly isFree: () => boolean
}

export function createSoundCheck({ clock, sound, louder, isFree }: SoundCheckParts): SoundCheck {
  const isAsking = signal(false)
  let cancel = () => {}

  function ring(): void {
    if (!isFree()) return
    sound.play('ring')
    clock.after(onceMs, () => {
      if (isFree()) sound.play('none')
    })
  }

  function once(): void {
    ring()
    cancel()
    cancel = clock.after(askedMs, () => {
      isAsking.value = false
    })
  }

  return {
    isAsking,
    ring,
    play() {
      if (!isFree()) return
      isAsking.value = true
      once()
    },
    heard(how) {
      if (how === 'well') isAsking.value = false
      else {
        louder()
        once()
      }
    },
  }
}
