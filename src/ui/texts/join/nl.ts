/** Nederlands. Wij zeggen u, warm en kort. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  code: {
    title: 'Deelnemen aan een gesprek',
    lead: 'Open de link die u van de afdeling kreeg, of typ hier de code.',
    label: 'Code',
    hint: '26 letters en cijfers. Hoofdletters, spaties en streepjes maken niet uit.',
    wrong: 'Dit is niet de hele code: die heeft 26 letters en cijfers.',
    send: 'Verder',
  },
  looking: {
    starting: 'Bezig met starten…',
    title: 'Uw gesprek wordt gezocht…',
    again: 'Opnieuw proberen',
  },
  invited: {
    title: '{name}, {role}, nodigt u uit voor een gesprek',
    you: 'U neemt deel als {name}, {role}.',
    notYou: 'Bent u dat niet? Sluit deze pagina en zeg het tegen wie u de link gaf.',
    before:
      'Er staat nog niets aan. Als u op Deelnemen drukt, vraagt uw browser om de camera en de microfoon.',
    join: 'Deelnemen',
    again: 'Druk daarna opnieuw op Deelnemen.',
  },
  trying: {
    title: 'Uw camera en microfoon worden geprobeerd…',
    todo: 'Kies Toestaan als uw browser het vraagt. Beide gaan weer uit tot u wordt binnengelaten.',
  },
  joining: {
    title: 'Verbinden met de afdeling…',
    lost: 'Het ziekenhuis antwoordt niet. Deze pagina blijft het proberen; controleer uw netwerk.',
  },
  waiting: {
    title: '{name} laat u binnen',
    titleWard: '{ward} laat u binnen',
    off: 'Uw camera en microfoon staan uit tot u in het gesprek bent.',
    look: 'Uzelf zien',
    lookAway: 'Mijn beeld uitzetten',
    onlyYou: 'Alleen u ziet dit. Nog niemand ziet of hoort u.',
    long: 'Er heeft u nog niemand binnengelaten.',
    longTodo:
      'Men is misschien bezig met de patiënt. U kunt hier wachten of de afdeling bellen. Uw link is gebruikt, dus houd deze pagina open.',
  },
  call: {
    title: 'Uw gesprek',
    people: 'In het gesprek',
    you: 'U: {name}, {role}',
    leave: 'Verlaten',
    mute: 'Mijn microfoon uit',
    unmute: 'Mijn microfoon aan',
    lost: 'Het ziekenhuis antwoordt nu even niet. Het gesprek gaat door zolang het kan.',
  },
  over: {
    left: {
      said: 'U hebt het gesprek verlaten.',
      todo: 'Vraag de afdeling om een nieuwe link als u terug wilt komen.',
    },
    ended: { said: 'Het gesprek is afgelopen.', todo: 'U kunt deze pagina sluiten.' },
    refused: {
      said: 'U bent niet binnengelaten.',
      todo: 'Het gesprek is misschien afgelopen, of de verpleegkundige is weggeroepen. Bel de afdeling als u nog wilt deelnemen.',
    },
    declined: {
      said: 'De patiënt heeft nu liever niemand erbij.',
      todo: 'Dat is de keuze van de patiënt en zegt niets over u. De afdeling kan u zeggen wanneer het beter uitkomt.',
    },
    unanswered: {
      said: 'De patiënt antwoordde niet, dus u kon niet deelnemen.',
      todo: 'Misschien rust de patiënt. Vraag de afdeling later om een nieuwe link.',
    },
    'unknown-code': {
      said: 'Deze link of code werkt niet, of niet meer.',
      todo: 'Hij is tien minuten geldig, zolang het gesprek duurt. Vraag een nieuwe aan wie u deze gaf.',
    },
    'used-code': {
      said: 'Deze link is al gebruikt.',
      todo: 'Elke link werkt één keer. Was u het niet, zeg het dan tegen de afdeling. Vraag een nieuwe.',
    },
    gone: {
      said: 'Het gesprek waarvoor deze link was, is afgelopen.',
      todo: 'Vraag de afdeling om een nieuwe link als u er een nodig hebt.',
    },
    full: {
      said: 'Er zijn al vier mensen in het gesprek.',
      todo: 'Vraag de afdeling om u te laten weten wanneer er plaats is.',
    },
    unverified: {
      said: 'Het was niet zeker dat dit het ziekenhuis was, dus er is niets begonnen.',
      todo: 'Niemand heeft u gezien of gehoord. Bel de afdeling en vraag om een nieuwe link.',
    },
    'connection-lost': {
      said: 'De verbinding met het gesprek is verbroken.',
      todo: 'Controleer uw netwerk en vraag de afdeling om een nieuwe link.',
    },
    camera: {
      said: 'Uw camera of microfoon stopte, dus u hebt het gesprek verlaten.',
      todo: 'Vraag de afdeling om een nieuwe link.',
    },
    elsewhere: { said: 'Uw gesprek is open in een ander venster.', todo: 'Het gaat daar verder.' },
    'no-store': {
      said: 'Dit browservenster mag niets bewaren en kan daarom niet deelnemen.',
      todo: 'Open de link in een gewoon venster, niet in een privévenster, of op een ander apparaat.',
    },
  },
  after: {
    another: 'Een andere code typen',
    useHere: 'Hier gebruiken',
  },
} as const satisfies Like<typeof en>
