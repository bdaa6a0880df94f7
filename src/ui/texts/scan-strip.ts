/** What is said while somebody looks for names in pictures before they leave. */

import { catalogue } from './catalogue.ts'
import type en from './scan-strip/en.ts'

export const scanStrip = catalogue<typeof en>({
  en: () => import('./scan-strip/en.ts'),
  fi: () => import('./scan-strip/fi.ts'),
  sv: () => import('./scan-strip/sv.ts'),
  nl: () => import('./scan-strip/nl.ts'),
  it: () => import('./scan-strip/it.ts'),
})
