/** Which language this screen speaks: each language by its own name, so that whoever reads it finds it. */
import languagesIcon from 'lucide-static/icons/languages.svg?raw'
import { type Language, languages } from '../../core/languages.ts'
import type { LanguageChoice } from '../../state/language.ts'
import { appWords } from '../words.ts'
import { Icon } from './icon.tsx'

/** Each by its own name. */
export const languageNames = {
  en: 'English',
  fi: 'Suomi',
  sv: 'Svenska',
  nl: 'Nederlands',
  it: 'Italiano',
} as const

export function LanguagePicker({ speech }: { speech: LanguageChoice }) {
  return (
    <label class="language">
      <Icon svg={languagesIcon} />
      <select
        aria-label={appWords.language}
        value={speech.language.value}
        onChange={({ currentTarget }) => {
          const chosen = languages.find((language) => language === currentTarget.value)
          if (chosen) speech.use(chosen)
        }}
      >
        <LanguageOptions />
      </select>
    </label>
  )
}

/** To choose from; `selected` where a form begins with one. */
export function LanguageOptions({ selected }: { selected?: Language }) {
  return languages.map((language) => (
    <option key={language} value={language} lang={language} selected={language === selected}>
      {languageNames[language]}
    </option>
  ))
}
