/** Nederlands. Talen waarvoor browsers geen naam hebben. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  sign: {
    fse: 'Finse Gebarentaal',
    fss: 'Fins-Zweedse Gebarentaal',
    swl: 'Zweedse Gebarentaal',
    dse: 'Nederlandse Gebarentaal',
    ise: 'Italiaanse Gebarentaal',
    bfi: 'Britse Gebarentaal',
    ils: 'Internationale Gebaren',
  },
} as const satisfies Like<typeof en>
