/** What bed, station and administration all say. */
import type en from './both/en.ts'
import { catalogue } from './catalogue.ts'

export const both = catalogue<typeof en>({
  en: () => import('./both/en.ts'),
  fi: () => import('./both/fi.ts'),
  sv: () => import('./both/sv.ts'),
  nl: () => import('./both/nl.ts'),
  it: () => import('./both/it.ts'),
})
