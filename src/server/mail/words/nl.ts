/** Nederlands. Patiënten worden met u aangesproken. */
import type { LetterWords } from './en.ts'

const words: LetterWords = {
  locale: 'nl-NL',
  at: (date, time) => `${date} om ${time}`,
  subject: {
    invitation: (ward) => `Uw videobezoek bij ${ward}`,
    update: (ward) => `Nieuwe tijd voor uw videobezoek bij ${ward}`,
    cancellation: (ward) => `Afgezegd: uw videobezoek bij ${ward}`,
    'reminder-day': (ward) => `Herinnering: uw videobezoek bij ${ward}`,
    'reminder-soon': (ward) => `U kunt nu binnenkomen: uw videobezoek bij ${ward}`,
    'new-link': (ward) => `Nieuwe link voor uw videobezoek bij ${ward}`,
  },
  hello: (name) => `Dag ${name},`,
  lead: {
    invitation: (ward) =>
      `U bent uitgenodigd voor een videobezoek bij ${ward}: een gesprek met beeld en geluid.`,
    update: (ward) => `Uw videobezoek bij ${ward} is gewijzigd. Dit is de tijd die nu geldt:`,
    cancellation: (ward) => `Uw videobezoek bij ${ward} gaat niet door. U hoeft niets te doen.`,
    'reminder-day': (ward) => `Dit is een herinnering aan uw videobezoek bij ${ward}.`,
    'reminder-soon': (ward) => `U kunt nu binnenkomen voor uw videobezoek bij ${ward}.`,
    'new-link': (ward) =>
      `Hier is een nieuwe link naar uw videobezoek bij ${ward}. Eerdere links werken niet meer.`,
  },
  when: 'Tijd',
  atHospital: 'In het ziekenhuis',
  link: 'Uw link',
  todo: [
    'Open de link 10 minuten voor de tijd, op een telefoon, tablet of computer met een camera. U hebt geen app en geen account nodig; we vragen uw geboortedatum.',
    'Met dezelfde link kunt u vooraf altijd uw camera en geluid testen.',
    'De link is alleen voor u: geef hem niet door.',
  ],
  phone: (phone) => `Werkt het niet, of kunt u niet komen? Bel dan ${phone}.`,
  notYou: (phone) =>
    phone === null
      ? 'Is dit bericht niet voor u? Laat het ons weten en verwijder het.'
      : `Is dit bericht niet voor u? Laat het ons weten op ${phone} en verwijder het.`,
  automatic: 'Dit bericht is automatisch verstuurd; antwoorden worden misschien niet gelezen.',
  entry: (ward) => `Videobezoek: ${ward}`,
  withdrawn: {
    subject: 'Een uitnodiging die niet meer voor dit adres is',
    lines: [
      'Een uitnodiging voor een videobezoek die naar dit adres is gestuurd, was een vergissing of is er niet meer voor. Ze is ingetrokken en de link leidt nergens meer heen.',
      'U hoeft niets te doen. Verwijder de eerdere berichten; uw agenda heeft de afspraak misschien al zelf verwijderd.',
    ],
    entry: 'Ingetrokken',
  },
  sms: {
    invitation: (ward, when, link) =>
      `${ward}: u bent uitgenodigd voor een videobezoek, ${when}. Open deze link 10 minuten ervoor: ${link}`,
    update: (ward, when, link) =>
      `${ward}: uw videobezoek heeft een nieuwe tijd, ${when}. Open deze link 10 minuten ervoor: ${link}`,
    cancellation: (ward, when) => `${ward}: uw videobezoek (${when}) gaat niet door. U hoeft niets te doen.`,
    'reminder-soon': (ward, when, link) =>
      `${ward}: u kunt nu binnenkomen voor uw videobezoek (${when}): ${link}`,
  },
}

export default words
