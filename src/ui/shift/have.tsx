/** What one has for a shift: beds by room, duties and languages, chosen as last time. */
import { useRef, useState } from 'preact/hooks'
import { type Having, shiftMs } from '../../core/shift.ts'
import type { Colleagues, ShiftNow } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { listOf } from '../texts/dates.ts'
import { appWords, timeOf } from '../words.ts'
import { shiftWords } from '../words-shift.ts'
import { Beds } from './beds.tsx'
import type { Page } from './dialog.tsx'
import { Duties } from './duties.tsx'
import { Languages } from './languages.tsx'

type HaveProps = {
  station: Station
  desk: Colleagues
  shift: ShiftNow
  onPage: (page: Page) => void
  onDone: () => void
}

/** What one has now; who has nothing begins with what they had last. */
function chosenAtFirst({ untilMs, last, bedIds, dutyIds, languages }: ShiftNow): Having {
  const has = untilMs !== null || bedIds.length + dutyIds.length > 0
  return has ? { bedIds, dutyIds, languages } : last
}

export function Have({ station, desk, shift, onPage, onDone }: HaveProps) {
  const [having, setHaving] = useState(() => chosenAtFirst(shift))
  const [stage, setStage] = useState<'choosing' | 'saving' | 'failed'>('choosing')
  const wasLast = useRef(shift.untilMs === null && chosenAtFirst(shift) === shift.last).current
  const isCut = station.connection.value.type !== 'open'
  const isNothing = having.bedIds.length + having.dutyIds.length + having.languages.length === 0
  const { nowMs } = station.wakingParts.wall()
  const save = () => {
    setStage('saving')
    void desk.takeShift(having).then((isDone) => (isDone ? onDone() : setStage('failed')))
  }
  return (
    <>
      <h2 tabIndex={-1} data-first>
        {shift.untilMs === null ? shiftWords.start : shiftWords.mine}
      </h2>
      <p class="soft">
        {shift.untilMs === null ? shiftWords.means : shiftWords.ends({ time: timeOf(shift.untilMs) })}
      </p>
      {wasLast && shift.last.bedIds.length + shift.last.dutyIds.length > 0 && <p>{shiftWords.asLast}</p>}
      {wasLast && shift.last.gone.length > 0 && (
        <p class="waits" role="status">
          {shiftWords.gone({ names: listOf(shift.last.gone) })}
        </p>
      )}
      <div class="having">
        {station.mayEver('care.take') && <Beds station={station} having={having} onChange={setHaving} />}
        {station.mayEver('duty.take') && (
          <Duties station={station} desk={desk} having={having} onChange={setHaving} />
        )}
        <Languages shift={shift} having={having} onChange={setHaving} />
      </div>
      <div class="actions">
        <Button kind="primary" disabled={isCut || isNothing || stage === 'saving'} onPress={save}>
          {shift.untilMs === null ? shiftWords.start : shiftWords.save({ time: timeOf(nowMs + shiftMs) })}
        </Button>
        {shift.untilMs !== null && (
          <>
            <Button onPress={() => onPage('hand-over')}>{shiftWords.handOver}</Button>
            <Button onPress={() => onPage('end')}>{shiftWords.end}</Button>
          </>
        )}
        <Button onPress={onDone}>{appWords.close}</Button>
      </div>
      {stage === 'failed' && <p role="alert">{shiftWords.failed}</p>}
      {isCut && <p class="waits">{shiftWords.offline}</p>}
    </>
  )
}
