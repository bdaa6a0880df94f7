/** Suomi. Potilasta teititellään, henkilökunnalle puhutaan lyhyesti. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  app: {
    product: 'Bedside',
    language: 'Kieli',
    demoWard: 'Esittelyosasto',
    emergency: 'Hätätilanteessa: painakaa punaista hälytyspainiketta',
    forStaff: 'Henkilökunnalle: {text}',
    close: 'Sulje',
    noStore:
      'Bedside tarvitsee selainikkunan, joka saa tallentaa tietoja, HTTPS-yhteydellä tai tällä tietokoneella.',
  },
  roles: { nurse: 'hoitaja', doctor: 'lääkäri', interpreter: 'tulkki', admin: 'pääkäyttäjä' },
  guestKinds: {
    family: 'omainen',
    interpreter: 'tulkki',
    other: 'vieras',
    visitor: 'potilas',
    relative: 'omainen',
  },
  places: {
    bed: 'Vuode {label}',
    bedInWard: 'Vuode {label} · {ward}',
    beds: '{count, plural, one {Vuode {labels}} other {Vuoteet {labels}}}',
  },
  incoming: {
    ringing: '{name}, {role}, soittaa',
    knocking: '{name}, {role}, koputtaa',
    wish: 'soittaa teille',
    continued: 'on yhä puhelussa. Jatketaanko?',
    offUntilAnswer: 'Kamera on pois päältä, kunnes vastaatte.',
    offUntilEntry: 'Siihen asti kamera on pois päältä.',
    comesIn: 'Puhelu alkaa {count, plural, one {# sekunnin} other {# sekunnin}} kuluttua',
    enters: '{name} tulee {count, plural, one {# sekunnin} other {# sekunnin}} kuluttua',
    answer: 'Vastaa',
    notNow: 'Ei nyt',
  },
  tracks: {
    both: 'Kamera ja mikrofoni ovat päällä',
    camera: 'Kamera päällä, mikrofoni pois',
    microphone: 'Mikrofoni päällä, kamera pois',
    none: 'Kamera ja mikrofoni pois päältä',
    atRest: 'Kamera ja mikrofoni ovat pois päältä.',
    cameraOff: 'Sulje kamera',
    cameraOn: 'Avaa kamera',
    end: 'Lopeta puhelu',
  },
  stage: {
    patient: 'Potilaan kuva',
    staff: 'Hoitohenkilön kuva',
    own: 'Oma kuvanne',
    muted: '{name}: mikrofoni on pois päältä',
    weak: 'Heikko yhteys',
    held: 'Kuvanne on tauolla.',
    inspected: 'Kuvanne on nyt tarkempi.',
    replaced: 'Irrotettu. Nyt käytössä: {device}',
    cameraGone: 'Kameranne irrotettiin.',
    microphoneGone: 'Mikrofoninne irrotettiin: teitä ei kuulla.',
  },
  cameraTroubles: {
    denied: {
      said: 'Selain ei anna Bedsiden käyttää kameraa ja mikrofonia.',
      steps:
        'Kosketa merkkiä osoitteen vasemmalla puolella tai avaa tämän sovelluksen asetukset.\nSalli kamera ja mikrofoni.',
    },
    missing: {
      said: 'Kameraa tai mikrofonia ei löytynyt.',
      steps:
        'Tarkista, että molemmat on kytketty ja päällä.\nJos ne ovat laitteen sisällä, käynnistä laite uudelleen.',
    },
    taken: {
      said: 'Toinen ohjelma käyttää kameraa tai mikrofonia.',
      steps: 'Sulje muut sovellukset ja välilehdet, jotka näyttävät kuvaa.',
    },
  },
  refusals: {
    'bad-request': {
      said: 'Linkki ei ole kokonainen.',
      todo: 'Skannaa tai kopioi koko linkki ja avaa se uudelleen.',
    },
    'foreign-origin': {
      said: 'Sivu avattiin väärästä osoitteesta.',
      todo: 'Avaa linkki täsmälleen niin kuin se on painettu.',
    },
    'too-many': {
      said: 'Täältä on yritetty liian monta kertaa.',
      todo: 'Odota minuutti ja avaa linkki uudelleen.',
    },
    'not-ready': {
      said: 'Osaston palvelin on vielä käynnistymässä.',
      todo: 'Avaa linkki uudelleen muutaman sekunnin kuluttua.',
    },
    'wrong-credentials': {
      said: 'Tunnistus ei onnistunut.',
      todo: 'Yritä uudelleen tai kirjaudu toisella tavalla.',
    },
    'signed-out': { said: 'Et ole kirjautunut sisään.', todo: 'Kirjaudu uudelleen.' },
    locked: { said: 'Tämä selain on lukittu.', todo: 'Avaa lukitus ja yritä uudelleen.' },
    forbidden: { said: 'Roolisi ei salli tätä.', todo: 'Kysy pääkäyttäjältä, pitäisikö sen sallia.' },
    'not-found': { said: 'Tällä nimellä ei löydy mitään.', todo: 'Se on ehkä muuttunut. Katso uudelleen.' },
    conflict: { said: 'Jokin estää tämän nyt.', todo: 'Katso nykyinen tilanne ja päätä uudelleen.' },
    outdated: {
      said: 'Tämä sivu on vanhempi versio kuin palvelin.',
      todo: 'Lataa sivu uudelleen. Kirjoittamasi säilyy.',
    },
    unavailable: {
      said: 'Toinen sairaalan palvelimista ei vastaa.',
      todo: 'Odota minuutti ja yritä uudelleen.',
    },
    'storage-full': {
      said: 'Osaston palvelimella ei ole sille tilaa.',
      todo: 'Pyydä IT-tuesta lisää tilaa tai lähetä vähemmän.',
    },
    unreachable: {
      said: 'Osaston palvelin ei vastannut.',
      todo: 'Tarkista verkko ja avaa linkki uudelleen.',
    },
  },
} as const satisfies Like<typeof en>
