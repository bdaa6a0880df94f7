/** Who waits for a time: the one whose window ends first stands first. */

import type { Appointment } from '../../state/plan.ts'
import { lookOf, waitingOf } from '../../state/plan-entries.ts'
import { Button } from '../parts/button.tsx'
import { Status } from '../parts/status.tsx'
import { actWords } from '../words-changes.ts'
import { dayWord, kindWords, lookWords, minutesWord, planWords } from '../words-plan.ts'
import type { Desk } from './desk.ts'
import { whereOf, whoOf } from './lines.ts'
import { looks } from './looks.ts'

export function Waiting({ desk }: { desk: Desk }) {
  const { plan } = desk
  const zone = plan.zone.value
  const rows = plan.waiting.value
  if (rows.length === 0) return <p class="empty">{planWords.nothingWaiting}</p>
  return (
    <ul class="waiting-list">
      {rows.map((row) => (
        <li key={row.id}>
          <div>
            <h3>{row.title}</h3>
            <p>
              {[kindWords[row.kind], whereOf(plan, row), whoOf(plan, row)].filter((one) => one).join(' · ')}
            </p>
            {row.when.type === 'waiting' && (
              <p class="soft">
                {`${minutesWord(row.when.minutes)}, ${dayWord(row.when.notBeforeMs, zone)} – ${dayWord(row.when.notAfterMs - 1, zone)}`}
              </p>
            )}
            <Unconfirmed desk={desk} row={row} />
          </div>
          <Button label={`${actWords.schedule} ${row.title}`} onPress={() => desk.openEntry(row)}>
            {actWords.schedule}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** What the server has not confirmed does not look as if it had (HZ-7). */
function Unconfirmed({ desk, row }: { desk: Desk; row: Appointment }) {
  const look = lookOf(row, waitingOf(desk.plan.sync), null)
  if (look === 'confirmed') return null
  return <Status tone={looks[look].tone} icon={looks[look].icon} word={lookWords[look]} />
}
