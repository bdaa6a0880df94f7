/** What is said in the dialogs of the viewer: it comes with them. */
import { catalogue } from './catalogue.ts'
import type en from './scan-dialogs/en.ts'

export const scanDialogs = catalogue<typeof en>({
  en: () => import('./scan-dialogs/en.ts'),
  fi: () => import('./scan-dialogs/fi.ts'),
  sv: () => import('./scan-dialogs/sv.ts'),
  nl: () => import('./scan-dialogs/nl.ts'),
  it: () => import('./scan-dialogs/it.ts'),
})
