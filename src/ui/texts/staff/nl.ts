/** Nederlands. `who` is de ander, of `Bed 1`. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  signInFirst: {
    said: 'Meld u aan met uw link.',
    todo: 'Op de demoafdeling is die afgedrukt waar de afdeling werd gestart.',
  },
  signIn: {
    'unknown-code': { said: 'Deze aanmeldlink is hier niet bekend.', todo: 'Vraag een nieuwe en open die.' },
    'used-code': {
      said: 'Deze aanmeldlink is al gebruikt.',
      todo: 'Elke link werkt één keer. Vraag een nieuwe en open die.',
    },
    'provider-down': {
      said: 'De aanmelding van het ziekenhuis antwoordt niet.',
      todo: 'Wacht een minuut en probeer het opnieuw. Blijft het zo, meld het dan aan IT; wie al is aangemeld, kan doorgaan.',
    },
    'provider-refused': {
      said: 'De aanmelding van het ziekenhuis liet u niet toe.',
      todo: 'Probeer het opnieuw. Blijft het zo, meld het dan aan IT.',
    },
    expired: {
      said: 'Deze aanmelding is te lang geleden begonnen of al gebruikt.',
      todo: 'Meld u opnieuw aan.',
    },
    foreign: { said: 'Deze aanmelding is in een andere browser begonnen.', todo: 'Meld u hier opnieuw aan.' },
    'no-access': {
      said: 'Uw account heeft geen rol op deze afdeling.',
      todo: 'Vraag IT om uw account een rol voor Bedside te geven en meld u dan opnieuw aan.',
    },
    disabled: {
      said: 'Uw account is hier gesloten.',
      todo: 'Vraag een beheerder van Bedside of het open hoort te zijn.',
    },
    clock: {
      said: 'De klokken van deze afdeling en van de aanmelding verschillen meer dan vijf minuten.',
      todo: 'Vraag IT om de klok van de Bedside-server goed te zetten.',
    },
    'not-fresh': {
      said: 'De aanmelding van het ziekenhuis vroeg niet opnieuw wie u bent.',
      todo: 'Meld u opnieuw aan en beantwoord wat er gevraagd wordt. Wordt er niets gevraagd, meld het dan aan IT: auth_time moet worden meegestuurd.',
    },
    'other-person': {
      said: 'Deze browser is vergrendeld voor iemand anders.',
      todo: 'Laat die persoon ontgrendelen, of meld die persoon af en meld uzelf aan.',
    },
    'passkey-cancelled': {
      said: 'De passkey is niet gebruikt.',
      todo: 'Probeer het opnieuw of kies een andere manier.',
    },
    'passkey-known': { said: 'Dit apparaat heeft al een passkey van u.', todo: 'Gebruik die.' },
    'passkey-failed': {
      said: 'Deze browser kon geen passkey gebruiken.',
      todo: 'Kies een andere manier of een andere browser.',
    },
  },
  entry: {
    title: { said: 'Meld u aan bij uw afdeling.', todo: 'Wie hier is aangemeld, kan de bedden bellen.' },
    demo: {
      said: 'Meld u aan bij uw afdeling.',
      todo: 'Of open uw link: op de demoafdeling is die afgedrukt waar de afdeling werd gestart.',
    },
    provider: 'Aanmelden met {name}',
    passkey: 'Aanmelden met een passkey',
    byName: 'Naam en wachtwoord',
    name: 'Uw naam',
    password: 'Wachtwoord',
    go: 'Aanmelden',
    welcome: {
      said: 'Welkom, {name}.',
      todo: 'Kies hoe u zich voortaan aanmeldt. Deze link werkt één keer.',
    },
    makePasskey: 'Passkey maken op dit apparaat',
    choosePassword: 'Of kies een wachtwoord',
    rule: 'Minstens {least} tekens. Een korte zin is makkelijk te onthouden.',
    keepPassword: 'Dit wachtwoord gebruiken',
  },
  lock: {
    lock: 'Vergrendelen',
    title: 'Vergrendeld',
    whose: 'Vergrendeld voor {name}',
    meaning: 'Namen zijn verborgen. Een lopend gesprek gaat door.',
    passkey: 'Ontgrendelen met uw passkey',
    password: 'Wachtwoord',
    unlock: 'Ontgrendelen',
    provider: 'Ontgrendelen met {name}',
    leaves: 'Er opent een andere pagina; een lopend gesprek wordt daarna hervat.',
    somebodyElse: 'Bent u iemand anders?',
    signOut: 'Afmelden',
    hidden: 'Naam verborgen',
    rings: '{name} belt u. Ontgrendel om op te nemen.',
  },
  passkey: {
    title: 'Uw passkey',
    why: 'Met een passkey op dit apparaat ontgrendelt uw vinger, uw gezicht of de pincode deze browser in een oogwenk.',
    have: 'U hebt een passkey. Maak er nog een voor dit apparaat als het nieuw voor u is.',
    none: 'U hebt er nog geen. Tot die tijd ontgrendelt u door u opnieuw aan te melden.',
    unlocked: 'U hebt er nog geen, dus deze browser wordt niet vergrendeld als u wegloopt.',
    done: 'De passkey is klaar. Voortaan wordt deze browser vergrendeld na vijf minuten zonder aanraking.',
    make: 'Passkey maken op dit apparaat',
    close: 'Sluiten',
  },
  dismissals: {
    replaced: { said: 'Dit werkstation is open in een ander tabblad.', todo: 'Een gesprek gaat daar door.' },
    outdated: { said: 'Bedside haalt de nieuwste versie op.', todo: 'Dit duurt even.' },
    useHere: 'Hier gebruiken',
  },
  starting: {
    starting: { said: 'Starten…', todo: 'De afdeling zoeken.' },
    lost: {
      said: 'De server van de afdeling antwoordt niet.',
      todo: 'Deze pagina blijft het proberen. Controleer het netwerk.',
    },
  },
  board: {
    beds: 'Bedden',
    empty: 'Deze afdeling heeft nog geen bedden.',
    choose: 'Kies een bed om het hier te zien. Druk op ? voor de toetsen.',
    count: '{ready} van {count} klaar',
    stale: 'Offline sinds {time}. Wat u ziet, is van toen.',
    open: 'Bed {label} openen',
    details: 'Gegevens van bed {label}',
    call: 'Bellen',
    callBed: 'Bed {label} bellen',
    noCall: 'Niet bellen tot {time}',
    noCallBed: 'Bed {label} bellen: niet bellen tot {time}',
    knockBed: 'Aankloppen bij bed {label}',
    knockMeans: 'Geeft een signaal en komt na 10 s binnen; de patiënt kan Nu niet zeggen.',
    knocks: 'Bij deze tablet mag worden aangeklopt.',
    rings: 'Deze tablet belt in plaats daarvan.',
    cannotRing: 'Kan niet hoorbaar bellen: raak de tablet één keer aan',
    noPatient: 'Geen patiënt',
    born: 'geboren {date}',
    calendars: 'Agenda’s',
  },
  bedStates: {
    privacy: 'Privacy tot {time}',
    ready: 'Klaar',
    ringing: 'Gaat over',
    'in-call': 'In gesprek met {name}',
    offline: 'Offline sinds {time}',
  },
  call: {
    title: 'Gesprek',
    ended: 'Beëindigd gesprek',
    larger: 'Groter',
    smaller: 'Kleiner',
    elapsed: 'Hoe lang het overgaat',
    cancel: 'Oproep annuleren',
    mute: 'Microfoon uitzetten',
    unmute: 'Microfoon aanzetten',
    again: 'Opnieuw bellen',
  },
  outgoing: {
    reaching: '{kind, select, bed {Bed {name} bereiken} other {{name} bereiken}}',
    ringing: '{kind, select, bed {Bed {name} wordt gebeld} other {{name} wordt gebeld}}',
    knocking: '{kind, select, bed {Aankloppen bij bed {name}} other {Aankloppen bij {name}}}',
  },
  keys: {
    title: 'Toetsen',
    numbers: 'Ga naar het bed met dat nummer. Een toets belt nooit een bed.',
    enter: 'Open het bed, of druk op de gekozen knop',
    tab: 'Ga naar de volgende knop',
    escape: 'Sluit deze lijst',
    question: 'Toon deze lijst',
  },
  trust: {
    title: 'Vertrouwen',
    station: 'Dit werkstation',
    waiting: 'Wacht op de handtekening van een beheerder. Tot die tijd kan het niet bellen.',
    unsigned:
      'Dit werkstation wacht op de handtekening van een beheerder. Tot die tijd eindigen zijn gesprekken zonder verificatie.',
    organisation: 'Ondertekend door',
    root: 'Cijfers van de root die het vertrouwt',
    none: 'Nog geen: de eerste die het tegenkomt',
    demo: 'De demoafdeling bewaart haar root op de server en ondertekent zelf. Die van een echte afdeling ligt elders.',
    foreign:
      'De server toont een andere root. Gesprekken worden niet geverifieerd. Vertrouw hem alleen als dit zijn cijfers zijn:',
    trustIt: 'Deze root vertrouwen',
  },
  planOpening: {
    loading: 'De planning wordt geopend…',
    failed: 'De planning kon niet worden geopend. Laad deze pagina opnieuw.',
  },
  devices: {
    title: 'Apparaten',
    camera: 'Camera',
    microphone: 'Microfoon',
    speaker: 'Luidspreker',
    unchanged: 'Zoals nu',
    none: 'Niets te kiezen',
    unnamed: 'Geen naam',
  },
  leaving: {
    title: 'Afmelden',
    unsent:
      '{count, plural, one {1 wijziging is niet verstuurd.} other {{count} wijzigingen zijn niet verstuurd.}}',
    meaning:
      'Ze staan alleen op dit apparaat. Meldt u zich nu af, dan worden ze verwijderd en ziet niemand ze.',
    stay: 'Aangemeld blijven',
    leave: 'Afmelden en verwijderen',
    others:
      '{count, plural, one {1 wijziging van iemand anders wacht op dit apparaat om verstuurd te worden. Dat gebeurt als die persoon zich hier weer aanmeldt.} other {{count} wijzigingen van iemand anders wachten op dit apparaat om verstuurd te worden. Dat gebeurt als die persoon zich hier weer aanmeldt.}}',
  },
  remembered: {
    said: 'De server is niet te bereiken.',
    todo: 'De bedden en gesprekken komen met de server terug. De planning is zoals toen de server voor het laatst antwoordde.',
    locked: 'Ontgrendelen kan alleen met de server. Tot die bereikbaar is, wordt hier niets getoond.',
  },
  notYourWard: {
    said: 'Dit is niet uw afdeling.',
    todo: 'U ziet hier geen bedden. Heeft een patiënt u nu nodig, breek dan het glas: zeg waarom, en de afdeling is een uur voor u open. Het wordt vastgelegd, de afdeling krijgt bericht en het wordt beoordeeld.',
  },
  noBreaking: {
    said: 'Dit is niet uw afdeling.',
    todo: 'U ziet hier geen bedden. Vraag wie de medewerkers beheert om deze afdeling voor u toe te voegen.',
  },
  noBoard: {
    said: 'Er is geen bord voor uw rol.',
    todo: 'Houd deze pagina open: oproepen voor u gaan hier over.',
  },
  glass: {
    open: 'Breek het glas',
    title: 'Waarom hebt u deze afdeling nu nodig?',
    label: 'Reden, in minstens 10 tekens',
    means: 'Uw naam, deze reden en alles wat u hier doet, worden vastgelegd en beoordeeld.',
    confirm: 'Deze afdeling een uur openen',
    cancel: 'Annuleren',
    leave: 'Nu verlaten',
    seen: 'Gezien',
    broken: 'Toegang buiten uw afdeling tot {time}. Dit wordt vastgelegd en beoordeeld.',
    visitor: '{name}, {role}, heeft het glas gebroken en ziet uw afdeling tot {time}.',
    visitorLeft: '{name}, {role}, van een andere afdeling, heeft uw afdeling verlaten.',
  },
  glassProblems: {
    conflict: 'Er is niets gewijzigd: het is al zo.',
    unreachable: 'De server van de afdeling antwoordt niet. Probeer het opnieuw.',
    'too-many': 'Er waren te veel pogingen. Wacht een minuut.',
    other: 'Het is geweigerd. Meld u opnieuw aan en probeer het nog eens.',
  },
  tabletNeeds: {
    waiting: 'Een tablet wacht op bevestiging',
    cloned: 'Geblokkeerd: twee tablets gebruiken de sleutel van dit bed',
    lost: 'Opnieuw koppelen: de tablet is zijn sleutel kwijt',
  },
  tabletAdvice: {
    waiting: 'Ga naar het bed. Typ de zes cijfers die de tablet toont.',
    cloned:
      'Geen van beide tablets kan worden gebeld. Ga naar het bed en typ de zes cijfers van de tablet daar. Meld het aan IT.',
    lost: 'Hij kan niet worden gebeld. Ga naar het bed en typ de zes cijfers die de tablet toont.',
  },
  digits: {
    label: 'Zes cijfers op de tablet van bed {label}',
    send: 'Tablet bevestigen',
    confirmed: 'Bevestigd. De tablet gaat vanzelf verder.',
    'not-digits': 'Typ alle zes cijfers.',
    'nothing-waits':
      'Er wacht nu geen tablet bij dit bed. Kijk op de tablet: hij toont nieuwe cijfers of vraagt om een code.',
    wrong: 'Dit zijn niet de juiste cijfers. Nog {left} pogingen.',
    noTries: 'Vijf keer waren het niet de juiste cijfers. De tablet moet opnieuw beginnen.',
  },
} as const satisfies Like<typeof en>
