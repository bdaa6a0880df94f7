/** Italiano. Finestre del visualizzatore: foto, di chi sono le immagini, tasti. */
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
  photoFailures: {
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
  choice: {
    title: 'Queste sono immagini di {count} pazienti',
    said: 'Si aprono le immagini di un paziente alla volta. Di chi vuole vederle? Le altre vengono chiuse.',
    show: 'Mostra queste',
    unknown: 'Qualcuno senza nome',
  },
  keys: {
    title: 'Tasti per le immagini',
    next: 'Immagine successiva o precedente',
    far: 'Dieci immagini avanti o indietro',
    ends: 'Prima o ultima immagine',
    zoom: 'Più vicino, più lontano, come all’inizio',
    pan: 'Sposta l’immagine',
    tools: 'Scorri, luminosità, sposta, ingrandisci',
    presets: 'Finestre, nell’ordine dell’elenco',
    turn: 'Ruota a destra',
    flip: 'Sinistra per destra',
    invert: 'Scuro per chiaro',
    run: 'Avvia o ferma un filmato',
    series: 'Serie successiva o precedente',
    close: 'Chiude questo elenco',
    wheel:
      'Mouse: la rotella scorre, il tasto destro cambia luminosità e contrasto, Ctrl e rotella ingrandiscono.',
    touch: 'Tocco: un dito scorre, due dita ingrandiscono e spostano.',
    shift: 'Maiusc e frecce',
  },
} as const satisfies Like<typeof en>
