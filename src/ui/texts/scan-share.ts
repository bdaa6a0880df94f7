/** What is said of a scan that is shown in a call: it comes with the first share. */
import { catalogue } from './catalogue.ts'
import type en from './scan-share/en.ts'

export const scanShare = catalogue<typeof en>({
  en: () => import('./scan-share/en.ts'),
  fi: () => import('./scan-share/fi.ts'),
  sv: () => import('./scan-share/sv.ts'),
  nl: () => import('./scan-share/nl.ts'),
  it: () => import('./scan-share/it.ts'),
})
