/** What is seen of a person in a call. What is not certainly live is covered: nobody may take a still for them (HZ-5). */
import videoOff from 'lucide-static/icons/video-off.svg?raw'
import { useRef } from 'preact/hooks'
import type { Calls, Seat } from '../../state/calls.ts'
import { mutedWord, nameOf, stageWords, unpluggedWord } from '../words.ts'
import type { CoverWord } from '../words-aside.ts'
import { Icon } from './icon.tsx'
import { OwnVideo } from './video.tsx'

/** Whether `condition` was ever true here; a picture lives as long as its call. */
function useEver(condition: boolean): boolean {
  const ever = useRef(false)
  ever.current ||= condition
  return ever.current
}

/**
 * Which words cover a person's picture, or null when it moves. Until they have said what they send, and until their
 * first picture came, nothing is known to be off or stopped: it is waited for.
 */
export function useCover(seat: Seat): CoverWord | null {
  const { type } = seat.state.value
  const theirs = seat.theirs.value
  const moving = seat.picture.value
  const told = useEver(theirs.camera || theirs.microphone)
  const seen = useEver(moving)
  if (type === 'reconnecting') return 'reconnecting'
  if (type !== 'live') return 'connecting'
  if (told && !theirs.camera) return 'cameraOff'
  if (theirs.held) return 'held'
  if (moving) return null
  return seen ? 'stopped' : 'waiting'
}

/** Whether they are seen and not heard. */
export function isMuted({ state, theirs }: Seat): boolean {
  return state.value.type === 'live' && theirs.value.camera && !theirs.value.microphone
}

/** What is not as it should be with the only other person; sound comes first, and is said first. */
export function PeerNotes({ seat }: { seat: Seat }) {
  return (
    <>
      {isMuted(seat) && <p>{mutedWord(nameOf(seat.peer))}</p>}
      {seat.quality.value === 'weak' && <p>{stageWords.weak}</p>}
    </>
  )
}

/** What is not as it should be with this device while the call goes on. */
export function OwnNotes({ calls }: { calls: Calls }) {
  const device = calls.device.value
  return (
    <>
      {device && device.type !== 'arrived' && <p>{unpluggedWord(device)}</p>}
      {calls.inspected.value && calls.mine.value.camera && <p>{stageWords.inspected}</p>}
      {calls.held.value && calls.mine.value.camera && <p>{stageWords.held}</p>}
    </>
  )
}

/** One's own picture, covered by a sign while the camera is off. */
export function OwnPicture({ calls }: { calls: Calls }) {
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
