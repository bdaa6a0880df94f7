/** What is said of a call of more than two: it comes with the screens of a call. */

import { catalogue } from './catalogue.ts'
import type en from './table/en.ts'

export const table = catalogue<typeof en>({
  en: () => import('./table/en.ts'),
  fi: () => import('./table/fi.ts'),
  sv: () => import('./table/sv.ts'),
  nl: () => import('./table/nl.ts'),
  it: () => import('./table/it.ts'),
})
