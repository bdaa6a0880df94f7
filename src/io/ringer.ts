/** The sounds of a call, made here so that nothing has to be loaded before a bed can ring. */
import type { SoundPort } from '../state/ports.ts'

/** A strike of a bell or of a knuckle: pitch in hertz, start and length in seconds, loudness 0…1. */
type Strike = { readonly hz: number; readonly at: number; readonly lasts: number; readonly loud: number }
type Pattern = { readonly strikes: readonly Strike[]; readonly everyMs: number | null }

const ring: Pattern = {
  strikes: [
    { hz: 659, at: 0, lasts: 1.1, loud: 0.5 },
    { hz: 880, at: 0.22, lasts: 1.4, loud: 0.5 },
    { hz: 1318, at: 0.22, lasts: 0.9, loud: 0.12 },
  ],
  everyMs: 2_400,
}
const knock: Pattern = {
  strikes: [
    { hz: 180, at: 0, lasts: 0.12, loud: 0.9 },
    { hz: 180, at: 0.28, lasts: 0.12, loud: 0.9 },
    { hz: 180, at: 0.56, lasts: 0.12, loud: 0.9 },
    { hz: 523, at: 1, lasts: 1.2, loud: 0.3 },
  ],
  everyMs: 3_200,
}
const ringback: Pattern = { strikes: [{ hz: 425, at: 0, lasts: 0.9, loud: 0.06 }], everyMs: 3_000 }
const patterns = { ring, knock, ringback }

export function createRinger(): SoundPort {
  let context: AudioContext | null = null
  let gain = 1
  let again: ReturnType<typeof setInterval> | undefined

  function audio(): AudioContext {
    context ??= new AudioContext()
    return context
  }

  function strike({ hz, at, lasts, loud }: Strike): void {
    const ctx = audio()
    const start = ctx.currentTime + at
    const tone = new OscillatorNode(ctx, { frequency: hz, type: 'sine' })
    const level = new GainNode(ctx, { gain: 0 })
    level.gain.linearRampToValueAtTime(Math.min(1, loud * gain), start + 0.01)
    level.gain.exponentialRampToValueAtTime(0.001, start + lasts)
    tone.connect(level).connect(ctx.destination)
    tone.start(start)
    tone.stop(start + lasts)
  }

  function sound(pattern: Pattern): void {
    for (const one of pattern.strikes) strike(one)
  }

  return {
    play(name) {
      clearInterval(again)
      if (name === 'none') return
      const pattern = patterns[name]
      void audio().resume()
      sound(pattern)
      if (pattern.everyMs !== null) again = setInterval(() => sound(pattern), pattern.everyMs)
    },
    setGain(wanted) {
      gain = wanted
    },
    arm: () => void audio().resume(),
    listen(heard) {
      const ctx = audio()
      const tell = () => heard(ctx.state === 'running' ? 'on' : 'blocked')
      ctx.onstatechange = tell
      tell()
    },
  }
}
