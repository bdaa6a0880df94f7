/** The sounds of a call, made here so that nothing has to be loaded before a bed can ring. */
import type { AlertSound, SoundPort } from '../state/ports.ts'

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

/** A patient's request: none of them like a ring; the more urgent, the closer the strikes (HZ-4). */
const alerts: Record<Exclude<AlertSound, 'none'>, Pattern & { readonly everyMs: number }> = {
  request: {
    strikes: [
      { hz: 988, at: 0, lasts: 0.25, loud: 0.35 },
      { hz: 784, at: 0.28, lasts: 0.5, loud: 0.35 },
    ],
    everyMs: 4_000,
  },
  'request-again': {
    strikes: [0, 0.3, 0.6].map((at) => ({ hz: 988, at, lasts: 0.25, loud: 0.5 })),
    everyMs: 3_000,
  },
  'request-ward': {
    strikes: [0, 0.2, 0.4, 0.6, 0.8].map((at, index) => ({
      hz: index % 2 === 0 ? 1175 : 880,
      at,
      lasts: 0.18,
      loud: 0.6,
    })),
    everyMs: 2_000,
  },
}

export function createRinger(): SoundPort {
  let context: AudioContext | null = null
  let gain = 1
  let again: ReturnType<typeof setInterval> | undefined
  let alerting: ReturnType<typeof setInterval> | undefined

  function audio(): AudioContext {
    context ??= new AudioContext()
    return context
  }

  function strike({ hz, at, lasts, loud }: Strike): OscillatorNode {
    const ctx = audio()
    const start = ctx.currentTime + at
    const tone = new OscillatorNode(ctx, { frequency: hz, type: 'sine' })
    const level = new GainNode(ctx, { gain: 0 })
    level.gain.linearRampToValueAtTime(Math.min(1, loud * gain), start + 0.01)
    level.gain.exponentialRampToValueAtTime(0.001, start + lasts)
    tone.connect(level).connect(ctx.destination)
    tone.start(start)
    tone.stop(start + lasts)
    return tone
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
    alert(name, sounded) {
      clearInterval(alerting)
      if (name === 'none') return
      const { strikes, everyMs } = alerts[name]
      const once = () => {
        // In a silent context strikes would wait, and all be heard at once.
        if (audio().state !== 'running') return
        const [first] = strikes.map(strike)
        // A context that plays nothing comes to no end: only what was played is said to be heard.
        if (first) first.onended = sounded
      }
      once()
      alerting = setInterval(once, everyMs)
    },
    setGain(chosen) {
      gain = chosen
    },
    arm: () => void audio().resume(),
    listen(heard) {
      const ctx = audio()
      let wasOn = false
      const tell = () => {
        const isOn = ctx.state === 'running'
        heard(isOn ? 'on' : 'blocked')
        // A call of the device's own, or another app, took the sound: it is taken back as soon as the browser gives it.
        if (wasOn && !isOn) void ctx.resume().catch(() => {})
        wasOn ||= isOn
      }
      ctx.onstatechange = tell
      // Safari gives it back to a page that is seen again, and says nothing.
      document.addEventListener('visibilitychange', tell)
      tell()
    },
  }
}
