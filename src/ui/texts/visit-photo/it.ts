/** Italiano. A un paziente che invia una foto durante una chiamata. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  photo: {
    send: 'Invia una foto',
    title: 'Una foto per {name}',
    unknown: 'Una foto',
    why: 'La riceve solo questa persona, in questa chiamata. Non viene conservata.',
    aim: 'Tenga la fotocamera sopra il punto, con una buona luce.',
    opening: 'La fotocamera si sta avviando…',
    on: 'Questa fotocamera è accesa finché non scatta la foto. Nessuno la vede ancora.',
    lent: 'La videocamera della chiamata è spenta. Torna subito dopo.',
    off: 'Questa fotocamera è spenta.',
    sees: 'Che cosa vede la fotocamera',
    photo: 'La sua foto',
    look: 'È nitida? Allora la invii.',
    take: 'Scatta la foto',
    doSend: 'Invia',
    again: 'Di nuovo',
    cancel: 'Annulla',
    close: 'Chiudi',
    percent: '{percent} % inviato',
    lost: 'La connessione è caduta. L’invio prosegue da solo.',
    sent: '{name} ha la sua foto.',
  },
  failures: {
    denied: 'Il browser non permette a questa pagina di usare la fotocamera. La consenta e prema Di nuovo.',
    missing: 'Nessuna fotocamera trovata.',
    taken: 'Un’altra app usa la fotocamera. La chiuda e prema Di nuovo.',
    ended: 'La fotocamera si è fermata. Prema Di nuovo.',
    'no-picture': 'Dalla fotocamera non arriva alcuna immagine. Prema Di nuovo.',
    unfetched: 'Ciò che apre la fotocamera non è stato caricato. Prema Di nuovo.',
    unanswered: 'Non è stato possibile consegnarla. Prema Di nuovo.',
    gone: 'Non c’è nessuno che possa riceverla.',
    'too-large': 'La foto è troppo grande. Ne scatti un’altra.',
    busy: 'Un’altra foto è in arrivo. Attenda un momento e prema Di nuovo.',
    'too-many': 'In una chiamata si possono inviare dieci foto.',
    broken: 'La foto non è arrivata intera. Ne scatti un’altra.',
    'wrong-size': 'La foto ha troppi pixel. Ne scatti un’altra.',
  },
} as const satisfies Like<typeof en>
