/** Nederlands. Voor wie iemand vandaag zorgt. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  care: {
    mine: 'Ik zorg voor dit bed',
  },
  line: {
    label: 'Schrijf aan de patiënt',
    show: 'Toon',
    shown: 'De patiënt leest: {text}',
    takeBack: 'Neem terug',
  },
  outcome: {
    title: 'Wat volgt eruit?',
    means: 'Eén tik, of geen. Het wordt bij het gesprek bewaard.',
    noted: 'Genoteerd.',
    notedOffline: 'Nog niet vastgelegd. Laat deze pagina open tot de server terug is.',
  },
  outcomes: {
    done: 'Klaar',
    visit: 'Ga erheen',
    later: 'Bel later',
    nothing: 'Niets nodig',
  },
  round: {
    title: 'Ronde',
    start: 'Belronde',
    next: 'Volgende: bed {label}',
    callNext: 'Bed {label} bellen',
    left: '{count, plural, one {het laatste} other {nog {count} bedden}}',
    end: 'Ronde beëindigen',
    over: 'De ronde is klaar.',
    talked:
      '{count, plural, =0 {U sprak niemand.} one {U sprak 1 patiënt.} other {U sprak {count} patiënten.}}',
    missed: 'Niet bereikt',
    one: 'Bed {label}: {why}',
    sofar: 'Nog niet bereikt: {beds}',
  },
  missed: {
    privacy: 'privacy',
    offline: 'offline',
    busy: 'in een ander gesprek',
    'in-person': 'alleen in persoon',
    unanswered: 'geen antwoord',
  },
} as const satisfies Like<typeof en>
