/** What is said while an outpatient tries their device. */
import { catalogue } from './catalogue.ts'
import type en from './visit-test/en.ts'

export const visitTest = catalogue<typeof en>({
  en: () => import('./visit-test/en.ts'),
  fi: () => import('./visit-test/fi.ts'),
  sv: () => import('./visit-test/sv.ts'),
  nl: () => import('./visit-test/nl.ts'),
  it: () => import('./visit-test/it.ts'),
})
