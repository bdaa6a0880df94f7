/** The waiting room: who is before one, how late it is, what staff say, and that nothing is on (HZ-2). */
import leaveIcon from 'lucide-static/icons/log-out.svg?raw'
import testIcon from 'lucide-static/icons/settings-2.svg?raw'
import lostIcon from 'lucide-static/icons/wifi-off.svg?raw'
import { useEffect } from 'preact/hooks'
import { checkInMs } from '../../core/visit.ts'
import type { OutpatientVisit, VisitYours } from '../../state/visit.ts'
import { Page } from '../join/page.tsx'
import { Banner } from '../parts/banner.tsx'
import { Button } from '../parts/button.tsx'
import { useNow } from '../parts/now.ts'
import { Tracks } from '../parts/tracks.tsx'
import { atRestWord } from '../words.ts'
import {
  againUntil,
  beforeWord,
  dayIn,
  lastWord,
  lateMinutes,
  noteWord,
  roomWords,
  timeIn,
} from '../words-visit.ts'
import { callPart } from './later.ts'
import { Phone } from './phone.tsx'

/** Often enough for a clock of minutes. */
const lookEveryMs = 15_000

export function Waiting({ visit }: { visit: OutpatientVisit }) {
  const yours = visit.yours.value
  useEffect(() => callPart.fetch(), [])
  if (!yours) return <Page guest={visit} title={roomWords.joining} />
  const isLost = visit.connection.value.type === 'lost'
  return (
    <Page guest={visit} title={titleOf(yours)}>
      {isLost && (
        <Banner tone="waits" icon={lostIcon}>
          {roomWords.lost}
        </Banner>
      )}
      <div class="visit-place" aria-live="polite">
        <Place visit={visit} yours={yours} />
      </div>
      <Notes visit={visit} yours={yours} />
      {yours.state !== 'ahead' && <p>{roomWords.keep}</p>}
      <p class="visit-said" role="status">
        {visit.sound.value === 'blocked' && roomWords.silent}
      </p>
      <Tracks tracks={visit.calls.mine.value} word={atRestWord} />
      <Button icon={testIcon} onPress={visit.openTest}>
        {roomWords.test}
      </Button>
      <Phone phone={yours.phone} />
      <Button icon={leaveIcon} onPress={visit.leave}>
        {roomWords.leave}
      </Button>
    </Page>
  )
}

function titleOf({ state, startMs, zone }: VisitYours): string {
  if (state === 'ahead')
    return roomWords.aheadTitle({ day: dayIn(startMs, zone), time: timeIn(startMs, zone) })
  if (state === 'again') return roomWords.againTitle
  return state === 'called' ? roomWords.calledTitle : roomWords.checkedIn
}

type PlaceProps = { visit: OutpatientVisit; yours: VisitYours }

/** Where one is, as long as it is known: of an answer that is old it is the last that was told. */
export function Place({ visit, yours }: PlaceProps) {
  const nowMs = useNow(lookEveryMs) + visit.aheadMs.value
  const { state, startMs, zone } = yours
  const last = lastWord(visit.last.value)
  const until = againUntil(yours, nowMs)
  const late = lateMinutes(startMs, nowMs)
  return (
    <>
      {last && <p class="visit-said">{last}</p>}
      {state === 'ahead' && <p>{roomWords.aheadTodo({ time: timeIn(startMs - checkInMs, zone) })}</p>}
      {state === 'again' && <p class="visit-before">{roomWords.againTodo}</p>}
      {state === 'again' && until && <p>{until}</p>}
      {state === 'waiting' && <p class="visit-before">{beforeWord(yours)}</p>}
      {state === 'waiting' && <p>{roomWords.yourTime({ time: timeIn(startMs, zone) })}</p>}
      {state === 'waiting' && late > 0 && <p class="visit-said">{roomWords.late({ count: late })}</p>}
    </>
  )
}

/** What staff said, the newest first. */
function Notes({ yours }: Pick<PlaceProps, 'visit' | 'yours'>) {
  return (
    <ul class="visit-notes" aria-live="polite">
      {yours.notes.toReversed().map((note) => (
        <li key={note.noteId}>
          {noteWord(note)} <span class="aside">{timeIn(note.atMs, yours.zone)}</span>
        </li>
      ))}
    </ul>
  )
}

/** Not waiting here any more, by one's own wish or because another window has it. */
export function Away({ visit, why }: { visit: OutpatientVisit; why: 'left' | 'elsewhere' }) {
  const isLeft = why === 'left'
  return (
    <Page guest={visit} title={isLeft ? roomWords.leftTitle : roomWords.elsewhereTitle}>
      {isLeft && <p>{roomWords.leftTodo}</p>}
      <Tracks tracks={visit.calls.mine.value} word={atRestWord} />
      <Button kind="primary" onPress={visit.comeBack}>
        {isLeft ? roomWords.comeBack : roomWords.useHere}
      </Button>
      <Phone phone={visit.phone()} />
    </Page>
  )
}
