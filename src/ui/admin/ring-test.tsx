/** Lets a tablet ring once from afar; at night only after a second press (HZ-15). */
import { useState } from 'preact/hooks'
import type { AdminTablets, RingTest, TabletRow } from '../../state/admin-tablets.ts'
import { Button } from '../parts/button.tsx'
import { ringOutcomes, fleetWords as words } from '../words-fleet.ts'

export function RingTestButton({ state, tablet }: { state: AdminTablets; tablet: TabletRow }) {
  const [outcome, setOutcome] = useState<RingTest['outcome'] | null>(null)
  const { label } = tablet
  const isQuiet = outcome === 'quiet'
  const ring = () => void state.ringTest(tablet, isQuiet).then(setOutcome)
  return (
    <>
      <Button label={(isQuiet ? words.ringAnywayFor : words.ringFor)({ label })} onPress={ring}>
        {isQuiet ? words.ringAnyway : words.ring}
      </Button>
      <p role="status">{outcome && ringOutcomes[outcome]}</p>
    </>
  )
}
