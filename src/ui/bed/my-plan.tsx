/** The patient's own day on the idle screen: times for everybody, what and who after a touch (HZ-15). */
import '../my-plan.css'
import { useEffect, useState } from 'preact/hooks'
import { entriesAhead, type PatientEntry, type MyPlan as Plan } from '../../state/patient-plan.ts'
import { Button } from '../parts/button.tsx'
import { useNow } from '../parts/now.ts'
import { entrySpan, entryTime, entryWord, moreWord, myPlanAge, myPlanWords } from '../words-my-plan.ts'
import { BedDialog } from './bed-dialog.tsx'

/** As many as fit beside the bed's one line without scrolling. */
const shown = 3
/** Left open, it closes again: the next pair of eyes may be a visitor's. */
const openMs = 60_000

export function MyPlan({ plan }: { plan: Plan }) {
  const nowMs = useNow(10_000)
  const [isOpen, setOpen] = useState<'open' | 'closed'>('closed')
  const ahead = entriesAhead(plan, nowMs)
  const age = myPlanAge(plan)
  const more = ahead.length - shown
  // It depends on nothing that a new drawing makes anew: the minute would begin again each time.
  useEffect(() => {
    if (isOpen === 'closed') return
    const closing = setTimeout(() => setOpen('closed'), openMs)
    return () => clearTimeout(closing)
  }, [isOpen])
  return (
    <section class="my-plan" aria-label={myPlanWords.title}>
      <h2>{myPlanWords.title}</h2>
      {age && <p class="my-plan-age">{age}</p>}
      {ahead.length === 0 ? (
        <p class="soft">{myPlanWords.nothing}</p>
      ) : (
        <button type="button" class="my-plan-open" onClick={() => setOpen('open')}>
          {ahead.slice(0, shown).map((entry) => (
            <span key={entry.id} class={`my-entry ${entry.status}`}>
              <b>{entryTime(entry, plan.zone)}</b>
              <span>{entryWord(entry)}</span>
            </span>
          ))}
          <small>{more > 0 ? `${moreWord(more)}. ${myPlanWords.touch}` : myPlanWords.touch}</small>
        </button>
      )}
      {isOpen === 'open' && (
        <Details entries={ahead} zone={plan.zone} age={age} onClose={() => setOpen('closed')} />
      )}
    </section>
  )
}

type DetailsProps = {
  entries: readonly PatientEntry[]
  zone: string
  age: string | null
  onClose: () => void
}

function Details({ entries, zone, age, onClose }: DetailsProps) {
  return (
    <BedDialog
      title={myPlanWords.title}
      class="my-day"
      onClose={onClose}
      acts={
        <Button kind="primary" onPress={onClose}>
          {myPlanWords.close}
        </Button>
      }
    >
      {age && <p class="my-plan-age">{age}</p>}
      <ol>
        {entries.map((entry) => (
          <li key={entry.id} class={entry.status}>
            <b>{entrySpan(entry, zone)}</b>
            <span>
              <strong>{entry.title || entryWord(entry)}</strong>
              {entry.status === 'cancelled' && <em>{myPlanWords.cancelled}</em>}
              {entry.people.length > 0 && <span>{entry.people.join(', ')}</span>}
              {entry.place && <span>{entry.place}</span>}
            </span>
          </li>
        ))}
      </ol>
    </BedDialog>
  )
}
