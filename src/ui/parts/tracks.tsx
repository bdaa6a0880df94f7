/** What leaves this device now, as its own tracks tell it, never as somebody intended (HZ-2). */
import type { Tracks as TracksState } from '../../state/ports.ts'

export function Tracks({ tracks, word }: { tracks: TracksState; word: (tracks: TracksState) => string }) {
  const on = tracks.camera || tracks.microphone
  return (
    <p class={`tracks ${on ? 'on' : 'off'}`} aria-live="polite">
      <span class="dot" aria-hidden="true" />
      <span>{word(tracks)}</span>
    </p>
  )
}
