/** What is said to staff of visits by video, and the letter to whoever is invited: it comes with a part of its own. */
import type { Language } from '../../core/languages.ts'
import { catalogue } from './catalogue.ts'
import { printedIn } from './printed.ts'
import type en from './visits/en.ts'

const loaders = {
  en: () => import('./visits/en.ts'),
  fi: () => import('./visits/fi.ts'),
  sv: () => import('./visits/sv.ts'),
  nl: () => import('./visits/nl.ts'),
  it: () => import('./visits/it.ts'),
}

export const visits = catalogue<typeof en>(loaders)

/** The letter in the language of whoever reads it, which need not be that of this screen. */
export const letterIn = (language: Language) =>
  printedIn<typeof en, 'letter'>(loaders[language], 'letter', language)
