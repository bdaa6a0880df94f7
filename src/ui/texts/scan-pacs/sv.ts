/** Svenska. Undersökningar i sjukhusets PACS. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  pacs: {
    title: 'Bilder i PACS',
    close: 'Stäng',
    asking: 'Frågar PACS…',
    none: 'Inga undersökningar i PACS för det här numret.',
    withheld:
      '{count, plural, one {# undersökning till har det här numret och ett annat födelsedatum. Den visas inte.} other {# undersökningar till har det här numret och ett annat födelsedatum. De visas inte.}} Kontrollera numret.',
    more: 'PACS har fler undersökningar än de som visas här.',
    asOf: 'Klockan {time}',
    again: 'Fråga igen',
    study: '{date}, {modality}',
    noDate: 'Inget datum',
    noText: 'Ingen beskrivning',
    images: '{count, plural, one {# bild} other {# bilder}}',
    seriesOf: 'Serier i {study}',
    noSeries: 'Undersökningen har inga serier.',
    number: 'Serie {number}',
    open: 'Öppna',
    openOne: 'Öppna {series}',
    coming: '{images} av {of} bilder, {megabytes} MB',
    comingSome: '{images, plural, one {# bild} other {# bilder}}, {megabytes} MB',
    stop: 'Avbryt',
    done: '{count, plural, one {# bild är öppen.} other {# bilder är öppna.}}',
    missing:
      '{count, plural, one {# bild kom inte: PACS kan inte skicka den.} other {# bilder kom inte: PACS kan inte skicka dem.}} Titta i PACS.',
    kept: 'Det som kom innan är kvar.',
  },
  troubles: {
    'not-configured': 'Bedside är inte anslutet till PACS här. IT kan göra det.',
    down: 'PACS svarar inte. Försök igen om en stund, eller titta i själva PACS.',
    slow: 'PACS tog för lång tid. Försök igen om en stund.',
    refused: 'PACS släpper inte in Bedside. Säg till IT.',
    'wrong-answer': 'Svaret är inte vad PACS borde ge. Säg till IT.',
    'not-there': 'PACS har ingen sådan undersökning för den här patienten.',
    'other-patient':
      'PACS skickade en bild av någon annan, så resten hämtades inte. Säg till IT, och titta i själva PACS.',
    'too-large': 'Det är mer än Bedside får hämta. Titta i själva PACS.',
    cut: 'Anslutningen bröts på vägen. Försök igen.',
    stopped: 'Avbrutet.',
    unreachable: 'Servern svarar inte. Kontrollera nätet och försök igen.',
    'too-many': 'Du hämtar redan två serier. Vänta på en av dem.',
    'not-found': 'Patienten har lämnat avdelningen.',
    other: 'Det får du inte göra här.',
  },
  handed: {
    said: '{count, plural, one {1 fil} other {# filer}} från en annan app eller sida',
    yours: 'Öppna dem bara om du själv skickade dem hit.',
    open: 'Öppna',
    discard: 'Kasta',
  },
} as const satisfies Like<typeof en>
