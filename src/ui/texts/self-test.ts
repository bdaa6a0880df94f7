/** To whoever tries a tablet: it comes with the test. */

import { catalogue } from './catalogue.ts'
import type en from './self-test/en.ts'

export const selfTest = catalogue<typeof en>({
  en: () => import('./self-test/en.ts'),
  fi: () => import('./self-test/fi.ts'),
  sv: () => import('./self-test/sv.ts'),
  nl: () => import('./self-test/nl.ts'),
  it: () => import('./self-test/it.ts'),
})
