/** Which language a staff member's screen speaks: their own choice on this device, else what their browser reads. */
import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { type Language, languageFrom } from '../core/languages.ts'
import type { PagePort } from './ports.ts'

export type LanguageChoice = {
  readonly language: ReadonlySignal<Language>
  use(language: Language): void
}

/** `staffId`: who is signed in; several people share one station. */
export function createLanguageChoice(
  page: Pick<PagePort, 'languages' | 'chosenLanguage' | 'chooseLanguage'>,
  staffId: () => string | null,
): LanguageChoice {
  // Nobody signed in: as whoever chose last, because they will likely be next.
  const wanted = () =>
    languageFrom([page.chosenLanguage(staffId()), page.chosenLanguage(null), ...page.languages()])
  const language = signal(wanted())
  effect(() => {
    language.value = wanted()
  })
  return {
    language,
    use(chosen) {
      page.chooseLanguage(null, chosen)
      const id = staffId()
      if (id !== null) page.chooseLanguage(id, chosen)
      language.value = chosen
    },
  }
}
