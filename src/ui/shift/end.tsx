/** The end of a shift that nobody takes over, and what calls again then (HZ-4). */
import { useState } from 'preact/hooks'
import type { Colleagues, ShiftNow } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { dutyWords } from '../words-colleague.ts'
import { endWords, shiftWords } from '../words-shift.ts'
import { leftAlone } from './alone.ts'

type EndShiftProps = {
  station: Station
  desk: Colleagues
  shift: ShiftNow
  onDone: () => void
}

export function EndShift({ station, desk, shift, onDone }: EndShiftProps) {
  const [failed, setFailed] = useState(false)
  const alone = leftAlone(desk.now.value?.duties ?? [], station.me.value?.staffId, [])
  return (
    <>
      <h2 tabIndex={-1} data-first>
        {endWords.title}
      </h2>
      <p>{endWords.means}</p>
      {shift.requests + shift.consults > 0 && (
        <p class="waits">{endWords.opens({ count: shift.requests + shift.consults })}</p>
      )}
      {alone.map(({ dutyId, name }) => (
        <p key={dutyId} class="waits">
          {dutyWords.alone({ duty: name })}
        </p>
      ))}
      <div class="actions">
        <Button
          kind="primary"
          disabled={station.connection.value.type !== 'open'}
          onPress={() => void desk.endShift().then((isDone) => (isDone ? onDone() : setFailed(true)))}
        >
          {endWords.end}
        </Button>
      </div>
      {failed && <p role="alert">{shiftWords.failed}</p>}
    </>
  )
}
