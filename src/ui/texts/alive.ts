/** Why a tablet cannot ring: it comes with the parts that follow the board. */
import type en from './alive/en.ts'
import { catalogue } from './catalogue.ts'

export const alive = catalogue<typeof en>({
  en: () => import('./alive/en.ts'),
  fi: () => import('./alive/fi.ts'),
  sv: () => import('./alive/sv.ts'),
  nl: () => import('./alive/nl.ts'),
  it: () => import('./alive/it.ts'),
})
