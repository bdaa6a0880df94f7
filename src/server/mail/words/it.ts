/** Italiano. Ai pazienti si dà del Lei. */
import type { LetterWords } from './en.ts'

const words: LetterWords = {
  locale: 'it-IT',
  at: (date, time) => `${date}, ore ${time}`,
  subject: {
    invitation: (ward) => `La Sua visita in video: ${ward}`,
    update: (ward) => `Nuovo orario della Sua visita in video: ${ward}`,
    cancellation: (ward) => `Annullata la Sua visita in video: ${ward}`,
    'reminder-day': (ward) => `Promemoria della Sua visita in video: ${ward}`,
    'reminder-soon': (ward) => `Tra poco la Sua visita in video: ${ward}`,
    'new-link': (ward) => `Nuovo link per la Sua visita in video: ${ward}`,
  },
  hello: (name) => `Gentile ${name},`,
  lead: {
    invitation: (ward) => `La invitiamo a una visita in video (${ward}): una chiamata con immagine e suono.`,
    update: (ward) => `la Sua visita in video (${ward}) è cambiata. Questo è l’orario che vale ora:`,
    cancellation: (ward) => `la Sua visita in video (${ward}) non avrà luogo. Non deve fare nulla.`,
    'reminder-day': (ward) => `Le ricordiamo la Sua visita in video (${ward}).`,
    'reminder-soon': (ward) => `la Sua visita in video (${ward}) inizia tra poco. Può già entrare.`,
    'new-link': (ward) =>
      `ecco un nuovo link per la Sua visita in video (${ward}). I link precedenti non funzionano più.`,
  },
  when: 'Orario',
  link: 'Il Suo link',
  todo: [
    'Apra il link 10 minuti prima dell’orario, su un telefono, un tablet o un computer con videocamera. Non servono app né account; Le chiederemo la data di nascita.',
    'Con lo stesso link può provare videocamera e suono in qualsiasi momento prima.',
    'Il link è solo per Lei: non lo dia ad altri.',
  ],
  phone: (phone) => `Se non funziona, o se non può partecipare, telefoni al ${phone}.`,
  notYou: (phone) =>
    phone === null
      ? 'Se questo messaggio non è per Lei, ce lo dica e lo cancelli.'
      : `Se questo messaggio non è per Lei, ce lo dica al ${phone} e lo cancelli.`,
  automatic: 'Questo messaggio è stato inviato automaticamente; le risposte potrebbero non essere lette.',
  entry: (ward) => `Visita in video: ${ward}`,
  sms: {
    invitation: (ward, when, link) =>
      `${ward}: ha una visita in video, ${when}. Apra questo link 10 minuti prima: ${link}`,
    update: (ward, when, link) =>
      `${ward}: la Sua visita in video ha un nuovo orario, ${when}. Apra questo link 10 minuti prima: ${link}`,
    cancellation: (ward, when) =>
      `${ward}: la Sua visita in video (${when}) non avrà luogo. Non deve fare nulla.`,
    'reminder-soon': (ward, when, link) =>
      `${ward}: la Sua visita in video inizia tra poco, ${when}. Entri qui: ${link}`,
  },
}

export default words
