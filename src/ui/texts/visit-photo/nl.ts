/** Nederlands. Voor een patiënt die in een gesprek een foto stuurt. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  photo: {
    send: 'Een foto sturen',
    title: 'Een foto voor {name}',
    unknown: 'Een foto',
    why: 'Alleen deze persoon krijgt hem, in dit gesprek. Hij wordt nergens bewaard.',
    aim: 'Houd de camera boven de plek, bij goed licht.',
    opening: 'De camera start…',
    on: 'Deze camera staat aan tot u de foto maakt. Niemand ziet hem nog.',
    lent: 'De camera van uw gesprek staat uit. Die komt daarna terug.',
    off: 'Deze camera staat uit.',
    sees: 'Wat de camera ziet',
    photo: 'Uw foto',
    look: 'Is hij scherp? Stuur hem dan.',
    take: 'Maak de foto',
    doSend: 'Sturen',
    again: 'Opnieuw',
    cancel: 'Annuleren',
    close: 'Sluiten',
    percent: '{percent} % gestuurd',
    lost: 'De verbinding is weg. Het gaat vanzelf verder.',
    sent: '{name} heeft uw foto.',
  },
  failures: {
    denied: 'Uw browser laat deze pagina de camera niet gebruiken. Sta dat toe en druk op Opnieuw.',
    missing: 'Er is geen camera gevonden.',
    taken: 'Een andere app gebruikt de camera. Sluit die en druk op Opnieuw.',
    ended: 'De camera is gestopt. Druk op Opnieuw.',
    'no-picture': 'Er komt geen beeld van de camera. Druk op Opnieuw.',
    unfetched: 'Wat de camera opent, kon niet worden opgehaald. Druk op Opnieuw.',
    unanswered: 'De foto kon niet worden afgegeven. Druk op Opnieuw.',
    gone: 'Er is niemand die hem kan krijgen.',
    'too-large': 'De foto is te groot. Maak een andere.',
    busy: 'Er is al een foto onderweg. Wacht even en druk op Opnieuw.',
    'too-many': 'In één gesprek passen tien foto’s.',
    broken: 'De foto is niet heel aangekomen. Maak een andere.',
    'wrong-size': 'De foto heeft te veel beeldpunten. Maak een andere.',
  },
} as const satisfies Like<typeof en>
