/** The one sentence of an app that cannot start, because this browser window may not keep anything. */
import { signal } from '@preact/signals'
import { languageFrom } from '../core/languages.ts'
import { speakAs } from './texts/catalogue.ts'
import { appWords } from './words.ts'

export async function sayNoStore(root: HTMLElement, languages: readonly string[]): Promise<void> {
  await speakAs(signal(languageFrom(languages)))
  root.textContent = appWords.noStore
}
