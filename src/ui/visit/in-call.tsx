/** An outpatient in a call: the table of whoever comes from outside, and whether somebody else may come in (HZ-3). */
import letIn from 'lucide-static/icons/user-check.svg?raw'
import keepOut from 'lucide-static/icons/user-x.svg?raw'
import { callIdOf } from '../../core/call-state.ts'
import type { Calls, Seat } from '../../state/calls.ts'
import type { OutpatientVisit } from '../../state/visit.ts'
import { Seated } from '../join/seated.tsx'
import { Button } from '../parts/button.tsx'
import { Compare } from '../parts/compare.tsx'
import { PersonName } from '../parts/person.tsx'
import { useMeantPresses } from '../parts/presses.ts'
import { nameOf } from '../words.ts'
import { askedWords, whoIs } from '../words-table.ts'
import { SendPhoto } from './photo.tsx'

export function InCall({ visit }: { visit: OutpatientVisit }) {
  const { calls, connection, me } = visit
  return (
    <Seated guest={{ calls, connection, me, leave: calls.hangUp }}>
      <AskedIn calls={calls} />
      <div class="actions">
        <SendPhoto visit={visit} />
      </div>
      {calls.seats.value.map((seat) => (
        <Compare key={seat.callId} calls={calls} seat={seat} />
      ))}
    </Seated>
  )
}

/** One after the other. */
function AskedIn({ calls }: { calls: Calls }) {
  const state = calls.state.value
  const present = callIdOf(state)
  const seat = calls.seats.value.find((one) => one.callId !== present && one.state.value.type === 'ringing')
  if (!seat || !('call' in state)) return null
  return <Ask key={seat.callId} calls={calls} seat={seat} by={nameOf(seat.table?.by ?? state.call.peer)} />
}

function Ask({ calls, seat, by: name }: { calls: Calls; seat: Seat; by: string }) {
  const presses = useMeantPresses()
  const { callId, peer } = seat
  return (
    <section class="visit-asked" role="alert" aria-label={askedWords.label({ name, who: whoIs(peer) })}>
      <p>
        {askedWords.wish({ name })}
        <PersonName party={peer} />
      </p>
      <p>{askedWords.off}</p>
      <div class="actions" {...presses.row}>
        <Button kind="go" icon={letIn} onPress={(event) => presses.counts(event) && calls.letIn(callId)}>
          {askedWords.yes}
        </Button>
        <Button icon={keepOut} onPress={(event) => presses.counts(event) && calls.keepOut(callId)}>
          {askedWords.no}
        </Button>
      </div>
    </section>
  )
}
