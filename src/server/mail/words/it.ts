/** Italiano. Ai pazienti si dà del Lei. */
import type { LetterWords } from './en.ts'

const words: LetterWords = {
  locale: 'it-IT',
  at: (date, time) => `${date}, ore ${time}`,
  subject: {
    invitation: (ward) => `La Sua televisita: ${ward}`,
    update: (ward) => `Nuovo orario della Sua televisita: ${ward}`,
    cancellation: (ward) => `Annullata la Sua televisita: ${ward}`,
    'reminder-day': (ward) => `Promemoria della Sua televisita: ${ward}`,
    'reminder-soon': (ward) => `Può entrare ora nella Sua televisita: ${ward}`,
    'new-link': (ward) => `Nuovo link per la Sua televisita: ${ward}`,
  },
  hello: (name) => `Gentile ${name},`,
  lead: {
    invitation: (ward) => `La invitiamo a una televisita (${ward}): una chiamata con immagine e suono.`,
    update: (ward) => `la Sua televisita (${ward}) è cambiata. Questo è l’orario che vale ora:`,
    cancellation: (ward) => `la Sua televisita (${ward}) non avrà luogo. Non deve fare nulla.`,
    'reminder-day': (ward) => `Le ricordiamo la Sua televisita (${ward}).`,
    'reminder-soon': (ward) => `può entrare ora nella Sua televisita (${ward}).`,
    'new-link': (ward) =>
      `ecco un nuovo link per la Sua televisita (${ward}). I link precedenti non funzionano più.`,
  },
  when: 'Orario',
  atHospital: 'In ospedale',
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
  entry: (ward) => `Televisita: ${ward}`,
  withdrawn: {
    subject: 'Un invito che non è più per questo indirizzo',
    lines: [
      'Un invito a una televisita inviato a questo indirizzo era un errore, o non è più per questo indirizzo. È stato ritirato e il suo link non porta più da nessuna parte.',
      'Non deve fare nulla. Cancelli i messaggi precedenti; il calendario potrebbe aver già tolto la voce.',
    ],
    entry: 'Ritirato',
  },
  sms: {
    invitation: (ward, when, link) =>
      `${ward}: ha una televisita, ${when}. Apra questo link 10 minuti prima: ${link}`,
    update: (ward, when, link) =>
      `${ward}: la Sua televisita ha un nuovo orario, ${when}. Apra questo link 10 minuti prima: ${link}`,
    cancellation: (ward, when) => `${ward}: la Sua televisita (${when}) non avrà luogo. Non deve fare nulla.`,
    'reminder-soon': (ward, when, link) => `${ward}: può entrare ora nella Sua televisita (${when}): ${link}`,
  },
}

export default words
