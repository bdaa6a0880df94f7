/** The two pictures of a call. What is not certainly live is covered: nobody may take a still for a person (HZ-5). */
import videoOff from 'lucide-static/icons/video-off.svg?raw'
import { useRef } from 'preact/hooks'
import type { CallState, Party } from '../../core/call-state.ts'
import type { Calls } from '../../state/calls.ts'
import { type CoverWord, coverWord, mutedWord, nameOf, stageWords, unpluggedWord } from '../words.ts'
import { Icon } from './icon.tsx'
import { OwnVideo, PeerVideo } from './video.tsx'

const nowhere = () => {}

/** Whether `condition` was ever true here; the stage lives as long as its call. */
function useEver(condition: boolean): boolean {
  const ever = useRef(false)
  ever.current ||= condition
  return ever.current
}

/**
 * Which words cover the peer's picture, or null when it moves. Until the peer has said what it sends, and until its
 * first picture came, nothing is known to be off or stopped: it is waited for.
 */
function useCover(calls: Calls, state: CallState): CoverWord | null {
  const theirs = calls.theirs.value
  const moving = calls.picture.value
  const told = useEver(theirs.camera || theirs.microphone)
  const seen = useEver(moving)
  if (state.type === 'reconnecting') return 'reconnecting'
  if (state.type !== 'live') return 'connecting'
  if (told && !theirs.camera) return 'cameraOff'
  if (theirs.held) return 'held'
  if (moving) return null
  return seen ? 'stopped' : 'waiting'
}

/**
 * `waiting`: it still rings, and only one's own picture shows. The peer's video is there all the same, warm and empty,
 * because making one takes a browser longer than all of *Answer* may.
 */
export function Stage({ calls, peer, waiting }: { calls: Calls; peer: Party; waiting: boolean }) {
  const state = calls.state.value
  const cover = useCover(calls, state)
  const name = nameOf(peer)
  const deaf = state.type === 'live' && calls.theirs.value.camera && !calls.theirs.value.microphone
  return (
    <div class={waiting ? 'stage waiting' : 'stage'}>
      <PeerVideo
        label={stageWords[peer.type === 'bed' ? 'patient' : 'staff']}
        show={calls.seats.value[0]?.showRemote ?? nowhere}
      />
      {cover && !waiting && (
        <p class={`cover ${cover}`} aria-live="polite">
          {coverWord(cover, name)}
        </p>
      )}
      <Notes calls={calls} deaf={deaf ? name : null} />
      <OwnPicture calls={calls} />
    </div>
  )
}

/** What is not as it should be while the call goes on; sound comes first, and is said first. */
function Notes({ calls, deaf }: { calls: Calls; deaf: string | null }) {
  const isWeak = calls.quality.value === 'weak'
  const device = calls.device.value
  return (
    <div class="stage-notes" aria-live="polite">
      {deaf !== null && <p>{mutedWord(deaf)}</p>}
      {isWeak && <p>{stageWords.weak}</p>}
      {device && device.type !== 'arrived' && <p>{unpluggedWord(device)}</p>}
      {calls.inspected.value && calls.mine.value.camera && <p>{stageWords.inspected}</p>}
      {calls.held.value && calls.mine.value.camera && <p>{stageWords.held}</p>}
    </div>
  )
}

/** One's own picture, covered by a sign while the camera is off. */
function OwnPicture({ calls }: { calls: Calls }) {
  return (
    <div class="own">
      <OwnVideo show={calls.showLocal} />
      {!calls.mine.value.camera && (
        <span class="own-off">
          <Icon svg={videoOff} />
        </span>
      )}
    </div>
  )
}
