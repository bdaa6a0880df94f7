/** Between *Join* and the call: who lets them in, that nothing is on, and the truth when nobody comes. */
import leave from 'lucide-static/icons/log-out.svg?raw'
import type { ComponentChildren } from 'preact'
import type { Guest, Invitation } from '../../state/guest.ts'
import { Button } from '../parts/button.tsx'
import { Devices } from '../parts/devices.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { atRestWord } from '../words.ts'
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
      news={long ? <Long /> : <p>{waitingWords.off}</p>}
    >
      <Devices calls={guest.calls} />
    </Connecting>
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
