/** The languages that one interprets for a shift: those of the ward, those of last time, and any other. */
import { useState } from 'preact/hooks'
import type { Having } from '../../core/shift.ts'
import type { ShiftNow } from '../../state/colleagues.ts'
import { byLanguageName, languageChoices, languageName } from '../words-languages.ts'
import { shiftWords } from '../words-shift.ts'

type LanguagesProps = { shift: ShiftNow; having: Having; onChange: (having: Having) => void }

export function Languages({ shift, having, onChange }: LanguagesProps) {
  const [added, setAdded] = useState<readonly string[]>([])
  const { wardLanguages, last } = shift
  const offered = [...new Set([...wardLanguages, ...last.languages, ...having.languages, ...added])]
  const tick = (tag: string) => {
    const isIn = having.languages.includes(tag)
    const languages = isIn ? having.languages.filter((one) => one !== tag) : [...having.languages, tag]
    onChange({ ...having, languages })
  }
  const add = (tag: string) => {
    setAdded([...added, tag])
    if (!having.languages.includes(tag)) tick(tag)
  }
  const names = byLanguageName(having.languages, (tag) => tag).map(languageName)
  return (
    <details class="shift-languages">
      <summary>
        {names.length === 0 ? shiftWords.languages : shiftWords.interprets({ names: names.join(', ') })}
      </summary>
      <p class="soft">{shiftWords.languagesMean}</p>
      <ul>
        {byLanguageName(offered, (tag) => tag).map((tag) => (
          <li key={tag}>
            <label>
              <input type="checkbox" checked={having.languages.includes(tag)} onChange={() => tick(tag)} />
              <span>{languageName(tag)}</span>
            </label>
          </li>
        ))}
      </ul>
      <label class="field">
        <span>{shiftWords.addLanguage}</span>
        <select value="" onChange={({ currentTarget }) => add(currentTarget.value)}>
          <option value="" disabled>
            {shiftWords.choose}
          </option>
          {languageChoices([])
            .filter((tag) => !offered.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag}>
                {languageName(tag)}
              </option>
            ))}
        </select>
      </label>
    </details>
  )
}
