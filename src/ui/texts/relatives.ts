/** What is said of family who visit from outside: to the patient (`mine`) and to staff (`desk`). */
import { catalogue } from './catalogue.ts'
import type en from './relatives/en.ts'

export const relatives = catalogue<typeof en>({
  en: () => import('./relatives/en.ts'),
  fi: () => import('./relatives/fi.ts'),
  sv: () => import('./relatives/sv.ts'),
  nl: () => import('./relatives/nl.ts'),
  it: () => import('./relatives/it.ts'),
})
