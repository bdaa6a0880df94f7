/** What family see beside the call itself: whether they may ring, the ring, and how it ended. */
import bell from 'lucide-static/icons/bell-ring.svg?raw'
import stop from 'lucide-static/icons/phone-off.svg?raw'
import type { FamilyEnd, FamilyPage, FamilyVisit } from '../../state/family.ts'
import type { CameraFailure } from '../../state/ports.ts'
import { Page } from '../join/page.tsx'
import { Button } from '../parts/button.tsx'
import { Steps } from '../parts/steps.tsx'
import { Tracks } from '../parts/tracks.tsx'
import { OwnVideo } from '../parts/video.tsx'
import { atRestWord, cameraTrouble, refusals, tracksWord } from '../words.ts'
import {
  afterWords,
  endWords,
  hoursWord,
  openWords,
  pageWords,
  restingWords,
  ringingWords,
  ringsAsWord,
  ringTrouble,
} from '../words-family.ts'

type Of<T extends FamilyPage['type'], K extends string> = Extract<
  FamilyPage,
  { type: T } & Record<K, unknown>
>

export function Looking({
  visit,
  problem,
}: {
  visit: FamilyVisit
  problem: Of<'looking', 'problem'>['problem']
}) {
  if (problem === null) return <Page guest={visit} title={pageWords.looking} />
  const { said, todo } = refusals[problem]
  return (
    <Page guest={visit} title={said}>
      <p>{todo}</p>
      <Button kind="primary" onPress={visit.lookAgain}>
        {pageWords.again}
      </Button>
    </Page>
  )
}

/** [FAMILY-3] The same whatever the reason is. */
export function Resting({ visit, hours }: { visit: FamilyVisit; hours: Of<'resting', 'hours'>['hours'] }) {
  return (
    <Page guest={visit} title={restingWords.title}>
      <p class="hours">{hoursWord(hours)}</p>
      <p>{restingWords.stay}</p>
      <Button onPress={visit.lookAgain}>{restingWords.look}</Button>
    </Page>
  )
}

export function Open({ visit, problem }: { visit: FamilyVisit; problem: Of<'open', 'problem'>['problem'] }) {
  return (
    <Page guest={visit} title={openWords.title}>
      <p>{ringsAsWord(visit)}</p>
      {problem ? <Steps trouble={ringTrouble(problem)} /> : <p>{openWords.before}</p>}
      <Button kind="go" icon={bell} onPress={() => void visit.ring()}>
        {openWords.ring}
      </Button>
    </Page>
  )
}

/** One's own picture, which is seen once they answer. */
export function Ringing({ visit }: { visit: FamilyVisit }) {
  const isLost = visit.connection.value.type === 'lost'
  return (
    <Page guest={visit} title={ringingWords.title}>
      <div class="news" aria-live="polite">
        {isLost ? <p class="waits">{ringingWords.lost}</p> : <p>{ringingWords.todo}</p>}
      </div>
      {visit.calls.mine.value.camera && (
        <div class="own mirror">
          <OwnVideo show={visit.calls.showLocal} />
        </div>
      )}
      <Tracks tracks={visit.calls.mine.value} word={tracksWord} />
      <Button icon={stop} onPress={visit.leave}>
        {ringingWords.stop}
      </Button>
    </Page>
  )
}

export function Over({
  visit,
  why,
  camera,
}: {
  visit: FamilyVisit
  why: FamilyEnd
  camera: CameraFailure | null
}) {
  const { said, todo } = endWords[why]
  return (
    <Page guest={visit} title={said}>
      {camera && <p>{cameraTrouble(camera).said}</p>}
      <p>{todo}</p>
      <Tracks tracks={visit.calls.mine.value} word={atRestWord} />
      <Button onPress={visit.lookAgain}>{afterWords.again}</Button>
    </Page>
  )
}
