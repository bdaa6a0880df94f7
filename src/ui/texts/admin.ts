/** What only the administrator’s pages say. */
import type en from './admin/en.ts'
import { catalogue } from './catalogue.ts'

export const admin = catalogue<typeof en>({
  en: () => import('./admin/en.ts'),
  fi: () => import('./admin/fi.ts'),
  sv: () => import('./admin/sv.ts'),
  nl: () => import('./admin/nl.ts'),
  it: () => import('./admin/it.ts'),
})
