/** Italiano. Esami nel PACS dell'ospedale. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  pacs: {
    title: 'Esami nel PACS',
    close: 'Chiudi',
    asking: 'Si chiede al PACS…',
    none: 'Nessun esame nel PACS per questo numero.',
    withheld:
      '{count, plural, one {Un altro esame ha questo numero e un’altra data di nascita. Non è mostrato.} other {Altri # esami hanno questo numero e un’altra data di nascita. Non sono mostrati.}} Controlla il numero.',
    more: 'Il PACS ha più esami di quelli elencati qui.',
    asOf: 'Aggiornato alle {time}',
    again: 'Chiedi di nuovo',
    study: '{date}, {modality}',
    noDate: 'Senza data',
    noText: 'Senza descrizione',
    images: '{count, plural, one {# immagine} other {# immagini}}',
    seriesOf: 'Serie di {study}',
    noSeries: 'Questo esame non ha serie.',
    number: 'Serie {number}',
    open: 'Apri',
    openOne: 'Apri {series}',
    coming: '{images} di {of} immagini, {megabytes} MB',
    comingSome: '{images, plural, one {# immagine} other {# immagini}}, {megabytes} MB',
    stop: 'Ferma',
    done: '{count, plural, one {# immagine è aperta.} other {# immagini sono aperte.}}',
    missing:
      '{count, plural, one {# immagine non è arrivata: il PACS non può inviarla.} other {# immagini non sono arrivate: il PACS non può inviarle.}} Guarda nel PACS.',
    kept: 'Quello che è già arrivato resta aperto.',
  },
  troubles: {
    'not-configured': 'Qui Bedside non è collegato al PACS. L’IT può farlo.',
    down: 'Il PACS non risponde. Riprova tra poco, o guarda nel PACS stesso.',
    slow: 'Il PACS ha impiegato troppo tempo. Riprova tra poco.',
    refused: 'Il PACS non lascia entrare Bedside. Avvisa l’IT.',
    'wrong-answer': 'La risposta non è quella che il PACS dovrebbe dare. Avvisa l’IT.',
    'not-there': 'Il PACS non ha un tale esame di questo paziente.',
    'other-patient':
      'Il PACS ha inviato un’immagine di un’altra persona, perciò il resto non è stato recuperato. Avvisa l’IT e guarda nel PACS stesso.',
    'too-large': 'È più di quanto Bedside possa recuperare. Guarda nel PACS stesso.',
    cut: 'La connessione si è interrotta. Riprova.',
    stopped: 'Fermato.',
    unreachable: 'Il server non risponde. Controlla la rete e riprova.',
    'too-many': 'Stai già recuperando due serie. Aspetta che una finisca.',
    'not-found': 'Questo paziente ha lasciato il reparto.',
    other: 'Qui non ti è permesso.',
  },
  handed: {
    said: '{count} file da un’altra app o pagina',
    yours: 'Aprili solo se li hai mandati qui tu.',
    open: 'Apri',
    discard: 'Scarta',
  },
} as const satisfies Like<typeof en>
