/** The form that makes a link for somebody from outside: what they are called, and what else is asked of whoever makes it. */
import link from 'lucide-static/icons/link.svg?raw'
import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { useAct } from './act.ts'
import { Icon } from './icon.tsx'

type LinkFormProps<F> = {
  words: { readonly name: string; readonly make: string; readonly making: string }
  kind: 'plain' | 'primary'
  canMake: boolean
  /** Null: it was made. */
  make: (name: string) => Promise<F | null>
  /** Why it was not, in words. */
  say: (failure: F) => string
  children: ComponentChildren
}

export function LinkForm<F>({ words, kind, canMake, make, say, children }: LinkFormProps<F>) {
  const id = useId()
  const [name, setName] = useState('')
  const { act, failure, isBusy } = useAct<F>()
  async function send(event: Event): Promise<void> {
    event.preventDefault()
    if (await act(() => make(name.trim()))) setName('')
  }
  return (
    <form class="make-link" onSubmit={(event) => void send(event)}>
      <div class="field">
        <label for={id}>{words.name}</label>
        <input
          id={id}
          value={name}
          maxLength={80}
          autocomplete="off"
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </div>
      {children}
      <button
        type="submit"
        class={kind === 'primary' ? 'button primary' : 'button'}
        disabled={name.trim() === '' || isBusy || !canMake}
      >
        <Icon svg={link} />
        <span>{isBusy ? words.making : words.make}</span>
      </button>
      {failure !== null && <p role="alert">{say(failure)}</p>}
    </form>
  )
}
