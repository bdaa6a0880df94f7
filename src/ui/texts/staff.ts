/** What staff read at the station and, of it, on the administrator’s pages. */
import { catalogue } from './catalogue.ts'
import type en from './staff/en.ts'

export const staff = catalogue<typeof en>({
  en: () => import('./staff/en.ts'),
  fi: () => import('./staff/fi.ts'),
  sv: () => import('./staff/sv.ts'),
  nl: () => import('./staff/nl.ts'),
  it: () => import('./staff/it.ts'),
})
