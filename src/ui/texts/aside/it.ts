import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  privacy: {
    title: 'Riservatezza',
    ask: 'Per quanto tempo desidera stare in privato?',
    means: 'Nessuno può chiamarla qui. Il pulsante rosso di chiamata funziona come sempre.',
    length: '{count} minuti',
    until: 'Nessuno può chiamare fino alle {time}.',
    soon: 'Mancano due minuti.',
    more: 'Altri 15',
    end: 'Fine riservatezza',
    back: 'Indietro',
  },
  still: {
    title: 'State ancora parlando?',
    why: 'Da un po’ nessuno tocca la postazione. Senza risposta la chiamata termina tra un minuto, e fotocamera e microfono si spengono.',
    yes: 'Sì',
  },
} as const satisfies Like<typeof en>
