/** Svenska. Patienter duas. */
import type { LetterWords } from './en.ts'

const words: LetterWords = {
  locale: 'sv-SE',
  at: (date, time) => `${date} kl. ${time}`,
  subject: {
    invitation: (ward) => `Ditt videobesök hos ${ward}`,
    update: (ward) => `Ny tid för ditt videobesök hos ${ward}`,
    cancellation: (ward) => `Inställt: ditt videobesök hos ${ward}`,
    'reminder-day': (ward) => `Påminnelse: ditt videobesök hos ${ward}`,
    'reminder-soon': (ward) => `Du kan komma in nu: ditt videobesök hos ${ward}`,
    'new-link': (ward) => `Ny länk till ditt videobesök hos ${ward}`,
  },
  hello: (name) => `Hej ${name}!`,
  lead: {
    invitation: (ward) => `Du är inbjuden till ett videobesök hos ${ward}: ett samtal med bild och ljud.`,
    update: (ward) => `Ditt videobesök hos ${ward} har ändrats. Det här är tiden som gäller nu:`,
    cancellation: (ward) => `Ditt videobesök hos ${ward} blir inte av. Du behöver inte göra något.`,
    'reminder-day': (ward) => `Det här är en påminnelse om ditt videobesök hos ${ward}.`,
    'reminder-soon': (ward) => `Du kan komma in nu till ditt videobesök hos ${ward}.`,
    'new-link': (ward) =>
      `Här är en ny länk till ditt videobesök hos ${ward}. Tidigare länkar fungerar inte längre.`,
  },
  when: 'Tid',
  atHospital: 'På sjukhuset',
  link: 'Din länk',
  todo: [
    'Öppna länken 10 minuter före tiden, på en telefon, surfplatta eller dator med kamera. Du behöver ingen app och inget konto; vi frågar efter ditt födelsedatum.',
    'Med samma länk kan du när som helst prova kamera och ljud i förväg.',
    'Länken är bara för dig: ge den inte vidare.',
  ],
  phone: (phone) => `Om den inte fungerar, eller om du inte kan komma, ring ${phone}.`,
  notYou: (phone) =>
    phone === null
      ? 'Om det här meddelandet inte är till dig, berätta det för oss och radera det.'
      : `Om det här meddelandet inte är till dig, berätta det för oss på ${phone} och radera det.`,
  automatic: 'Det här meddelandet skickades automatiskt; det är inte säkert att svar blir lästa.',
  entry: (ward) => `Videobesök: ${ward}`,
  withdrawn: {
    subject: 'En inbjudan som inte längre gäller den här adressen',
    lines: [
      'En inbjudan till ett videobesök som skickades till den här adressen var ett misstag eller gäller den inte längre. Den är återkallad, och länken leder ingenstans.',
      'Du behöver inte göra något. Radera de tidigare meddelandena; kalendern kan ha tagit bort sin post av sig själv.',
    ],
    entry: 'Återkallad',
  },
  sms: {
    invitation: (ward, when, link) =>
      `${ward}: du är inbjuden till ett videobesök ${when}. Öppna den här länken 10 minuter före: ${link}`,
    update: (ward, when, link) =>
      `${ward}: ditt videobesök har en ny tid, ${when}. Öppna den här länken 10 minuter före: ${link}`,
    cancellation: (ward, when) =>
      `${ward}: ditt videobesök (${when}) blir inte av. Du behöver inte göra något.`,
    'reminder-soon': (ward, when, link) =>
      `${ward}: du kan komma in nu till ditt videobesök (${when}): ${link}`,
  },
}

export default words
