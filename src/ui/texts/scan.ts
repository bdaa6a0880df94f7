/** What is said about scans and photographs: it comes with the viewer. */
import { catalogue } from './catalogue.ts'
import type en from './scan/en.ts'

export const scan = catalogue<typeof en>({
  en: () => import('./scan/en.ts'),
  fi: () => import('./scan/fi.ts'),
  sv: () => import('./scan/sv.ts'),
  nl: () => import('./scan/nl.ts'),
  it: () => import('./scan/it.ts'),
})
