/** What is said about working hours: it comes with their dialog. */

import { catalogue } from './catalogue.ts'
import type en from './hours/en.ts'

export const hours = catalogue<typeof en>({
  en: () => import('./hours/en.ts'),
  fi: () => import('./hours/fi.ts'),
  sv: () => import('./hours/sv.ts'),
  nl: () => import('./hours/nl.ts'),
  it: () => import('./hours/it.ts'),
})
