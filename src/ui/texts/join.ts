/** What the page of somebody from outside says. */
import { catalogue } from './catalogue.ts'
import type en from './join/en.ts'

export const join = catalogue<typeof en>({
  en: () => import('./join/en.ts'),
  fi: () => import('./join/fi.ts'),
  sv: () => import('./join/sv.ts'),
  nl: () => import('./join/nl.ts'),
  it: () => import('./join/it.ts'),
})
