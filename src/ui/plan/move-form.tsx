/** Moving without dragging: a day and a time are typed, and what is in the way is said at once. */
import { useState } from 'preact/hooks'
import type { Appointment } from '../../state/plan.ts'
import { lengthOf, moveAct } from '../../state/plan-acts.ts'
import { clockAt, dateAt, msAt } from '../../state/plan-days.ts'
import { Button } from '../parts/button.tsx'
import { actWords } from '../words-changes.ts'
import { dialogWords } from '../words-plan.ts'
import { ClashLine } from './clash.tsx'
import type { Desk } from './desk.ts'

type MoveProps = { desk: Desk; row: Appointment; onKeep: () => void }

export function MoveForm({ desk, row, onKeep }: MoveProps) {
  const { plan } = desk
  const zone = plan.zone.value
  const begunMs = row.when.type === 'at' ? row.when.startMs : Math.max(row.when.notBeforeMs, plan.nowMs())
  const [date, setDate] = useState(dateAt(begunMs, zone))
  const [clock, setClock] = useState(clockAt(Math.ceil(begunMs / 300_000) * 300_000, zone))
  const startMs = msAt(date, clock, zone)
  const act = startMs === null ? null : moveAct(row, startMs)
  const trouble = plan.expect(act)
  const set = (ms: number) => {
    setDate(dateAt(ms, zone))
    setClock(clockAt(ms, zone))
  }
  return (
    <form
      class="asking"
      onSubmit={(event) => {
        event.preventDefault()
        if (act) void plan.ask(act, 'moved').then((kept) => kept && desk.close())
      }}
    >
      <div class="row">
        <label class="ask">
          <span>{dialogWords.date}</span>
          <input
            type="date"
            value={date}
            required
            onInput={({ currentTarget }) => setDate(currentTarget.value)}
          />
        </label>
        <label class="ask">
          <span>{dialogWords.clock}</span>
          <input
            type="time"
            step={300}
            value={clock}
            required
            onInput={({ currentTarget }) => setClock(currentTarget.value)}
          />
        </label>
      </div>
      <ClashLine plan={plan} act={act} trouble={trouble} lengthMs={lengthOf(row)} onTake={set} />
      <div class="actions">
        <button type="submit" class="button primary" disabled={act === null}>
          {actWords.moveNow}
        </button>
        <Button onPress={onKeep}>{dialogWords.close}</Button>
      </div>
    </form>
  )
}
