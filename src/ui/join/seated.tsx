/** In the call: everybody at the table, who they are, and the truth about one's own camera and microphone (HZ-2). */
import microphone from 'lucide-static/icons/mic.svg?raw'
import microphoneOff from 'lucide-static/icons/mic-off.svg?raw'
import hangUp from 'lucide-static/icons/phone-off.svg?raw'
import camera from 'lucide-static/icons/video.svg?raw'
import cameraOff from 'lucide-static/icons/video-off.svg?raw'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Calls } from '../../state/calls.ts'
import type { Guest } from '../../state/guest.ts'
import { Button } from '../parts/button.tsx'
import { Devices } from '../parts/devices.tsx'
import { PersonName } from '../parts/person.tsx'
import { ShownToMe } from '../parts/sharing.tsx'
import { StillTalking } from '../parts/still.tsx'
import { Table } from '../parts/table.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { Verified } from '../parts/verified.tsx'
import { nameOf, roleOf, tracksWord, tracksWords } from '../words.ts'
import { guestCallWords } from '../words-join.ts'

type SeatedProps = {
  guest: Pick<Guest, 'calls' | 'connection' | 'leave' | 'me'>
  /** What is asked beside the call. */
  children?: ComponentChildren
}

export function Seated({ guest, children }: SeatedProps) {
  const { calls } = guest
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <main class="screen in-call">
      <h1 class="unseen" ref={heading} tabIndex={-1}>
        {guestCallWords.title}
      </h1>
      <ShownToMe calls={calls} size="usual" />
      <Table calls={calls} waiting={false} />
      {children}
      <div class="news" aria-live="polite">
        {guest.connection.value.type === 'lost' && <p class="waits">{guestCallWords.lost}</p>}
      </div>
      <div class="controls">
        <Button kind="primary" icon={hangUp} onPress={guest.leave}>
          {guestCallWords.leave}
        </Button>
        <Switches calls={calls} />
      </div>
      <Tracks tracks={calls.mine.value} word={tracksWord} />
      <People guest={guest} />
      <Devices calls={calls} />
      <StillTalking calls={calls} emergency="untold" />
    </main>
  )
}

/** The buttons follow the tracks, not the last press. */
function Switches({ calls }: { calls: Calls }) {
  const mine = calls.mine.value
  return (
    <>
      <Button
        icon={mine.microphone ? microphoneOff : microphone}
        onPress={() => calls.setTrack('microphone', !mine.microphone)}
      >
        {mine.microphone ? guestCallWords.mute : guestCallWords.unmute}
      </Button>
      <Button icon={mine.camera ? cameraOff : camera} onPress={() => calls.setTrack('camera', !mine.camera)}>
        {mine.camera ? tracksWords.cameraOff : tracksWords.cameraOn}
      </Button>
    </>
  )
}

/** Whom one speaks with, each with what vouches for them (HZ-10), and as whom one is there oneself. */
function People({ guest: { calls, me } }: Pick<SeatedProps, 'guest'>) {
  const own = me.value
  return (
    <section aria-labelledby="people">
      <h2 id="people">{guestCallWords.people}</h2>
      <ul class="people">
        {calls.seats.value.map((seat) => (
          <li key={seat.callId}>
            <PersonName party={seat.peer} />
            <Verified calls={seat} peer={seat.peer} />
          </li>
        ))}
        {own && <li>{guestCallWords.you({ name: nameOf(own), role: roleOf(own) })}</li>}
      </ul>
    </section>
  )
}
