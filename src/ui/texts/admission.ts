/** What is said about who lies in a bed and what they wish: it comes when a bed is first opened. */
import type en from './admission/en.ts'
import { catalogue } from './catalogue.ts'

export const admission = catalogue<typeof en>({
  en: () => import('./admission/en.ts'),
  fi: () => import('./admission/fi.ts'),
  sv: () => import('./admission/sv.ts'),
  nl: () => import('./admission/nl.ts'),
  it: () => import('./admission/it.ts'),
})
