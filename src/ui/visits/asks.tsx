/** Above the board, while it sounds: who waits for this person, and that they know it. */
import '../requests.css'
import '../visits.css'
import icon from 'lucide-static/icons/door-open.svg?raw'
import known from 'lucide-static/icons/eye.svg?raw'
import type { Station } from '../../state/station.ts'
import { waitersOf } from '../../state/visit-rows.ts'
import type { VisitView } from '../../state/visits.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useNow } from '../parts/now.ts'
import { visitStateWord, visitWords } from '../words-visits.ts'
import { Failed, useAct } from './act.tsx'
import { aheadMs, shown, visitsOf } from './desk.ts'

export function Asks({ station }: { station: Station }) {
  const desk = visitsOf(station)
  const isCalling = desk.alarm.value !== 'none'
  const waiting = isCalling ? mineOf(desk.now.value?.visits ?? [], station.me.value?.staffId) : []
  const names = waiting.map(({ name }) => visitWords.asks({ name })).join('. ')
  return (
    <>
      <p class="unseen" aria-live="polite">
        {names}
      </p>
      {waiting.length > 0 && !station.lock.locked.value && <Calling station={station} waiting={waiting} />}
    </>
  )
}

/** Whom this person is to see, or anybody of the ward. */
function mineOf(visits: readonly VisitView[], me: string | undefined): VisitView[] {
  return waitersOf(visits).filter(
    ({ staff }) => staff.length === 0 || (me !== undefined && staff.includes(me)),
  )
}

function Calling({ station, waiting }: { station: Station; waiting: readonly VisitView[] }) {
  const nowMs = useNow(10_000) + aheadMs(station)
  const { act, failure, isBusy } = useAct()
  const desk = visitsOf(station)
  return (
    <section class="requests visit-asks" aria-label={visitWords.waiting}>
      <ul aria-label={visitWords.waiting}>
        {waiting.map((visit) => (
          <li key={visit.visitId} class="alarm-first">
            <span class="request-reason">
              <Icon svg={icon} />
              <span>{visitWords.asks({ name: visit.name })}</span>
            </span>
            <span class="request-age">{visitStateWord(visit, nowMs)}</span>
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button kind="primary" icon={icon} onPress={() => (shown.value = { type: 'list' })}>
          {visitWords.open}
        </Button>
        <Button icon={known} disabled={isBusy} onPress={() => void act(desk.seen)}>
          {visitWords.know}
        </Button>
      </div>
      <Failed failure={failure} />
    </section>
  )
}
