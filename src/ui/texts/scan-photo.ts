/** What is said where a photograph is taken: it comes with that dialog. */
import { catalogue } from './catalogue.ts'
import type en from './scan-photo/en.ts'

export const scanPhoto = catalogue<typeof en>({
  en: () => import('./scan-photo/en.ts'),
  fi: () => import('./scan-photo/fi.ts'),
  sv: () => import('./scan-photo/sv.ts'),
  nl: () => import('./scan-photo/nl.ts'),
  it: () => import('./scan-photo/it.ts'),
})
