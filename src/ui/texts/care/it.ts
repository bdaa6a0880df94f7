/** Italiano. Chi si assiste oggi. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  care: {
    title: 'Chi assiste oggi?',
    means:
      'I pazienti vedono il Suo nome sul loro tablet. Finisce da sé dopo 13 ore, o quando prende altri letti.',
    take: '{count, plural, =0 {Non assistere alcun letto} one {Assisti questo letto} other {Assisti questi {count} letti}}',
    offline: 'Serve il server. Riprovi quando è di nuovo raggiungibile.',
  },
  line: {
    label: 'Scriva al paziente',
    show: 'Mostra',
    shown: 'Il paziente legge: {text}',
    takeBack: 'Togli',
  },
} as const satisfies Like<typeof en>
