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
  guestKinds: { family: 'familie', interpreter: 'tolk', other: 'gast' },
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
  covers: {
    connecting: 'Verbinden met {name}…',
    reconnecting: 'Opnieuw verbinden…',
    waiting: 'Wachten op het beeld van {name}…',
    stopped: 'Het beeld staat stil. U kunt nog wel praten.',
    cameraOff: 'De camera van {name} staat uit',
    held: 'Het beeld is gepauzeerd. U kunt nog wel praten.',
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
    unreachable: {
      said: 'De server van de afdeling antwoordde niet.',
      todo: 'Controleer het netwerk en open de link dan opnieuw.',
    },
  },
  verified: {
    bed: 'Geverifieerd apparaat: {label}, {ward}',
    station: 'Geverifieerd werkstation: {label} · aangemeld als {name}',
    bedMeans:
      '{organisation} heeft dit apparaat en zijn naam ondertekend; de server kan niet meeluisteren. Wie ernaast zit, hoort niet bij de handtekening.',
    stationMeans:
      '{organisation} heeft dit apparaat en zijn naam ondertekend; de server kan niet meeluisteren. De naam van de persoon volgt uit de aanmelding.',
    guest: 'Gast: {label}, binnengelaten door een werkstation van deze afdeling',
    guestMeans:
      '{name} kwam via een eenmalige link die het personeel in een gesprek maakte. Het werkstation van de afdeling ondertekende de sleutel ervoor; wie de link gebruikt, hoort niet bij de handtekening.',
  },
  doubts: {
    uncertified:
      '{here, select, tablet {Deze tablet} other {Dit werkstation}} wacht op de handtekening van een beheerder. Tot die tijd eindigen gesprekken hier; ga er zelf heen.',
    'no-proof':
      'Het andere apparaat stuurde geen handtekening. Misschien is een update nodig; meld het aan IT.',
    malformed: 'De handtekening van het andere apparaat was niet te lezen. Meld het meteen aan IT.',
    'bad-fingerprint': 'Wat het andere apparaat stuurde, is onderweg veranderd. Meld het meteen aan IT.',
    'bad-signature': 'De handtekening van het andere apparaat is niet de zijne. Meld het meteen aan IT.',
    untrusted:
      'Het andere apparaat is ondertekend door iemand die {here, select, tablet {deze tablet} other {dit werkstation}} niet vertrouwt. Vergelijk de cijfers van de root op beide.',
    'expired-certificate':
      'De handtekening van het andere apparaat is verlopen. Een beheerder kan die verlengen.',
    'wrong-call': 'Wat binnenkwam, hoort bij een ander gesprek. Meld het meteen aan IT.',
    replayed: 'Wat binnenkwam, is op een ander moment gezegd. Meld het meteen aan IT.',
    stale: 'Wat binnenkwam, is te oud. Gebeurt het weer, meld het dan aan IT.',
    'wrong-peer': 'Er nam een ander apparaat op dan er gebeld werd. Meld het meteen aan IT.',
    'wrong-fingerprint': 'Wat het andere apparaat stuurde, is onderweg veranderd. Meld het meteen aan IT.',
  },
} as const satisfies Like<typeof en>
