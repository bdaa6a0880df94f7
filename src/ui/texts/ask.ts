/** What is said about a patient's request: to the patient, and to whoever answers it. It comes with its screens. */

import type en from './ask/en.ts'
import { catalogue } from './catalogue.ts'

export const ask = catalogue<typeof en>({
  en: () => import('./ask/en.ts'),
  fi: () => import('./ask/fi.ts'),
  sv: () => import('./ask/sv.ts'),
  nl: () => import('./ask/nl.ts'),
  it: () => import('./ask/it.ts'),
})
