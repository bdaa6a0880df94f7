/** Between *Join* and the call: who lets them in, that nothing is on, and the truth when nobody comes. */
import leave from 'lucide-static/icons/phone-off.svg?raw'
import video from 'lucide-static/icons/video.svg?raw'
import videoOff from 'lucide-static/icons/video-off.svg?raw'
import type { ComponentChildren } from 'preact'
import type { Guest, Invitation } from '../../state/guest.ts'
import { Button } from '../parts/button.tsx'
import { Devices } from '../parts/devices.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { OwnVideo } from '../parts/video.tsx'
import { atRestWord, cameraTrouble } from '../words.ts'
import { guestCallWords, joiningWords, letsInWord, waitingWords } from '../words-join.ts'
import { Page } from './page.tsx'

type ConnectingProps = {
  guest: Guest
  title: string
  /** What is said as it changes. */
  news?: ComponentChildren
  children?: ComponentChildren
}

export function Connecting({ guest, title, news, children }: ConnectingProps) {
  const isLost = guest.connection.value.type === 'lost'
  return (
    <Page guest={guest} title={title}>
      <div class="news" aria-live="polite">
        {news}
        {isLost && <p class="waits">{joiningWords.lost}</p>}
      </div>
      <Tracks tracks={guest.calls.mine.value} word={atRestWord} />
      {children}
      <Button icon={leave} onPress={guest.leave}>
        {guestCallWords.leave}
      </Button>
    </Page>
  )
}

type WaitingProps = { guest: Guest; invitation: Invitation | null; long: boolean }

export function Waiting({ guest, invitation, long }: WaitingProps) {
  return (
    <Connecting
      guest={guest}
      title={letsInWord(invitation, guest.ward.value)}
      news={long ? <Long /> : guest.mirror.value === 'off' && <p>{waitingWords.off}</p>}
    >
      <Mirror guest={guest} />
      <Devices calls={guest.calls} />
    </Connecting>
  )
}

/** One's own picture, for whoever wants to see to it before others do. */
function Mirror({ guest: { calls, mirror, turnMirror } }: { guest: Guest }) {
  const isOn = mirror.value === 'on'
  const failure = calls.cameraFailure.value
  return (
    <>
      {isOn && (
        <div class="own mirror">
          <OwnVideo show={calls.showLocal} />
        </div>
      )}
      {isOn && <p>{failure ? cameraTrouble(failure).said : waitingWords.onlyYou}</p>}
      <Button icon={isOn ? videoOff : video} onPress={() => turnMirror(isOn ? 'off' : 'on')}>
        {isOn ? waitingWords.lookAway : waitingWords.look}
      </Button>
    </>
  )
}

function Long() {
  return (
    <>
      <p class="waits">{waitingWords.long}</p>
      <p>{waitingWords.longTodo}</p>
    </>
  )
}
