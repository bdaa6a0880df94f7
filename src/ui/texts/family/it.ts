/** Italiano. Ai familiari si dà del Lei. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  page: { starting: 'Avvio…', title: 'Visita', looking: 'Si chiede al reparto…', again: 'Riprova' },
  open: {
    title: 'Visita in video',
    you: 'Chiama come {name}, reparto {ward}.',
    before:
      'Non è ancora acceso nulla. Quando preme Chiama, il browser chiede la fotocamera e il microfono, e la si vede quando qualcuno risponde.',
    ring: 'Chiama',
    again: 'Poi prema di nuovo Chiama.',
  },
  resting: {
    title: 'Ora riposo.',
    hours: 'Visite {from}–{until}',
    none: 'Al momento nessuna visita.',
    stay: 'Può lasciare aperta questa pagina: mostra quando si può chiamare.',
    look: 'Guarda di nuovo',
  },
  trying: { title: 'Prova di fotocamera e microfono…', todo: 'Se il browser lo chiede, scelga Consenti.' },
  ringing: {
    title: 'Sta squillando…',
    todo: 'Può volerci un momento per arrivare allo schermo.',
    lost: 'L’ospedale non risponde. Questa pagina continua a provare; controlli la rete.',
    stop: 'Smetti di chiamare',
  },
  after: { again: 'Visita di nuovo' },
  noLink: {
    none: {
      said: 'Apra il link che ha ricevuto.',
      todo: 'Serve a visitare in video qualcuno in reparto. Se lo ha perso, lo chieda al reparto.',
    },
    wrong: { said: 'Questo non è un link intero.', todo: 'Lo apra di nuovo o lo copi tutto.' },
    unknown: { said: 'Questo link non è più in uso.', todo: 'Chieda al reparto o a chi glielo ha dato.' },
    used: {
      said: 'Questo link appartiene a un altro dispositivo.',
      todo: 'È stato usato prima lì e chiama solo da lì. Chieda al reparto un link tutto suo.',
    },
    unverified: {
      said: 'Non è certo che questo link venga dall’ospedale, perciò non è iniziato nulla.',
      todo: 'Nessuno l’ha vista né sentita. Telefoni al reparto.',
    },
    'no-store': {
      said: 'Questa finestra del browser non può conservare nulla, perciò non può fare visite.',
      todo: 'Apra il link in una finestra normale, non privata, o su un altro dispositivo.',
    },
  },
  over: {
    left: { said: 'Ha concluso la visita.', todo: 'Può richiamare durante l’orario di visita.' },
    ended: { said: 'La visita è finita.', todo: 'Può richiamare durante l’orario di visita.' },
    'connection-lost': { said: 'La connessione si è interrotta.', todo: 'Controlli la rete e richiami.' },
    unverified: {
      said: 'Non era certo che fosse l’ospedale, perciò la visita è stata conclusa.',
      todo: 'Telefoni al reparto.',
    },
    camera: {
      said: 'La fotocamera o il microfono si sono fermati, perciò la visita è finita.',
      todo: 'Li controlli e richiami.',
    },
    elsewhere: { said: 'La sua visita è aperta in un’altra finestra.', todo: 'Continua lì.' },
  },
} as const satisfies Like<typeof en>
