/** Italiano. Che cosa non va in un tablet, e che cosa fare. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  board: { away: 'Assente da {time}: chi bussa fa squillare.' },
  troubles: {
    silent: 'Non risponde: riattivi il tablet o lo riavvii',
    camera: 'Fotocamera non consentita: la consenta nel browser del tablet, per questa pagina',
    microphone: 'Microfono non consentito: lo consenta nel browser del tablet, per questa pagina',
    start: 'Tocchi una volta: prema Avvia sul tablet',
    sound: 'Non può suonare: tocchi una volta il tablet',
    battery: 'Batteria sotto il 20 %: colleghi il tablet al caricatore',
    asleep: 'Lo schermo può spegnersi: porti Bedside in primo piano sul tablet',
    clock: 'L’orologio è sbagliato: imposti data e ora sul tablet',
  },
  staffCode: {
    title: 'Codice del personale',
    intro:
      'Sei cifre che aprono le impostazioni di ogni tablet di questo reparto, con o senza rete. Il personale le legge qui e nei dettagli di qualsiasi letto.',
    show: 'Mostra il codice del personale',
    hide: 'Nascondi il codice del personale',
    means: 'Apre le impostazioni di qualsiasi tablet: vi prema Per il personale.',
    made: 'Creato {time}.',
    renew: 'Nuovo codice',
    reallyRenew: 'Creare un nuovo codice del personale?',
    renewMeans: 'Il codice precedente non vale più su ciascun tablet appena questo raggiunge il server.',
    keep: 'Mantieni quello attuale',
  },
} as const satisfies Like<typeof en>
