/** What the plan says: it comes with the plan’s own part of the app. */

import { catalogue } from './catalogue.ts'
import type en from './plan/en.ts'

export const plan = catalogue<typeof en>({
  en: () => import('./plan/en.ts'),
  fi: () => import('./plan/fi.ts'),
  sv: () => import('./plan/sv.ts'),
  nl: () => import('./plan/nl.ts'),
  it: () => import('./plan/it.ts'),
})
