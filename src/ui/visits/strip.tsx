/** In a call with whoever has a visit: who it should be, whether it is them (HZ-1), then the words, and the number for when sound fails. */
import '../visits.css'
import done from 'lucide-static/icons/user-round-check.svg?raw'
import { useState } from 'preact/hooks'
import { isVisitor } from '../../core/call-state.ts'
import type { Station } from '../../state/station.ts'
import type { VisitView } from '../../state/visits.ts'
import { Button } from '../parts/button.tsx'
import { Compare } from '../parts/compare.tsx'
import { Status } from '../parts/status.tsx'
import { identifyWords } from '../words-visits.ts'
import { useAct } from './act.tsx'
import { visitsOf } from './desk.ts'
import { Photos } from './photos.tsx'
import { Identifiers } from './who.tsx'

type StripProps = {
  station: Station
  visitId: string
  /** `no`: it still rings, and nobody can be asked yet. */
  asks: 'yes' | 'no'
}

export function Strip({ station, visitId, asks }: StripProps) {
  const visit = visitsOf(station).now.value?.visits.find((one) => one.visitId === visitId)
  if (!visit) return null
  const seat = station.calls.seats.value.find(({ peer }) => isVisitor(peer))
  return (
    <section class="visit-strip" aria-label={identifyWords.title}>
      <Identifiers visit={visit} />
      {asks === 'yes' && !visit.isIdentified && <Asking station={station} visit={visit} />}
      {visit.isIdentified && <Status tone="well" icon={done} word={identifyWords.done} />}
      {seat && visit.isIdentified && <Compare calls={station.calls} seat={seat} />}
      <Photos station={station} visit={visit} />
      {visit.phone !== null && <p class="soft">{identifyWords.sound({ phone: visit.phone })}</p>}
    </section>
  )
}

function Asking({ station, visit: { visitId } }: { station: Station; visit: VisitView }) {
  const desk = visitsOf(station)
  const { act, failure, isBusy } = useAct()
  const [isSure, setIsSure] = useState(false)
  const say = (isThem: boolean) =>
    void act(() => desk.identify(visitId, isThem)).then((isDone) => {
      if (isDone && !isThem) station.calls.hangUp()
    })
  return (
    <>
      <p>{isSure ? identifyWords.sure : identifyWords.ask}</p>
      <div class="actions">
        {isSure ? (
          <>
            <Button kind="primary" disabled={isBusy} onPress={() => say(false)}>
              {identifyWords.yes}
            </Button>
            <Button onPress={() => setIsSure(false)}>{identifyWords.no}</Button>
          </>
        ) : (
          <>
            <Button kind="go" icon={done} disabled={isBusy} onPress={() => say(true)}>
              {identifyWords.them}
            </Button>
            <Button onPress={() => setIsSure(true)}>{identifyWords.other}</Button>
          </>
        )}
      </div>
      {failure && (
        <p class="lost" role="alert">
          {identifyWords.failed}
        </p>
      )}
    </>
  )
}
