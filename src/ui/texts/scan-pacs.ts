/** What is said about scans that come from elsewhere: the hospital's PACS, or another app. */

import { catalogue } from './catalogue.ts'
import type en from './scan-pacs/en.ts'

export const scanPacs = catalogue<typeof en>({
  en: () => import('./scan-pacs/en.ts'),
  fi: () => import('./scan-pacs/fi.ts'),
  sv: () => import('./scan-pacs/sv.ts'),
  nl: () => import('./scan-pacs/nl.ts'),
  it: () => import('./scan-pacs/it.ts'),
})
