/** Svenska. Till personal som kopplar surfplattan till sin säng. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  setup: {
    start: 'Starta',
    why: 'Starta frågar en gång om kameran och mikrofonen. Inget är på förrän du svarar på ett samtal.',
    trying: 'Tillåt kameran och mikrofonen när webbläsaren frågar.',
    again: 'Tryck sedan på Starta igen.',
    stillBound: 'Det är fortfarande surfplattan för säng\u00a0{label}.',
    stay: 'Fortsätt som den här sängen',
  },
  unbound: {
    said: 'Den här surfplattan har ingen säng ännu.',
    todo: 'Öppna sängens registreringslänk på den eller skriv sängens kod.',
  },
  binding: {
    'unknown-code': {
      said: 'Länken eller koden är okänd här, eller så har dess tio minuter gått.',
      todo: 'Be om en ny för den här sängen och öppna den på den här surfplattan.',
    },
    'used-code': {
      said: 'Länken eller koden är redan använd.',
      todo: 'Var och en fungerar en gång. Be om en ny för den här sängen och öppna den på den här surfplattan.',
    },
    over: {
      said: 'Surfplattan bekräftades inte i tid.',
      todo: 'Be om en ny kod för den här sängen och skriv den här.',
    },
    'storage-lost': {
      said: 'Surfplattans minne har tömts, och därmed uppgiften om dess säng.',
      todo: 'Be om en ny länk för den här sängen och öppna den på den här surfplattan.',
    },
  },
  code: {
    label: 'Sängens kod',
    hint: 'Åtta bokstäver och siffror från administratören. De gäller i tio minuter.',
    send: 'Använd koden',
    wrong: 'Koden är inte hel: den har åtta bokstäver och siffror.',
  },
  waiting: {
    code: {
      said: 'Personal: bekräfta den här surfplattan.',
      todo: 'Kontrollera att den ligger vid den här sängen. Öppna sedan sängen på en arbetsstation och skriv de här siffrorna.',
    },
    lost: {
      said: 'Surfplattan har tappat sin nyckel och kan inte ringas upp.',
      todo: 'Personal: öppna den här sängen på en arbetsstation och skriv de här siffrorna.',
    },
    cloned: {
      said: 'En annan surfplatta använder den här surfplattans nyckel. Den kan inte ringas upp.',
      todo: 'Personal: öppna den här sängen på en arbetsstation och skriv de här siffrorna. Kontakta IT.',
    },
    astray: {
      said: 'Den här surfplattan har varit utan ström eller nätverk. Namn är dolda.',
      todo: 'Personal: kontrollera att den ligger vid den här sängen. Öppna sängen på en arbetsstation och skriv de här siffrorna.',
    },
  },
} as const satisfies Like<typeof en>
