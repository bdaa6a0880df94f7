/** Italiano. Chi si assiste oggi. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  care: {
    mine: 'Assisto questo letto',
  },
  line: {
    label: 'Scriva al paziente',
    show: 'Mostra',
    shown: 'Il paziente legge: {text}',
    takeBack: 'Togli',
  },
  outcome: {
    title: 'Che cosa ne segue?',
    means: 'Un tocco, o nessuno. Resta registrato con la chiamata.',
    noted: 'Annotato.',
    notedOffline: 'Non ancora registrato. Tieni aperta questa pagina finché il server torna.',
  },
  outcomes: {
    done: 'Fatto',
    visit: 'Andare al letto',
    later: 'Richiamare più tardi',
    nothing: 'Non serve nulla',
  },
  round: {
    title: 'Giro',
    start: 'Giro di chiamate',
    next: 'Prossimo: letto {label}',
    callNext: 'Chiama il letto {label}',
    left: '{count, plural, one {l’ultimo} other {ancora {count} letti}}',
    end: 'Termina il giro',
    over: 'Il giro è finito.',
    talked:
      '{count, plural, =0 {Non ha parlato con nessuno.} one {Ha parlato con 1 paziente.} other {Ha parlato con {count} pazienti.}}',
    missed: 'Non raggiunti',
    one: 'Letto {label}: {why}',
    sofar: 'Non ancora raggiunti: {beds}',
  },
  missed: {
    privacy: 'riservatezza',
    offline: 'non in linea',
    busy: 'in un’altra chiamata',
    'in-person': 'solo di persona',
    unanswered: 'nessuna risposta',
  },
} as const satisfies Like<typeof en>
