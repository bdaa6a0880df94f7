/** What is said to staff who bring somebody into a call: it comes with the station’s later part. */
import type en from './bring-in/en.ts'
import { catalogue } from './catalogue.ts'

export const bringIn = catalogue<typeof en>({
  en: () => import('./bring-in/en.ts'),
  fi: () => import('./bring-in/fi.ts'),
  sv: () => import('./bring-in/sv.ts'),
  nl: () => import('./bring-in/nl.ts'),
  it: () => import('./bring-in/it.ts'),
})
