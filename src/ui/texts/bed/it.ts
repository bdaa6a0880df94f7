/** Italiano. Al paziente si dà del Lei; al personale si parla in breve. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  setup: {
    starting: 'Avvio in corso…',
    start: 'Avvia',
    why: 'Avvia chiede una volta l’uso della videocamera e del microfono. Nulla è acceso finché non risponde a una chiamata.',
    trying: 'Consenta la videocamera e il microfono quando il browser lo chiede.',
    again: 'Poi prema di nuovo Avvia.',
    stillBound: 'Questo è ancora il tablet del letto\u00a0{label}.',
    stay: 'Continua come questo letto',
  },
  unbound: {
    said: 'Questo tablet non è ancora associato a un letto.',
    todo: 'Apra su di esso il link di registrazione del letto, o scriva il codice del letto.',
  },
  binding: {
    'unknown-code': {
      said: 'Questo link o codice non è riconosciuto, o i suoi dieci minuti sono passati.',
      todo: 'Ne chieda uno nuovo per questo letto e lo apra su questo tablet.',
    },
    'used-code': {
      said: 'Questo link o codice è già stato usato.',
      todo: 'Ognuno vale una sola volta. Ne chieda uno nuovo per questo letto e lo apra su questo tablet.',
    },
    over: {
      said: 'Questo tablet non è stato confermato in tempo.',
      todo: 'Chieda un nuovo codice per questo letto e lo scriva qui.',
    },
    'storage-lost': {
      said: 'La memoria di questo tablet è stata cancellata, e con essa il suo letto.',
      todo: 'Chieda un nuovo link per questo letto e lo apra su questo tablet.',
    },
  },
  code: {
    label: 'Codice del letto',
    hint: 'Otto lettere e cifre, dall’amministratore. Valgono dieci minuti.',
    send: 'Usa questo codice',
    wrong: 'Il codice non è completo: ha otto lettere e cifre.',
  },
  waiting: {
    code: {
      said: 'Personale: confermi questo tablet.',
      todo: 'Controlli che si trovi accanto a questo letto. Poi apra il letto da una postazione e scriva queste cifre.',
    },
    lost: {
      said: 'Questo tablet ha perso la sua chiave e non può essere chiamato.',
      todo: 'Personale: apra questo letto da una postazione e scriva queste cifre.',
    },
    cloned: {
      said: 'Un altro tablet usa la chiave di questo tablet. Non può essere chiamato.',
      todo: 'Personale: apra questo letto da una postazione e scriva queste cifre. Avvisi l’assistenza IT.',
    },
  },
  idle: {
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
