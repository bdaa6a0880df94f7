/** Italiano. Una chiamata con più di due persone; `asked` è per il paziente. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  table: {
    people: 'In questa chiamata: {people}',
    video: 'Immagine di {name}',
    muted: 'Microfono spento',
    lost: 'Connessione persa',
    reaching: 'Contatto con {who}…',
    ringing: 'Chiamata a {who}…',
    patientAsked: 'Si chiede al paziente…',
    elapsed: '{count} s',
    takeBack: 'Annulla invito',
    takeBackWho: 'Annulla invito: {who}',
    askedTo: 'La chiede in una chiamata con {place}',
    askedIn: 'La chiede in una chiamata',
  },
  covers: {
    connecting: 'Collegamento…',
    reconnecting: 'Nuovo collegamento…',
    waiting: 'In attesa dell’immagine…',
    stopped: 'Immagine ferma',
    cameraOff: 'Videocamera spenta',
    held: 'Immagine in pausa',
  },
  asked: {
    label: '{name} vorrebbe far entrare: {who}',
    wish: '{name} vorrebbe far entrare:',
    off: 'Nessuno entra prima che Lei dica di sì.',
    comesIn: 'Entra tra {count, plural, one {# secondo} other {# secondi}}',
    yes: 'Fai entrare',
    no: 'No',
  },
  parted: {
    left: '{name} ha lasciato la chiamata.',
    lost: 'La connessione con {name} si è interrotta.',
    declined: '{name} non può venire ora.',
    unanswered: '{name} non ha risposto.',
    unwanted: 'Il paziente non ha voluto che {name} entrasse.',
    unheard: 'Il paziente non ha risposto, quindi {name} non è entrato nella chiamata.',
    busy: '{name} è in un’altra chiamata.',
    full: 'Nella chiamata ci sono già quattro persone: {name} non ha potuto essere chiamato.',
    unverified: 'Non era certo che fosse {name}, quindi non è stato fatto entrare.',
    notIn: '{name} non è entrato nella chiamata.',
    notAsked: 'Non è stato possibile chiamare {name}.',
  },
} as const satisfies Like<typeof en>
