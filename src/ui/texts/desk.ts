/** To whoever cleans a tablet: it comes after the first screen. */

import { catalogue } from './catalogue.ts'
import type en from './desk/en.ts'

export const desk = catalogue<typeof en>({
  en: () => import('./desk/en.ts'),
  fi: () => import('./desk/fi.ts'),
  sv: () => import('./desk/sv.ts'),
  nl: () => import('./desk/nl.ts'),
  it: () => import('./desk/it.ts'),
})
