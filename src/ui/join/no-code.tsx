/** A code that is typed where its link cannot be opened. */
import { useState } from 'preact/hooks'
import type { Guest } from '../../state/guest.ts'
import { codeWords } from '../words-join.ts'
import { Page } from './page.tsx'

export function NoCode({ guest, typed }: { guest: Guest; typed: 'nothing' | 'wrong' }) {
  const [code, setCode] = useState('')
  const isWrong = typed === 'wrong'
  return (
    <Page guest={guest} title={codeWords.title}>
      <p>{codeWords.lead}</p>
      <form
        class="code-form"
        onSubmit={(event) => {
          event.preventDefault()
          guest.typeCode(code)
        }}
      >
        <label for="code">{codeWords.label}</label>
        <input
          id="code"
          type="text"
          value={code}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={200}
          aria-describedby="code-hint"
          aria-invalid={isWrong}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        <p id="code-hint" role={isWrong ? 'alert' : undefined}>
          {isWrong ? codeWords.wrong : codeWords.hint}
        </p>
        <button type="submit" class="button primary">
          <span>{codeWords.send}</span>
        </button>
      </form>
    </Page>
  )
}
