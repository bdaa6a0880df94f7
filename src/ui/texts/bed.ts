/** What only the tablet says: to the patient beside it, and to staff who stand there. */
import type en from './bed/en.ts'
import { catalogue } from './catalogue.ts'

export const bed = catalogue<typeof en>({
  en: () => import('./bed/en.ts'),
  fi: () => import('./bed/fi.ts'),
  sv: () => import('./bed/sv.ts'),
  nl: () => import('./bed/nl.ts'),
  it: () => import('./bed/it.ts'),
})
