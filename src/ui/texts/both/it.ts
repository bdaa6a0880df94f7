/** Italiano. Si dà del Lei. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  app: {
    product: 'Bedside',
    language: 'Lingua',
    demoWard: 'Reparto dimostrativo',
    emergency: 'Emergenza: prema il pulsante rosso di chiamata',
    forStaff: 'Per il personale: {text}',
    close: 'Chiudi',
    noStore:
      'Bedside ha bisogno di una finestra del browser che possa conservare dati, tramite HTTPS o su questo stesso computer.',
  },
  roles: {
    nurse: 'infermiere/a',
    doctor: 'medico',
    interpreter: 'interprete',
    admin: 'amministratore/trice',
  },
  guestKinds: {
    family: 'familiare',
    interpreter: 'interprete',
    other: 'ospite',
    visitor: 'paziente',
    relative: 'familiare',
  },
  places: {
    bed: 'Letto {label}',
    bedInWard: 'Letto {label} · {ward}',
    beds: '{count, plural, one {Letto {labels}} other {Letti {labels}}}',
  },
  incoming: {
    ringing: 'Chiamata da {name}, {role}',
    knocking: '{name}, {role}, bussa alla porta',
    wish: 'vorrebbe parlare con Lei',
    continued: 'è ancora in chiamata. Continuare?',
    offUntilAnswer: 'La Sua videocamera resta spenta finché non risponde.',
    offUntilEntry: 'Fino ad allora la Sua videocamera resta spenta.',
    comesIn: 'La chiamata inizia tra {count, plural, one {# secondo} other {# secondi}}',
    enters: '{name} entra tra {count, plural, one {# secondo} other {# secondi}}',
    answer: 'Rispondi',
    notNow: 'Non ora',
  },
  tracks: {
    both: 'Videocamera e microfono accesi',
    camera: 'Videocamera accesa, microfono spento',
    microphone: 'Microfono acceso, videocamera spenta',
    none: 'Videocamera e microfono spenti',
    atRest: 'Videocamera e microfono sono spenti.',
    cameraOff: 'Spegni la videocamera',
    cameraOn: 'Accendi la videocamera',
    end: 'Termina la chiamata',
  },
  stage: {
    patient: 'Immagine del paziente',
    staff: 'Immagine del personale',
    own: 'La Sua immagine',
    muted: 'Il microfono di {name} è spento',
    weak: 'Connessione debole',
    held: 'La Sua immagine è in pausa.',
    inspected: 'La Sua immagine ora è più nitida.',
    replaced: 'Scollegato. In uso ora: {device}',
    cameraGone: 'La Sua videocamera è stata scollegata.',
    microphoneGone: 'Il Suo microfono è stato scollegato: non La si sente.',
  },
  cameraTroubles: {
    denied: {
      said: 'Il browser non permette a Bedside di usare la videocamera e il microfono.',
      steps:
        'Tocchi il simbolo a sinistra dell’indirizzo, o apra le impostazioni di questa app.\nConsenta videocamera e microfono.',
    },
    missing: {
      said: 'Non è stata trovata la videocamera o il microfono.',
      steps: 'Controlli che siano collegati e accesi.\nSe sono integrati, riavvii il dispositivo.',
    },
    taken: {
      said: 'Un altro programma sta usando la videocamera o il microfono.',
      steps: 'Chiuda le altre app e schede che mostrano un’immagine.',
    },
  },
  refusals: {
    'bad-request': {
      said: 'Questo link non è completo.',
      todo: 'Scansioni o copi l’intero link e lo apra di nuovo.',
    },
    'foreign-origin': {
      said: 'Questa pagina è stata aperta da un indirizzo sbagliato.',
      todo: 'Apra il link esattamente come è stampato.',
    },
    'too-many': {
      said: 'Da qui ci sono stati troppi tentativi.',
      todo: 'Attenda un minuto, poi apra di nuovo il link.',
    },
    'not-ready': {
      said: 'Il server del reparto si sta ancora avviando.',
      todo: 'Apra di nuovo il link tra qualche secondo.',
    },
    'wrong-credentials': { said: 'I dati non sono corretti.', todo: 'Riprovi, o acceda in un altro modo.' },
    'signed-out': { said: 'L’accesso non è attivo.', todo: 'Acceda di nuovo.' },
    locked: { said: 'Questo browser è bloccato.', todo: 'Lo sblocchi, poi riprovi.' },
    forbidden: { said: 'Il Suo ruolo non lo consente.', todo: 'Chieda a un amministratore se dovrebbe.' },
    'not-found': {
      said: 'Qui non c’è nulla con questo nome.',
      todo: 'Forse è stato modificato. Guardi di nuovo.',
    },
    conflict: {
      said: 'Al momento qualcosa lo impedisce.',
      todo: 'Guardi com’è la situazione ora, poi decida di nuovo.',
    },
    outdated: {
      said: 'Questa pagina è una versione più vecchia di quella del server.',
      todo: 'La ricarichi. Ciò che ha scritto è conservato.',
    },
    unavailable: {
      said: 'Un altro server dell’ospedale non risponde.',
      todo: 'Attenda un minuto, poi riprovi.',
    },
    'storage-full': {
      said: 'Sul server del reparto non c’è spazio.',
      todo: 'Chieda spazio all’IT, o invii di meno.',
    },
    unreachable: {
      said: 'Il server del reparto non ha risposto.',
      todo: 'Controlli la rete, poi apra di nuovo il link.',
    },
  },
} as const satisfies Like<typeof en>
