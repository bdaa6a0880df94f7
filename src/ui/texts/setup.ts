/** What a tablet says until it is at its bed: it comes with those screens. */

import { catalogue } from './catalogue.ts'
import type en from './setup/en.ts'

export const setup = catalogue<typeof en>({
  en: () => import('./setup/en.ts'),
  fi: () => import('./setup/fi.ts'),
  sv: () => import('./setup/sv.ts'),
  nl: () => import('./setup/nl.ts'),
  it: () => import('./setup/it.ts'),
})
