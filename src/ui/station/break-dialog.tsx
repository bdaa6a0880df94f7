/** The way into a ward that is not one's own: a typed reason, for an hour (HZ-3). */
import { useState } from 'preact/hooks'
import { type Glass, shortestReason } from '../../state/glass.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { breakWords, glassProblem } from '../words-glass.ts'

export function BreakDialog({ glass, onClose }: { glass: Glass; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const problem = glass.problem.value
  return (
    <Dialog label={breakWords.title} class="glass" onClose={onClose}>
      <h2>{breakWords.title}</h2>
      <label>
        {breakWords.label}
        <textarea
          data-first
          rows={3}
          maxLength={500}
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
      <p>{breakWords.means}</p>
      {problem !== null && <p role="alert">{glassProblem(problem)}</p>}
      <div class="actions">
        <Button
          kind="primary"
          disabled={reason.trim().length < shortestReason}
          onPress={() => void glass.breakIt(reason)}
        >
          {breakWords.confirm}
        </Button>
        <Button onPress={onClose}>{breakWords.cancel}</Button>
      </div>
    </Dialog>
  )
}
