/** Languages that browsers have no names for. */
import { catalogue } from './catalogue.ts'
import type en from './languages/en.ts'

export const languageTexts = catalogue<typeof en>({
  en: () => import('./languages/en.ts'),
  fi: () => import('./languages/fi.ts'),
  sv: () => import('./languages/sv.ts'),
  nl: () => import('./languages/nl.ts'),
  it: () => import('./languages/it.ts'),
})
