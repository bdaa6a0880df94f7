/** What an outpatient and whoever sees them compare: it comes with their call. */

import { catalogue } from './catalogue.ts'
import type en from './compare/en.ts'

export const compare = catalogue<typeof en>({
  en: () => import('./compare/en.ts'),
  fi: () => import('./compare/fi.ts'),
  sv: () => import('./compare/sv.ts'),
  nl: () => import('./compare/nl.ts'),
  it: () => import('./compare/it.ts'),
})
