/** What is said of calling colleagues and of duties: it comes with the station’s later part. */
import { catalogue } from './catalogue.ts'
import type en from './colleague/en.ts'

export const colleague = catalogue<typeof en>({
  en: () => import('./colleague/en.ts'),
  fi: () => import('./colleague/fi.ts'),
  sv: () => import('./colleague/sv.ts'),
  nl: () => import('./colleague/nl.ts'),
  it: () => import('./colleague/it.ts'),
})
