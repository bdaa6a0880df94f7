/** What the page of family who visit a bed says. */
import { catalogue } from './catalogue.ts'
import type en from './family/en.ts'

export const family = catalogue<typeof en>({
  en: () => import('./family/en.ts'),
  fi: () => import('./family/fi.ts'),
  sv: () => import('./family/sv.ts'),
  nl: () => import('./family/nl.ts'),
  it: () => import('./family/it.ts'),
})
