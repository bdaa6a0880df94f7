/** Before it rings at whoever waits: who it is, in letters that cannot be overlooked (HZ-1), and what they can be called by. */
import call from 'lucide-static/icons/phone.svg?raw'
import type { Station } from '../../state/station.ts'
import type { VisitView } from '../../state/visits.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { mayDial } from '../station/colleague.tsx'
import { appWords } from '../words.ts'
import { admitWords, agreedWord } from '../words-visits.ts'
import { Failed, useAct } from './act.tsx'
import { shown, visitsOf } from './desk.ts'
import { Identifiers, TestResult } from './who.tsx'

export function AdmitDialog({ station, visitId }: { station: Station; visitId: string }) {
  const visit = visitsOf(station).now.value?.visits.find((one) => one.visitId === visitId)
  const isHere = visit?.state === 'waiting' || visit?.state === 'again'
  const back = () => (shown.value = { type: 'list' })
  const title = admitWords.title({ name: visit?.name ?? '' })
  return (
    <Dialog label={title} class="visits admit" onClose={back}>
      <h2 tabIndex={-1} data-first>
        {title}
      </h2>
      {visit && isHere ? (
        <Admission station={station} visit={visit} onBack={back} />
      ) : (
        <>
          <p role="alert">{admitWords.gone}</p>
          <div class="actions">
            <Button onPress={back}>{appWords.close}</Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

type AdmissionProps = { station: Station; visit: VisitView; onBack: () => void }

function Admission({ station, visit, onBack }: AdmissionProps) {
  const { act, failure, isBusy } = useAct()
  const ring = () =>
    void act(() => visitsOf(station).admit(visit)).then((isRung) => {
      if (isRung) shown.value = { type: 'nothing' }
    })
  return (
    <>
      <Identifiers visit={visit} />
      <p>
        {agreedWord(visit, station.wardTime.value.zone)} · {visit.title}
      </p>
      <p>{visit.phone === null ? admitWords.noPhone : admitWords.phone({ phone: visit.phone })}</p>
      <TestResult visit={visit} />
      <p class="soft">{admitWords.check}</p>
      <Failed failure={failure} />
      <div class="actions">
        <Button kind="primary" icon={call} disabled={isBusy || !mayDial(station)} onPress={ring}>
          {isBusy ? admitWords.ringing : admitWords.ring}
        </Button>
        <Button onPress={onBack}>{appWords.close}</Button>
      </div>
    </>
  )
}
