/** What comes of a call that is over: one tap, or none; another tap corrects it. */
import { useState } from 'preact/hooks'
import type { CallState } from '../../core/call-state.ts'
import { outcomesAfter } from '../../state/round.ts'
import type { CallOutcome, Station } from '../../state/station.ts'
import { Button } from '../parts/button.tsx'
import { outcomeNames, outcomeWords } from '../words-care.ts'

type OutcomeProps = { station: Station; ended: Extract<CallState, { type: 'ended' }> }

export function Outcome({ station, ended }: OutcomeProps) {
  const [chosen, setChosen] = useState<CallOutcome | null>(null)
  const outcomes = outcomesAfter(ended)
  if (ended.peer.type !== 'bed' || outcomes.length === 0 || !station.mayEver('call.note')) return null
  const isOpen = station.connection.value.type === 'open'
  const note = (outcome: CallOutcome) => {
    setChosen(outcome)
    station.noteOutcome(ended.callId, outcome)
  }
  return (
    <fieldset class="outcome">
      <legend>{outcomeWords.title}</legend>
      {outcomes.map((outcome) => (
        <Button
          key={outcome}
          pressed={outcome === chosen}
          onPress={() => outcome !== chosen && note(outcome)}
        >
          {outcomeNames[outcome]}
        </Button>
      ))}
      <output class="soft">
        {chosen === null ? outcomeWords.means : isOpen ? outcomeWords.noted : outcomeWords.notedOffline}
      </output>
    </fieldset>
  )
}
