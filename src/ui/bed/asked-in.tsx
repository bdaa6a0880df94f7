/**
 * Somebody else is to come into the call: the patient says whether they may, and until then they neither see nor hear
 * anything (HZ-3). It stands over what can be done, never over a face, and takes no button from its place.
 */
import letIn from 'lucide-static/icons/user-check.svg?raw'
import keepOut from 'lucide-static/icons/user-x.svg?raw'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type Call, callIdOf } from '../../core/call-state.ts'
import type { Bed } from '../../state/bed.ts'
import type { Calls, Seat } from '../../state/calls.ts'
import { Button } from '../parts/button.tsx'
import { useNow } from '../parts/now.ts'
import { PersonName } from '../parts/person.tsx'
import { useMeantPresses } from '../parts/presses.ts'
import { nameOf } from '../words.ts'
import { askedWords, whoIs } from '../words-table.ts'
import { useSpokenAsk } from './spoken-caller.ts'

/** Who stands at the door of this call; one after the other. */
function atTheDoor(calls: Calls): Seat | undefined {
  const present = callIdOf(calls.state.value)
  return calls.seats.value.find(
    ({ callId, state }) =>
      callId !== present && (state.value.type === 'ringing' || state.value.type === 'knocking'),
  )
}

/** In the name of whoever asked them to come. */
export function AskedIn({ bed, call }: { bed: Bed; call: Call }) {
  const seat = atTheDoor(bed.calls)
  return seat ? (
    <Ask key={seat.callId} bed={bed} by={nameOf(seat.table?.by ?? call.peer)} seat={seat} />
  ) : null
}

/** The heading has the focus first: a stray key neither lets in nor keeps out. It goes back to where it came from. */
function useLentFocus() {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    const before = document.activeElement
    const lent = heading.current
    lent?.focus()
    return () => {
      const isHere = lent?.parentElement?.parentElement?.contains(document.activeElement)
      if (isHere && before instanceof HTMLElement) before.focus()
    }
  }, [])
  return heading
}

function Ask({ bed, by, seat }: { bed: Bed; by: string; seat: Seat }) {
  const { calls } = bed
  const { callId, peer } = seat
  const presses = useMeantPresses()
  const heading = useLentFocus()
  const label = askedWords.label({ name: by, who: whoIs(peer) })
  useSpokenAsk(bed, seat, label)
  return (
    <section class="asked-in" role="alertdialog" aria-label={label}>
      <div>
        <h2 ref={heading} tabIndex={-1}>
          {askedWords.wish({ name: by })}
          <PersonName party={peer} />
        </h2>
        {seat.state.value.type === 'knocking' ? (
          <TimeLeft calls={calls} />
        ) : (
          <p class="asked-off">{askedWords.off}</p>
        )}
      </div>
      <div class="asked-choice" {...presses.row}>
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

/** As at a knock on a call: shown every second, said aloud only every five. */
function TimeLeft({ calls }: { calls: Calls }) {
  const nowMs = useNow(250)
  const [sinceMs] = useState(nowMs)
  const left = Math.ceil(Math.max(0, sinceMs + calls.timings().knockMs - nowMs) / 1_000)
  return (
    <>
      <p class="asked-count" aria-hidden="true">
        {askedWords.comesIn({ count: left })}
      </p>
      <p class="unseen" aria-live="polite">
        {askedWords.comesIn({ count: Math.ceil(left / 5) * 5 })}
      </p>
    </>
  )
}
