/** Nederlands. Familie wordt met u aangesproken. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  page: {
    starting: 'Wordt gestart…',
    title: 'Bezoek',
    looking: 'De afdeling wordt gevraagd…',
    again: 'Opnieuw proberen',
  },
  open: {
    title: 'Bezoek via video',
    you: 'U belt als {name}, naar {ward}.',
    before:
      'Er staat nog niets aan. Als u op Bellen drukt, vraagt uw browser om camera en microfoon, en u wordt gezien zodra er wordt opgenomen.',
    ring: 'Bellen',
    again: 'Druk daarna opnieuw op Bellen.',
  },
  resting: {
    title: 'Nu rust.',
    hours: 'Bezoek {from}–{until}',
    none: 'Op dit moment geen bezoek.',
    stay: 'U kunt deze pagina open laten: zij laat zien wanneer u kunt bellen.',
    look: 'Opnieuw kijken',
  },
  trying: {
    title: 'Camera en microfoon worden geprobeerd…',
    todo: 'Als uw browser het vraagt, kies Toestaan.',
  },
  ringing: {
    title: 'Er wordt gebeld…',
    todo: 'Het kan even duren voordat iemand bij het scherm kan.',
    lost: 'Het ziekenhuis antwoordt niet. Deze pagina blijft het proberen; controleer uw netwerk.',
    stop: 'Stoppen met bellen',
  },
  after: { again: 'Opnieuw op bezoek' },
  noLink: {
    none: {
      said: 'Open de link die u hebt gekregen.',
      todo: 'Daarmee kunt u iemand op de afdeling via video bezoeken. Vraag de afdeling erom als u hem kwijt bent.',
    },
    wrong: { said: 'Dit is geen hele link.', todo: 'Open hem opnieuw of kopieer hem helemaal.' },
    unknown: {
      said: 'Deze link is niet meer in gebruik.',
      todo: 'Vraag het aan de afdeling of aan wie hem u gaf.',
    },
    used: {
      said: 'Deze link hoort bij een ander apparaat.',
      todo: 'Hij is daar het eerst gebruikt en belt alleen van daaruit. Vraag de afdeling om een eigen link.',
    },
    unverified: {
      said: 'Het is niet zeker dat deze link van het ziekenhuis is, dus er is niets begonnen.',
      todo: 'Niemand heeft u gezien of gehoord. Bel de afdeling.',
    },
    'no-store': {
      said: 'Dit browservenster mag niets bewaren, dus u kunt er niet mee op bezoek.',
      todo: 'Open de link in een gewoon venster, niet in een privévenster, of op een ander apparaat.',
    },
  },
  over: {
    left: { said: 'U hebt het bezoek beëindigd.', todo: 'U kunt tijdens de bezoekuren opnieuw bellen.' },
    ended: { said: 'Het bezoek is voorbij.', todo: 'U kunt tijdens de bezoekuren opnieuw bellen.' },
    'connection-lost': { said: 'De verbinding is verbroken.', todo: 'Controleer uw netwerk en bel opnieuw.' },
    unverified: {
      said: 'Het was niet zeker dat dit het ziekenhuis was, dus het bezoek is beëindigd.',
      todo: 'Bel de afdeling.',
    },
    camera: {
      said: 'Uw camera of microfoon stopte, dus het bezoek is afgelopen.',
      todo: 'Controleer ze en bel opnieuw.',
    },
    elsewhere: { said: 'Uw bezoek is open in een ander venster.', todo: 'Het gaat daar verder.' },
  },
} as const satisfies Like<typeof en>
