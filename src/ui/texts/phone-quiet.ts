/** What is said of the hours in which a person's telephones are not told: it comes with a part of its own. */
import { catalogue } from './catalogue.ts'
import type en from './phone-quiet/en.ts'

export const phoneQuiet = catalogue<typeof en>({
  en: () => import('./phone-quiet/en.ts'),
  fi: () => import('./phone-quiet/fi.ts'),
  sv: () => import('./phone-quiet/sv.ts'),
  nl: () => import('./phone-quiet/nl.ts'),
  it: () => import('./phone-quiet/it.ts'),
})
