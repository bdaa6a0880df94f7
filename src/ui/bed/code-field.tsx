/** A bed's code, typed where its link cannot be opened. */
import { useState } from 'preact/hooks'
import type { Bed } from '../../state/bed.ts'
import { codeWords } from '../words-setup.ts'

export function CodeField({ bed }: { bed: Bed }) {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  return (
    <form
      class="code-field"
      onSubmit={(event) => {
        event.preventDefault()
        setWrong(!bed.typeCode(typed))
      }}
    >
      <label>
        <span>{codeWords.label}</span>
        <input
          value={typed}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={16}
          aria-describedby="code-hint"
          aria-invalid={wrong}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <p id="code-hint" role={wrong ? 'alert' : undefined}>
        {wrong ? codeWords.wrong : codeWords.hint}
      </p>
      <button type="submit" class="button primary">
        <span>{codeWords.send}</span>
      </button>
    </form>
  )
}
