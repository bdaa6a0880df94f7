/** Nederlands. Wij zeggen u, warm en kort. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  app: {
    product: 'Bedside',
    language: 'Taal',
    demoWard: 'Demoafdeling',
    emergency: 'Noodgeval: druk op de rode belknop',
    forStaff: 'Voor medewerkers: {text}',
    close: 'Sluiten',
    noStore:
      'Bedside heeft een browservenster nodig dat gegevens mag bewaren, via HTTPS of op deze computer zelf.',
  },
  roles: { nurse: 'verpleegkundige', doctor: 'arts', interpreter: 'tolk', admin: 'beheerder' },
  guestKinds: {
    family: 'familie',
    interpreter: 'tolk',
    other: 'gast',
    visitor: 'patiënt',
    relative: 'familie',
  },
  places: {
    bed: 'Bed {label}',
    bedInWard: 'Bed {label} · {ward}',
    beds: '{count, plural, one {Bed {labels}} other {Bedden {labels}}}',
  },
  incoming: {
    ringing: '{name}, {role}, belt',
    knocking: '{name}, {role}, klopt aan',
    wish: 'wil u graag even spreken',
    continued: 'is nog aan de lijn. Doorgaan?',
    offUntilAnswer: 'Uw camera blijft uit tot u opneemt.',
    offUntilEntry: 'Tot die tijd blijft uw camera uit.',
    comesIn: 'Het gesprek begint over {count, plural, one {# seconde} other {# seconden}}',
    enters: '{name} komt binnen over {count, plural, one {# seconde} other {# seconden}}',
    answer: 'Opnemen',
    notNow: 'Nu niet',
  },
  tracks: {
    both: 'Camera en microfoon staan aan',
    camera: 'Camera aan, microfoon uit',
    microphone: 'Microfoon aan, camera uit',
    none: 'Camera en microfoon uit',
    atRest: 'Camera en microfoon staan uit.',
    cameraOff: 'Camera uitzetten',
    cameraOn: 'Camera aanzetten',
    end: 'Gesprek beëindigen',
  },
  stage: {
    patient: 'Beeld van de patiënt',
    staff: 'Beeld van de zorgverlener',
    own: 'Uw eigen beeld',
    muted: 'De microfoon van {name} staat uit',
    weak: 'Zwakke verbinding',
    held: 'Uw beeld is gepauzeerd.',
    inspected: 'Uw beeld is nu scherper.',
    replaced: 'Losgekoppeld. Nu in gebruik: {device}',
    cameraGone: 'Uw camera is losgekoppeld.',
    microphoneGone: 'Uw microfoon is losgekoppeld: u bent niet te horen.',
  },
  cameraTroubles: {
    denied: {
      said: 'De browser laat Bedside de camera en de microfoon niet gebruiken.',
      steps:
        'Raak het teken links van het adres aan of open de instellingen van deze app.\nSta camera en microfoon toe.',
    },
    missing: {
      said: 'Er is geen camera of geen microfoon gevonden.',
      steps: 'Kijk of beide zijn aangesloten en aanstaan.\nStart het apparaat opnieuw als ze zijn ingebouwd.',
    },
    taken: {
      said: 'Een ander programma gebruikt de camera of de microfoon.',
      steps: 'Sluit andere apps en tabbladen die beeld tonen.',
    },
  },
  refusals: {
    'bad-request': {
      said: 'Deze link is niet volledig.',
      todo: 'Scan of kopieer de hele link en open hem opnieuw.',
    },
    'foreign-origin': {
      said: 'Deze pagina is via een verkeerd adres geopend.',
      todo: 'Open de link precies zoals hij is afgedrukt.',
    },
    'too-many': {
      said: 'Er is hier te vaak geprobeerd.',
      todo: 'Wacht een minuut en open de link dan opnieuw.',
    },
    'not-ready': {
      said: 'De server van de afdeling start nog op.',
      todo: 'Open de link over een paar seconden opnieuw.',
    },
    'wrong-credentials': {
      said: 'Dat klopte niet.',
      todo: 'Probeer het opnieuw of meld u op een andere manier aan.',
    },
    'signed-out': { said: 'U bent niet aangemeld.', todo: 'Meld u opnieuw aan.' },
    locked: { said: 'Deze browser is vergrendeld.', todo: 'Ontgrendel hem en probeer het opnieuw.' },
    forbidden: { said: 'Uw rol staat dit niet toe.', todo: 'Vraag een beheerder of dat wel zou moeten.' },
    'not-found': {
      said: 'Er is hier niets met die naam.',
      todo: 'Misschien is het gewijzigd. Kijk nog eens.',
    },
    conflict: { said: 'Dit kan nu niet.', todo: 'Kijk hoe het nu is en beslis dan opnieuw.' },
    outdated: {
      said: 'Deze pagina is een oudere versie dan de server.',
      todo: 'Laad de pagina opnieuw. Wat u schreef, blijft bewaard.',
    },
    unavailable: {
      said: 'Een andere server van het ziekenhuis antwoordt niet.',
      todo: 'Wacht een minuut en probeer het opnieuw.',
    },
    'storage-full': {
      said: 'Er is geen plaats voor op de server van de afdeling.',
      todo: 'Vraag IT om ruimte, of stuur minder.',
    },
    unreachable: {
      said: 'De server van de afdeling antwoordde niet.',
      todo: 'Controleer het netwerk en open de link dan opnieuw.',
    },
  },
} as const satisfies Like<typeof en>
