/** A line for whoever does not hear: typed here, read at the bed in large letters. */
import write from 'lucide-static/icons/captions.svg?raw'
import { useState } from 'preact/hooks'
import { type Calls, longestLine } from '../../state/calls.ts'
import { Button } from '../parts/button.tsx'
import { lineWords } from '../words-care.ts'

export function Line({ calls }: { calls: Calls }) {
  const [typed, setTyped] = useState('')
  const shown = calls.written.value
  return (
    <form
      class="line-form"
      onSubmit={(event) => {
        event.preventDefault()
        calls.write(typed)
        setTyped('')
      }}
    >
      <label>
        <span>{lineWords.label}</span>
        <input
          type="text"
          value={typed}
          maxLength={longestLine}
          autocomplete="off"
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <button type="submit" class="button plain" disabled={typed.trim() === ''}>
        <span>{lineWords.show}</span>
      </button>
      {shown && (
        <p class="line-shown">
          <span aria-live="polite">{lineWords.shown({ text: shown })}</span>
          <Button icon={write} onPress={() => calls.write('')}>
            {lineWords.takeBack}
          </Button>
        </p>
      )}
    </form>
  )
}
