/** Italiano. A chi porta un tablet al suo letto. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  setup: {
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
    astray: {
      said: 'Questo tablet è rimasto senza corrente o senza rete. I nomi sono nascosti.',
      todo: 'Personale: controlli che sia a questo letto. Poi apra il letto da una postazione e scriva queste cifre.',
    },
  },
} as const satisfies Like<typeof en>
