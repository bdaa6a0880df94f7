/** What is said of shifts: it comes with a part of the station of its own. */
import { catalogue } from './catalogue.ts'
import type en from './shift/en.ts'

export const shift = catalogue<typeof en>({
  en: () => import('./shift/en.ts'),
  fi: () => import('./shift/fi.ts'),
  sv: () => import('./shift/sv.ts'),
  nl: () => import('./shift/nl.ts'),
  it: () => import('./shift/it.ts'),
})
