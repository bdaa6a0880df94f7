/** Nederlands. Een gesprek met meer dan twee; `asked` is voor de patiënt. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  table: {
    people: 'In dit gesprek: {people}',
    video: 'Beeld van {name}',
    muted: 'Microfoon uit',
    lost: 'Verbinding verbroken',
    reaching: '{who} wordt gezocht…',
    ringing: '{who} wordt gebeld…',
    patientAsked: 'Het wordt de patiënt gevraagd…',
    elapsed: '{count} s',
    takeBack: 'Intrekken',
    takeBackWho: 'Intrekken: {who}',
    askedTo: 'vraagt u bij een gesprek met {place}',
    askedIn: 'vraagt u bij een gesprek',
  },
  covers: {
    connecting: 'Verbinden…',
    reconnecting: 'Opnieuw verbinden…',
    waiting: 'Wachten op het beeld…',
    stopped: 'Het beeld staat stil',
    cameraOff: 'Camera uit',
    held: 'Beeld gepauzeerd',
  },
  asked: {
    label: '{name} wil er graag iemand bij halen: {who}',
    wish: '{name} wil er graag iemand bij halen:',
    off: 'Niemand komt erbij voordat u het goedvindt.',
    comesIn: 'Komt erbij over {count, plural, one {# seconde} other {# seconden}}',
    yes: 'Mag erbij',
    no: 'Nee',
  },
  parted: {
    left: '{name} heeft het gesprek verlaten.',
    lost: 'De verbinding met {name} is verbroken.',
    declined: '{name} kan nu niet komen.',
    unanswered: '{name} nam niet op.',
    unwanted: 'De patiënt wilde {name} er niet bij hebben.',
    unheard: 'De patiënt antwoordde niet, dus {name} is er niet bij gekomen.',
    busy: '{name} is in een ander gesprek.',
    full: 'Er zijn al vier mensen in het gesprek: {name} kon niet worden gevraagd.',
    unverified: 'Het was niet zeker dat het {name} was, dus die is niet toegelaten.',
    notIn: '{name} is er niet bij gekomen.',
    notAsked: '{name} kon niet worden gevraagd.',
  },
} as const satisfies Like<typeof en>
