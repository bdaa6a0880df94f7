/** Suomi. Potilasta teititellään, ystävällisesti ja lyhyesti. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  test: {
    title: 'Kokeillaan kameraa ja ääntä',
    lead: 'Siihen menee alle minuutti. Kukaan ei näe eikä kuule teitä.',
    allow: 'Jos selain kysyy, valitkaa Salli.',
    begin: 'Aloita',
    skipAll: 'Ohita kokeilu',
    skip: 'Ohita tämä',
    step: 'Vaihe {at}/{of}',
    next: 'Seuraava',
    again: 'Yritä uudelleen',
    soundOnly: 'Jatka pelkällä äänellä',
    without: 'Jatka ilman',
    room: 'Odotushuoneeseen',
    choose: 'Valitse toinen',
    unnamed: 'Nimetön',
  },
  camera: {
    title: 'Näettekö itsenne?',
    opening: 'Kamera käynnistyy…',
    only: 'Vain te näette tämän.',
    yes: 'Kyllä, näen itseni',
    label: 'Kamera',
  },
  microphone: {
    title: 'Sanokaa jotakin',
    opening: 'Mikrofoni käynnistyy…',
    moves: 'Palkki liikkuu, kun kuulemme teidät.',
    heard: 'Kuulemme teidät.',
    silent: 'Eikö palkki liiku? Puhukaa kovempaa tai valitkaa toinen mikrofoni.',
    meter: 'Kuinka kovaa puhutte',
    label: 'Mikrofoni',
  },
  speaker: {
    title: 'Kuulitteko kaksi säveltä?',
    playing: 'Kuunnelkaa…',
    todo: 'Jos ette, lisätkää äänenvoimakkuutta, ottakaa äänetön tila pois ja soittakaa ne uudelleen.',
    yes: 'Kyllä',
    no: 'En',
    play: 'Soita uudelleen',
    label: 'Kaiutin',
  },
  connection: {
    title: 'Kokeillaan yhteyttä…',
    todo: 'Siihen menee muutama sekunti. Kamera ja mikrofoni ovat pois päältä.',
  },
  done: {
    title: 'Laitteenne on kokeiltu',
    good: 'Kaikki on kunnossa.',
    told: 'Henkilökunta näkee, mikä toimi ja mikä ei.',
  },
  found: {
    camera: 'Kamera',
    microphone: 'Mikrofoni',
    speaker: 'Ääni',
    connection: 'Yhteys',
    works: 'toimii',
    heard: 'toimii',
    silent: 'ei kuulunut',
    'not-heard': 'ei kuulunut',
    denied: 'ei sallittu',
    missing: 'ei löytynyt',
    taken: 'toisen ohjelman käytössä',
    skipped: 'ei kokeiltu',
    fast: 'hyvä',
    slow: 'hidas: ääni toimii, kuva voi pysähtyä',
    unknown: 'ei mitattu',
    blocked: 'tämä verkko ehkä estää sen: kokeilkaa mobiilidataa tai toista Wi-Fiä',
  },
  failed: {
    'camera-denied': 'Kameraa ei sallita',
    'camera-missing': 'Kameraa ei löytynyt',
    'camera-taken': 'Toinen sovellus käyttää kameraa',
    'microphone-denied': 'Mikrofonia ei sallita',
    'microphone-missing': 'Mikrofonia ei löytynyt',
    'microphone-taken': 'Toinen sovellus käyttää mikrofonia',
    missing: 'Tarkistakaa, että se on kytketty ja päällä.\nPainakaa ”Yritä uudelleen”.',
    taken:
      'Sulkekaa muut sovellukset ja välilehdet, jotka näyttävät kuvaa tai soittavat.\nPainakaa ”Yritä uudelleen”.',
  },
  denied: {
    'safari-ios':
      'Koskettakaa osoitteen vieressä olevaa merkkiä näytön reunassa.\nKoskettakaa kolmea pistettä ja sitten Verkkosivuston asetukset.\nValitkaa kohtiin Kamera ja Mikrofoni Salli.',
    'chrome-ios': 'Avatkaa puhelimen Asetukset ja sieltä tämä selain.\nKytkekää Kamera ja Mikrofoni päälle.',
    'chrome-android':
      'Koskettakaa ylhäällä osoitteen vieressä olevaa merkkiä.\nKoskettakaa Käyttöoikeudet.\nValitkaa kohtiin Kamera ja Mikrofoni Salli.',
    samsung:
      'Koskettakaa lukkoa osoitteen vieressä.\nKoskettakaa Käyttöoikeudet.\nValitkaa kohtiin Kamera ja Mikrofoni Salli.',
    'firefox-android':
      'Koskettakaa lukkoa tai kilpeä osoitteen vieressä.\nKoskettakaa Kamera ja Mikrofoni, jotta ne sallitaan.',
    'safari-mac':
      'Avatkaa valikko Safari ja sieltä tämän verkkosivuston asetukset.\nValitkaa kohtiin Kamera ja Mikrofoni Salli.',
    firefox:
      'Painakaa yliviivattua kameraa osoitteen vieressä.\nPoistakaa ”Estetty” sen vieressä olevalla rastilla.',
    chrome: 'Painakaa osoitteen vieressä olevaa merkkiä.\nKytkekää Kamera ja Mikrofoni päälle.',
    edge: 'Painakaa lukkoa osoitteen vieressä.\nValitkaa kohtiin Kamera ja Mikrofoni Salli.',
    other: 'Avatkaa selaimen asetukset tälle sivulle.\nSallikaa Kamera ja Mikrofoni.',
    back: 'Palatkaa tänne ja painakaa ”Yritä uudelleen”.',
  },
} as const satisfies Like<typeof en>
