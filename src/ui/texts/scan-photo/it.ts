/** Italiano. Scattare una fotografia. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  photo: {
    title: 'Scatta una foto',
    why: 'La foto si apre qui. Non viene messa nella galleria del dispositivo.',
    take: 'Scatta',
    again: 'Riprova',
    cancel: 'Nessuna foto',
    opening: 'Apertura della fotocamera…',
    own: 'La fotocamera è accesa finché la foto non è scattata.',
    call: 'È l’immagine della sua chiamata. La sua fotocamera resta accesa.',
    off: 'La fotocamera è spenta.',
    name: 'Foto {time}',
    sees: 'Che cosa vede la fotocamera',
  },
  failures: {
    denied:
      'Il browser non permette a Bedside di usare la fotocamera. Lo consenta accanto all’indirizzo e riprovi.',
    missing: 'Nessuna fotocamera trovata. Controlli che sia collegata e accesa.',
    taken: 'Un altro programma usa la fotocamera. Lo chiuda e riprovi.',
    ended: 'La fotocamera si è fermata: è stata scollegata, oppure la chiamata è finita. Riprovi.',
    'no-picture':
      'Dalla fotocamera non arriva alcuna immagine. Riprovi. Se ancora non arriva, riavvii questo dispositivo.',
    'not-made':
      'Non è stato possibile creare la foto: questo dispositivo ha poca memoria libera. Chiuda altre pagine e riprovi.',
    unfetched: 'Ciò che apre la fotocamera non è stato caricato. Controlli la rete e riprovi.',
  },
} as const satisfies Like<typeof en>
