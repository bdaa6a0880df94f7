/** To staff who open a tablet's settings: it comes with the staff code's pad. */

import { catalogue } from './catalogue.ts'
import type en from './settings/en.ts'

export const settings = catalogue<typeof en>({
  en: () => import('./settings/en.ts'),
  fi: () => import('./settings/fi.ts'),
  sv: () => import('./settings/sv.ts'),
  nl: () => import('./settings/nl.ts'),
  it: () => import('./settings/it.ts'),
})
