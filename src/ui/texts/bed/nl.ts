/** Nederlands. Wij zeggen u, warm en kort. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  idle: {
    starting: 'Starten…',
    forServer: 'Het netwerk van het ziekenhuis zoeken.',
    touchOnce: 'Raak het scherm één keer aan, zodat Bedside hoorbaar kan bellen.',
    useHere: 'Hier gebruiken',
  },
  readiness: {
    ready: { said: 'Klaar', more: 'Een verpleegkundige kan u hier bellen.' },
    connecting: { said: 'Verbinden', more: 'Het netwerk van het ziekenhuis zoeken.' },
    uncertified: {
      said: 'Nog niet te bellen',
      more: 'Deze tablet wacht op de handtekening van een beheerder. Medewerker: vraag erom bij Sleutels.',
    },
    unreachable: {
      said: 'Niet te bellen sinds {time}',
      more: 'Deze tablet is het netwerk van het ziekenhuis kwijt. Hij blijft het proberen.',
    },
    replaced: { said: 'Hier niet in gebruik', more: 'Bedside is open in een ander venster van deze tablet.' },
    revoked: {
      said: 'Niet te bellen',
      more: 'Deze tablet hoort niet meer bij bed\u00a0{label}. Medewerker: open hierop de nieuwe link van het bed.',
    },
    updating: { said: 'Bijwerken', more: 'Bedside haalt de nieuwste versie op. Dit duurt even.' },
  },
  care: { withYou: 'Vandaag bij u' },
  knock: {
    legend: 'Als een verpleegkundige belt:',
    ring: 'Bellen en wachten tot ik opneem',
    knock: 'Aankloppen en na 10 seconden binnenkomen',
  },
  sound: { asked: 'Hebt u dat gehoord?', yes: 'Ja', louder: 'Harder' },
  call: { mute: 'Mijn microfoon uit', unmute: 'Mijn microfoon aan' },
  myPlan: {
    title: 'Mijn dag',
    nothing: 'Er staat vandaag verder niets voor u gepland.',
    touch: 'Raak aan om te zien wat en wie.',
    close: 'Sluiten',
    who: 'Wie komt er',
    where: 'Waar',
    cancelled: 'Gaat niet door',
    requested: 'Nog niet zeker',
    now: 'Nu',
    more: '{count, plural, one {en nog 1} other {en nog {count}}}',
    asOf: 'Zoals het was om {time}. Er kan iets veranderd zijn.',
  },
  myEntries: {
    'bed-call': 'Er komt iemand bij u langs',
    round: 'De visite komt bij u langs',
    visit: 'Een afspraak',
    note: 'Goed om te weten',
  },
} as const satisfies Like<typeof en>
