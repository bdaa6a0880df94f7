/** What the page of an outpatient says. */
import { catalogue } from './catalogue.ts'
import type en from './visit/en.ts'

export const visit = catalogue<typeof en>({
  en: () => import('./visit/en.ts'),
  fi: () => import('./visit/fi.ts'),
  sv: () => import('./visit/sv.ts'),
  nl: () => import('./visit/nl.ts'),
  it: () => import('./visit/it.ts'),
})
