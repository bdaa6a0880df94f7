/** What is said while the plan is changed: it comes with the dialogs, after the plan stands. */

import { catalogue } from './catalogue.ts'
import type en from './changes/en.ts'

export const changes = catalogue<typeof en>({
  en: () => import('./changes/en.ts'),
  fi: () => import('./changes/fi.ts'),
  sv: () => import('./changes/sv.ts'),
  nl: () => import('./changes/nl.ts'),
  it: () => import('./changes/it.ts'),
})
