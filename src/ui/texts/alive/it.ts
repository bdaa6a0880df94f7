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
} as const satisfies Like<typeof en>
