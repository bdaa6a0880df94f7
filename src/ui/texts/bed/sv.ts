/** Svenska. Patienten tilltalas med du, som i vården. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  idle: {
    starting: 'Startar…',
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
