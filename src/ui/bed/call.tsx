/** The bed in a call: the staff member large, three buttons, and the truth about camera and microphone (HZ-2). */
import microphone from 'lucide-static/icons/mic.svg?raw'
import microphoneOff from 'lucide-static/icons/mic-off.svg?raw'
import hangUp from 'lucide-static/icons/phone-off.svg?raw'
import camera from 'lucide-static/icons/video.svg?raw'
import cameraOff from 'lucide-static/icons/video-off.svg?raw'
import type { Call } from '../../core/call-state.ts'
import type { Bed } from '../../state/bed.ts'
import { Button } from '../parts/button.tsx'
import { PersonName } from '../parts/person.tsx'
import { ShownToMe } from '../parts/sharing.tsx'
import { StillTalking } from '../parts/still.tsx'
import { seatedAt, Table } from '../parts/table.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { Verified } from '../parts/verified.tsx'
import { tracksWord, tracksWords } from '../words.ts'
import { callWords } from '../words-bed.ts'
import { peopleWord } from '../words-table.ts'
import { AskedIn } from './asked-in.tsx'
import { Foot, Place } from './frame.tsx'
import { LouderSofter } from './loudness.tsx'

/** `waiting`: behind the ring, unseen; on *Answer* it only has to be shown. */
export function InCall({ bed, call, waiting }: { bed: Bed; call: Call; waiting: boolean }) {
  return (
    <main class={waiting ? 'screen in-call behind' : 'screen in-call'}>
      <Table calls={bed.calls} waiting={waiting} />
      {!waiting && <ShownToMe calls={bed.calls} size="large" />}
      {!waiting && <Written bed={bed} />}
      {!waiting && <AskedIn bed={bed} call={call} />}
      {!waiting && <Around bed={bed} call={call} />}
    </main>
  )
}

/** What staff wrote for a patient who does not hear: large, over the picture, spoken by a screen reader. */
function Written({ bed }: { bed: Bed }) {
  const text = bed.calls.shown.value
  return (
    <p class="written" aria-live="assertive">
      {text}
    </p>
  )
}

/** Who it is, what can be done, and what every screen of the bed carries. */
function Around({ bed, call }: { bed: Bed; call: Call }) {
  const { calls } = bed
  const seats = seatedAt(calls)
  return (
    <>
      {seats.length > 1 ? (
        <h1 class="unseen">{peopleWord(seats.map(({ peer }) => peer))}</h1>
      ) : (
        <h1 class="plate">
          <PersonName party={call.peer} />
        </h1>
      )}
      <div class="controls">
        <Button kind="primary" icon={hangUp} onPress={calls.hangUp}>
          {tracksWords.end}
        </Button>
        {calls.state.value.type !== 'connecting' && <Switches bed={bed} />}
        <LouderSofter bed={bed} />
        <Tracks tracks={calls.mine.value} word={tracksWord} />
        {seats.length < 2 && <Verified calls={calls} peer={call.peer} />}
      </div>
      <StillTalking calls={calls} />
      <Foot bed={bed}>
        <Place bed={bed} />
      </Foot>
    </>
  )
}

/** The buttons follow the tracks, not the last press. */
function Switches({ bed: { calls } }: { bed: Bed }) {
  const mine = calls.mine.value
  return (
    <>
      <Button icon={mine.camera ? cameraOff : camera} onPress={() => calls.setTrack('camera', !mine.camera)}>
        {mine.camera ? tracksWords.cameraOff : tracksWords.cameraOn}
      </Button>
      <Button
        icon={mine.microphone ? microphoneOff : microphone}
        onPress={() => calls.setTrack('microphone', !mine.microphone)}
      >
        {mine.microphone ? callWords.mute : callWords.unmute}
      </Button>
    </>
  )
}
