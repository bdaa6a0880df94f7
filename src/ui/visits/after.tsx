/** After a call with whoever has a visit: it is over, or they may come back; and the next appointment in two taps. */
import '../visits.css'
import calendar from 'lucide-static/icons/calendar-plus.svg?raw'
import again from 'lucide-static/icons/phone.svg?raw'
import { useRef, useState } from 'preact/hooks'
import type { Station } from '../../state/station.ts'
import type { VisitView } from '../../state/visits.ts'
import { Button } from '../parts/button.tsx'
import { planDesk } from '../station/plan-part.tsx'
import { afterWords, mayBackWord } from '../words-visits.ts'
import { Failed, useAct } from './act.tsx'
import { aheadMs, shown, visitsOf } from './desk.ts'

export function AfterVisit({ station, visitId }: { station: Station; visitId: string }) {
  const stands = visitsOf(station).now.value?.visits.find((one) => one.visitId === visitId)
  // One that is over leaves the list, and still has a next appointment.
  const last = useRef<VisitView | null>(null)
  if (stands) last.current = stands
  return last.current && <Outcome station={station} visit={last.current} isThere={stands !== undefined} />
}

type OutcomeProps = { station: Station; visit: VisitView; isThere: boolean }

function Outcome({ station, visit, isThere }: OutcomeProps) {
  const { act, failure, isBusy } = useAct()
  const [chosen, setChosen] = useState<'nothing' | 'over' | 'back'>('nothing')
  const [endedMs] = useState(() => station.clock.nowMs() + aheadMs(station))
  const { visitId } = visit
  const end = () =>
    void act(() => visitsOf(station).end(visitId, 'done')).then((isDone) => isDone && setChosen('over'))
  return (
    <fieldset class="outcome">
      <legend>{afterWords.title}</legend>
      <Button
        kind={chosen === 'nothing' ? 'primary' : 'plain'}
        pressed={chosen === 'over'}
        disabled={isBusy || chosen === 'over'}
        onPress={end}
      >
        {afterWords.over}
      </Button>
      {chosen !== 'over' && isThere && (
        <>
          <Button pressed={chosen === 'back'} onPress={() => setChosen('back')}>
            {afterWords.back}
          </Button>
          <Button icon={again} onPress={() => (shown.value = { type: 'admit', visitId })}>
            {afterWords.ring}
          </Button>
        </>
      )}
      <Next visit={visit} />
      <output class="soft">
        {chosen === 'over' && afterWords.isOver}
        {chosen === 'back' && mayBackWord(visit, endedMs, station.wardTime.value.zone)}
      </output>
      <Failed failure={failure} />
    </fieldset>
  )
}

function Next({ visit: { appointmentId } }: { visit: VisitView }) {
  const plan = planDesk()
  if (!plan?.plan.mayChange) return null
  return (
    <Button icon={calendar} onPress={() => plan.follow(appointmentId)}>
      {afterWords.next}
    </Button>
  )
}
