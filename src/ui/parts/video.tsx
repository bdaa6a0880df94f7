/** A `<video>` that hands itself to a command of state; io fills it. Streams never pass through here. */

import { stageWords } from '../words.ts'

type VideoProps = {
  label: string
  /** Where at a table of several; empty: there is nobody else. */
  place: string
  /** A stable function: called with the element, and with null when it goes. */
  show: (video: HTMLVideoElement | null) => void
}

export function PeerVideo({ label, place, show }: VideoProps) {
  // biome-ignore lint/a11y/useMediaCaption: a live picture of a person has no captions.
  return <video class={`peer-video${place}`} ref={show} aria-label={label} autoplay playsInline />
}

/** One's own picture: mirrored as people know themselves, and silent. */
export function OwnVideo({ show }: Pick<VideoProps, 'show'>) {
  return <video class="own-video" ref={show} aria-label={stageWords.own} autoplay playsInline muted />
}
