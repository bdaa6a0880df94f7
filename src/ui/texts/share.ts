/** What is said about calendar links, calendar files and the keys of other programs. */

import { catalogue } from './catalogue.ts'
import type en from './share/en.ts'

export const share = catalogue<typeof en>({
  en: () => import('./share/en.ts'),
  fi: () => import('./share/fi.ts'),
  sv: () => import('./share/sv.ts'),
  nl: () => import('./share/nl.ts'),
  it: () => import('./share/it.ts'),
})
