/** Svenska. Patienten tilltalas med du, som i vården. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  setup: {
    starting: 'Startar…',
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
  },
  idle: {
    forServer: 'Söker sjukhusets nätverk.',
    touchOnce: 'Tryck en gång på skärmen så att Bedside kan ringa med ljud.',
    useHere: 'Använd här',
  },
  readiness: {
    ready: { said: 'Redo', more: 'En sjuksköterska kan ringa dig här.' },
    connecting: { said: 'Ansluter', more: 'Söker sjukhusets nätverk.' },
    uncertified: {
      said: 'Kan inte ringas upp än',
      more: 'Surfplattan väntar på en administratörs signatur. Personal: be om den under Nycklar.',
    },
    unreachable: {
      said: 'Kan inte ringas upp sedan {time}',
      more: 'Surfplattan har tappat sjukhusets nätverk. Den fortsätter att försöka.',
    },
    replaced: {
      said: 'Används inte här',
      more: 'Bedside är öppet i ett annat fönster på den här surfplattan.',
    },
    revoked: {
      said: 'Kan inte ringas upp',
      more: 'Surfplattan hör inte längre till säng\u00a0{label}. Personal: öppna sängens nya länk på den.',
    },
    updating: { said: 'Uppdaterar', more: 'Bedside hämtar sin senaste version. Det tar en liten stund.' },
  },
  care: { withYou: 'Med dig i dag' },
  knock: {
    legend: 'När en sjuksköterska ringer:',
    ring: 'Ring och vänta tills jag svarar',
    knock: 'Knacka på och kom in efter 10 sekunder',
  },
  sound: { asked: 'Hörde du det?', yes: 'Ja', louder: 'Högre' },
  call: { mute: 'Stäng av mitt ljud', unmute: 'Slå på mitt ljud' },
  myPlan: {
    title: 'Min dag',
    nothing: 'Inget mer är planerat för dig i dag.',
    touch: 'Tryck för att se vad och vem.',
    close: 'Stäng',
    who: 'Vem kommer',
    where: 'Var',
    cancelled: 'Inställt',
    requested: 'Inte säkert än',
    now: 'Nu',
    more: '{count, plural, one {och 1 till} other {och {count} till}}',
    asOf: 'Så var det klockan {time}. Det kan ha ändrats.',
  },
  myEntries: {
    'bed-call': 'Någon kommer till dig',
    round: 'Ronden kommer till dig',
    visit: 'En bokad tid',
    note: 'Bra för dig att veta',
  },
} as const satisfies Like<typeof en>
