/** What is said while an outpatient sends a photo. */
import { catalogue } from './catalogue.ts'
import type en from './visit-photo/en.ts'

export const visitPhoto = catalogue<typeof en>({
  en: () => import('./visit-photo/en.ts'),
  fi: () => import('./visit-photo/fi.ts'),
  sv: () => import('./visit-photo/sv.ts'),
  nl: () => import('./visit-photo/nl.ts'),
  it: () => import('./visit-photo/it.ts'),
})
