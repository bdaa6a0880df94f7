/** The field for the six digits of a waiting tablet, and what came of them. */
import { useState } from 'preact/hooks'
import type { DigitsOutcome } from '../../state/admin-tablets.ts'
import { digitsOutcomeWord, digitsWords } from '../words-tablets.ts'

type DigitsFormProps = {
  label: string
  /** Whether a tablet still waits for digits; what came of the last ones stays to be read after it. */
  needed?: boolean
  onType: (typed: string) => Promise<DigitsOutcome>
}

export function DigitsForm({ label, needed = true, onType }: DigitsFormProps) {
  const [typed, setTyped] = useState('')
  const [said, setSaid] = useState('')
  const send = async () => {
    const outcome = await onType(typed)
    setSaid(digitsOutcomeWord(outcome))
    setTyped('')
  }
  return (
    <form
      class="digits-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {needed && (
        <>
          <label>
            <span>{digitsWords.label({ label })}</span>
            <input
              value={typed}
              inputMode="numeric"
              autocomplete="off"
              maxLength={8}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="button primary">
            <span>{digitsWords.send}</span>
          </button>
        </>
      )}
      <output>{said}</output>
    </form>
  )
}
