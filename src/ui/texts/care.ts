/** What is said about whom one cares for today: it comes with the dialog. */

import type en from './care/en.ts'
import { catalogue } from './catalogue.ts'

export const care = catalogue<typeof en>({
  en: () => import('./care/en.ts'),
  fi: () => import('./care/fi.ts'),
  sv: () => import('./care/sv.ts'),
  nl: () => import('./care/nl.ts'),
  it: () => import('./care/it.ts'),
})
