/** Looking for somebody: by name, by role or by duty. */
import { useId } from 'preact/hooks'
import { colleagueWords } from '../words-colleague.ts'

export function Find({ sought, onType }: { sought: string; onType: (text: string) => void }) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{colleagueWords.find}</label>
      <input
        id={id}
        type="search"
        maxLength={80}
        autocomplete="off"
        value={sought}
        data-first
        onInput={({ currentTarget }) => onType(currentTarget.value)}
      />
    </div>
  )
}

/** Whatever letters stand together in it, whichever case they have. */
export function holds(sought: string, ...texts: readonly string[]): boolean {
  const wanted = sought.trim().toLocaleLowerCase()
  return texts.some((text) => text.toLocaleLowerCase().includes(wanted))
}
