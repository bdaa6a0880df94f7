/** The end of a call on the bed: one sentence, and that nothing is on. It goes by itself. */
import type { CallState } from '../../core/call-state.ts'
import type { Bed } from '../../state/bed.ts'
import { Avatar } from '../parts/person.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { appWords, atRestWord } from '../words.ts'
import { callBackWords, cameraEndings, doubtWord, endingForPatient, isUnheard } from '../words-aside.ts'
import { CallBack } from './call-back.tsx'
import { Frame, Top } from './frame.tsx'

export function Ended({ bed, ended }: { bed: Bed; ended: Extract<CallState, { type: 'ended' }> }) {
  const failure = bed.calls.cameraFailure.value
  const doubt = ended.reason === 'verification-failed' ? bed.calls.doubt.value : null
  return (
    <Frame bed={bed} class="ended">
      <Top bed={bed} />
      <div class="middle">
        <Avatar party={ended.peer} />
        <output class="ending">{endingForPatient(ended)}</output>
        {doubt && <p class="lead">{appWords.forStaff({ text: doubtWord(doubt, 'tablet') })}</p>}
        {failure && <p class="lead">{cameraEndings[failure]}</p>}
        {isUnheard(ended) && <p class="lead">{callBackWords.instead}</p>}
        <Tracks tracks={bed.calls.mine.value} word={atRestWord} />
        <CallBack bed={bed} />
      </div>
    </Frame>
  )
}
