/** Italiano. Lingue per le quali i browser non hanno un nome. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  sign: {
    fse: 'lingua dei segni finlandese',
    fss: 'lingua dei segni svedese di Finlandia',
    swl: 'lingua dei segni svedese',
    dse: 'lingua dei segni olandese',
    ise: 'lingua dei segni italiana',
    bfi: 'lingua dei segni britannica',
    ils: 'segni internazionali',
  },
} as const satisfies Like<typeof en>
