/** Italiano. Al paziente diamo del Lei, con calore e in breve. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  test: {
    title: 'Proviamo videocamera e audio',
    lead: 'Ci vuole meno di un minuto. Nessuno La vede o La sente.',
    allow: 'Se il browser lo chiede, scelga Consenti.',
    begin: 'Inizia',
    skipAll: 'Salta la prova',
    skip: 'Salta questo passo',
    step: 'Passo {at} di {of}',
    next: 'Avanti',
    again: 'Riprova',
    soundOnly: 'Continua solo con l’audio',
    without: 'Continua senza',
    room: 'Alla sala d’attesa',
    choose: 'Scelga un altro dispositivo',
    unnamed: 'Senza nome',
  },
  camera: {
    title: 'Si vede?',
    opening: 'La videocamera si accende…',
    only: 'Solo Lei vede questo.',
    yes: 'Sì, mi vedo',
    label: 'Videocamera',
  },
  microphone: {
    title: 'Dica qualcosa',
    opening: 'Il microfono si accende…',
    moves: 'La barra si muove quando La sentiamo.',
    heard: 'La sentiamo.',
    silent: 'La barra non si muove? Parli più forte, o scelga un altro microfono.',
    meter: 'Quanto forte parla',
    label: 'Microfono',
  },
  speaker: {
    title: 'Ha sentito due note?',
    playing: 'Ascolti…',
    todo: 'Se no, alzi il volume, tolga la modalità silenziosa e le faccia suonare di nuovo.',
    yes: 'Sì',
    no: 'No',
    play: 'Suona di nuovo',
    label: 'Altoparlante',
  },
  connection: {
    title: 'Proviamo la connessione…',
    todo: 'Ci vogliono pochi secondi. La videocamera e il microfono sono spenti.',
  },
  done: {
    title: 'Il Suo dispositivo è stato provato',
    good: 'Va tutto bene.',
    told: 'Il personale vede che cosa ha funzionato e che cosa no.',
  },
  found: {
    camera: 'Videocamera',
    microphone: 'Microfono',
    speaker: 'Audio',
    connection: 'Connessione',
    works: 'funziona',
    heard: 'funziona',
    silent: 'non si è sentito',
    'not-heard': 'non si è sentito',
    denied: 'senza permesso',
    missing: 'assente',
    taken: 'in uso altrove',
    skipped: 'prova saltata',
    fast: 'buona',
    slow: 'lenta: l’audio funzionerà, l’immagine può fermarsi',
    unknown: 'non misurata',
    blocked: 'forse bloccata da questa rete: provi i dati mobili o un’altra Wi-Fi',
  },
  failed: {
    'camera-denied': 'La videocamera non è consentita',
    'camera-missing': 'Non è stata trovata una videocamera',
    'camera-taken': 'Un’altra app usa la videocamera',
    'microphone-denied': 'Il microfono non è consentito',
    'microphone-missing': 'Non è stato trovato un microfono',
    'microphone-taken': 'Un’altra app usa il microfono',
    missing: 'Controlli che sia collegato e acceso.\nPrema “Riprova”.',
    taken: 'Chiuda le altre app e schede che mostrano immagini o fanno chiamate.\nPrema “Riprova”.',
  },
  denied: {
    'safari-ios':
      'Tocchi il segno accanto all’indirizzo, sul bordo dello schermo.\nTocchi i tre puntini, poi Impostazioni sito web.\nMetta Fotocamera e Microfono su Consenti.',
    'chrome-ios': 'Apra le Impostazioni del telefono, e lì questo browser.\nAttivi Fotocamera e Microfono.',
    'chrome-android':
      'Tocchi il segno accanto all’indirizzo, in alto.\nTocchi Autorizzazioni.\nMetta Fotocamera e Microfono su Consenti.',
    samsung:
      'Tocchi il lucchetto accanto all’indirizzo.\nTocchi Autorizzazioni.\nMetta Fotocamera e Microfono su Consenti.',
    'firefox-android':
      'Tocchi il lucchetto o lo scudo accanto all’indirizzo.\nTocchi Fotocamera e Microfono, così che siano consentiti.',
    'safari-mac':
      'Apra il menu Safari, poi le impostazioni per questo sito web.\nMetta Fotocamera e Microfono su Consenti.',
    firefox: 'Prema la videocamera barrata accanto all’indirizzo.\nTolga “Bloccato” con la crocetta accanto.',
    chrome: 'Prema il segno accanto all’indirizzo.\nAttivi Fotocamera e Microfono.',
    edge: 'Prema il lucchetto accanto all’indirizzo.\nMetta Fotocamera e Microfono su Consenti.',
    other: 'Apra le impostazioni del browser per questa pagina.\nConsenta Fotocamera e Microfono.',
    back: 'Torni qui e prema “Riprova”.',
  },
} as const satisfies Like<typeof en>
