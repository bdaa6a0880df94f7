/** What stands beside the calls at bed and station: it comes with the parts that follow the first screen. */
import type en from './aside/en.ts'
import { catalogue } from './catalogue.ts'

export const aside = catalogue<typeof en>({
  en: () => import('./aside/en.ts'),
  fi: () => import('./aside/fi.ts'),
  sv: () => import('./aside/sv.ts'),
  nl: () => import('./aside/nl.ts'),
  it: () => import('./aside/it.ts'),
})
