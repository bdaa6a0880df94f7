/** What is said of sealed copies of scans: it comes after the station's start. */
import { catalogue } from './catalogue.ts'
import type en from './scan-copies/en.ts'

export const scanCopies = catalogue<typeof en>({
  en: () => import('./scan-copies/en.ts'),
  fi: () => import('./scan-copies/fi.ts'),
  sv: () => import('./scan-copies/sv.ts'),
  nl: () => import('./scan-copies/nl.ts'),
  it: () => import('./scan-copies/it.ts'),
})
