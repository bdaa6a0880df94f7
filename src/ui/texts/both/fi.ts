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
  guestKinds: { family: 'omainen', interpreter: 'tulkki', other: 'vieras' },
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
  covers: {
    connecting: 'Yhdistetään: {name}…',
    reconnecting: 'Yhdistetään uudelleen…',
    waiting: 'Odotetaan kuvaa: {name}…',
    stopped: 'Kuva on pysähtynyt. Voitte silti puhua.',
    cameraOff: '{name}: kamera on pois päältä',
    held: 'Kuva on tauolla. Voitte silti puhua.',
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
    unreachable: {
      said: 'Osaston palvelin ei vastannut.',
      todo: 'Tarkista verkko ja avaa linkki uudelleen.',
    },
  },
  verified: {
    bed: 'Varmennettu laite: {label}, {ward}',
    station: 'Varmennettu työasema: {label} · kirjautuneena {name}',
    bedMeans:
      '{organisation} on allekirjoittanut tämän laitteen ja sen nimen; palvelin ei voi kuunnella. Allekirjoitus ei kerro, kuka laitteen vieressä on.',
    stationMeans:
      '{organisation} on allekirjoittanut tämän laitteen ja sen nimen; palvelin ei voi kuunnella. Henkilön nimi perustuu kirjautumiseen.',
    guest: 'Vieras: {label}, tämän osaston työaseman päästämä',
    guestMeans:
      '{name} tuli kertakäyttöisellä linkillä, jonka henkilökunta teki puhelussa. Osaston työasema allekirjoitti sille tehdyn avaimen; allekirjoitus ei kerro, kuka linkkiä käyttää.',
  },
  doubts: {
    uncertified:
      '{here, select, tablet {Tämä tabletti} other {Tämä työasema}} odottaa pääkäyttäjän allekirjoitusta. Siihen asti puhelut päättyvät tähän; mene paikalle.',
    'no-proof': 'Toinen laite ei lähettänyt allekirjoitusta. Se voi tarvita päivityksen; kerro IT-tuelle.',
    malformed: 'Toisen laitteen allekirjoitusta ei voitu lukea. Kerro heti IT-tuelle.',
    'bad-fingerprint': 'Toisen laitteen lähettämä tieto muuttui matkalla. Kerro heti IT-tuelle.',
    'bad-signature': 'Toisen laitteen allekirjoitus ei ole sen oma. Kerro heti IT-tuelle.',
    untrusted:
      'Toisen laitteen on allekirjoittanut joku, johon tämä {here, select, tablet {tabletti} other {työasema}} ei luota. Vertaa juuren numeroita molemmissa.',
    'expired-certificate': 'Toisen laitteen allekirjoitus on vanhentunut. Pääkäyttäjä voi uusia sen.',
    'wrong-call': 'Saapunut tieto kuuluu toiseen puheluun. Kerro heti IT-tuelle.',
    replayed: 'Saapunut tieto on lähetetty toiseen aikaan. Kerro heti IT-tuelle.',
    stale: 'Saapunut tieto on liian vanha. Jos näin käy uudelleen, kerro IT-tuelle.',
    'wrong-peer': 'Vastasi toinen laite kuin se, johon soitettiin. Kerro heti IT-tuelle.',
    'wrong-fingerprint': 'Toisen laitteen lähettämä tieto muuttui matkalla. Kerro heti IT-tuelle.',
  },
} as const satisfies Like<typeof en>
