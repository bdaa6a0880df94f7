/** Italiano. Al paziente si dà del Lei; al personale si parla in breve. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  idle: {
    starting: 'Avvio in corso…',
    forServer: 'Ricerca della rete dell’ospedale.',
    touchOnce: 'Tocchi lo schermo una volta, perché Bedside possa suonare.',
    useHere: 'Usa qui',
  },
  readiness: {
    ready: { said: 'Pronto', more: 'Il personale infermieristico può chiamarLa qui.' },
    connecting: { said: 'Collegamento', more: 'Ricerca della rete dell’ospedale.' },
    uncertified: {
      said: 'Non si può ancora chiamare',
      more: 'Questo tablet attende la firma di un amministratore. Personale: la richieda sotto Chiavi.',
    },
    unreachable: {
      said: 'Non si può chiamare dalle {time}',
      more: 'Questo tablet ha perso la rete dell’ospedale. Continua a cercarla.',
    },
    replaced: { said: 'Non in uso qui', more: 'Bedside è aperto in un’altra finestra di questo tablet.' },
    revoked: {
      said: 'Non si può chiamare',
      more: 'Questo tablet non è più associato al letto\u00a0{label}. Personale: apra su di esso il nuovo link del letto.',
    },
    updating: {
      said: 'Aggiornamento',
      more: 'Bedside scarica la versione più recente. Ci vuole un momento.',
    },
  },
  care: { withYou: 'Oggi con Lei' },
  knock: {
    legend: 'Quando il personale chiama:',
    ring: 'Suona e aspetta la mia risposta',
    knock: 'Bussa, poi entra dopo 10 secondi',
  },
  sound: { asked: 'Ha sentito?', yes: 'Sì', louder: 'Più forte' },
  call: { mute: 'Spegni il mio microfono', unmute: 'Accendi il mio microfono' },
  myPlan: {
    title: 'La mia giornata',
    nothing: 'Per oggi non c’è altro in programma per Lei.',
    touch: 'Tocchi per vedere che cosa e chi.',
    close: 'Chiudi',
    who: 'Chi viene',
    where: 'Dove',
    cancelled: 'Annullato',
    requested: 'Non ancora certo',
    now: 'Ora',
    more: '{count, plural, one {e un altro} other {e altri {count}}}',
    asOf: 'Situazione delle {time}. Potrebbe essere cambiata.',
  },
  myEntries: {
    'bed-call': 'Qualcuno viene da Lei',
    round: 'Il giro visite passa da Lei',
    visit: 'Un appuntamento',
    note: 'Da sapere',
  },
} as const satisfies Like<typeof en>
