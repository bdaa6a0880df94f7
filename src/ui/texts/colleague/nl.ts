/** Aan medewerkers: een collega bellen op naam of dienst, dienst hebben en vragen om teruggebeld te worden. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  colleague: {
    open: 'Bel een collega',
    title: 'Bel een collega',
    find: 'Naam, functie of dienst',
    loading: 'Kijken wie er is…',
    failed: 'Wie er is, kon niet worden gelezen. Sluit dit en probeer het opnieuw.',
    notFound: 'Niemand met die naam en geen dienst die zo heet.',
    duties: 'Dienst',
    people: 'Mensen',
    call: '{name} bellen',
    ringing: 'Belt wie dienst heeft als {duty}',
    calledAs: 'Belt u als: {duty}',
  },
  reached: {
    here: '{count, plural, one {bij een scherm} other {bij # schermen}}',
    busy: 'in gesprek',
    phone: 'alleen per telefoon',
    away: 'hier nu niet bereikbaar',
  },
  duty: {
    nobody: 'Niemand heeft gezegd dienst te hebben',
    mine: 'Ik heb dienst als …',
    mineNow: 'Ik heb dienst als: {duties}',
    means:
      'Gesprekken daarvoor gaan vanaf nu over op uw schermen. Het eindigt vanzelf na 13 uur, en u kunt met meer zijn.',
    alone: 'Niemand anders heeft gezegd {duty} te zijn. Draag de dienst over voordat u die loslaat.',
  },
  consult: {
    title: 'Terugbellen',
    ask: 'Vraag om teruggebeld te worden',
    askOf: 'Vraag {name} om terug te bellen',
    means:
      'Zij krijgen bericht op hun schermen en telefoons, na 2 minuten opnieuw, en na 5 gaat het door naar de volgende. U ziet hier wie er belt.',
    meansOne:
      'Zij krijgen bericht op hun schermen en telefoon, en na 2 minuten opnieuw. U ziet hier wanneer zij bellen.',
    reason: 'Waar het over gaat, zonder naam van een patiënt',
    send: 'Vragen',
    notNow: 'Niet nu',
    sent: 'Gevraagd. Bovenaan ziet u hoe het verdergaat.',
    failed: 'Niet gevraagd: de server antwoordde niet. Bel met de telefoon.',
    asks: '{name} vraagt u terug te bellen',
    asksDuty: '{name} vraagt {duty} terug te bellen',
    asked: 'U vroeg {name} terug te bellen',
    answered: '{name} heeft opgenomen.',
    callBack: 'Terugbellen',
    callBackTo: '{name} terugbellen',
    later: 'Gezien, over',
    minutes: '{count} min',
    laterTo: 'Zeg tegen {name}: gezien, over {count} min',
    done: 'Klaar',
    doneFor: 'Klaar: {name}',
    takeBack: 'Terugnemen',
    takeBackFrom: 'Terugnemen wat {name} is gevraagd',
  },
  states: {
    waiting: 'Nog niemand heeft het gezien',
    passed: 'Doorgegeven aan {name}. Nog niet gezien',
    unanswered: 'Niemand heeft geantwoord. Bel met de telefoon',
    seen: '{name} belt uiterlijk {time}',
    promised: '{name} belt uiterlijk {time}',
  },
} as const satisfies Like<typeof en>
