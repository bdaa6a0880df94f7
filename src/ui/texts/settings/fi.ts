/** Suomi. Henkilökunnalle, joka avaa tabletin asetukset. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  code: {
    title: 'Henkilökunnan koodi',
    pad: 'Numerot',
    erase: 'Poista viimeinen numero',
    close: 'Sulje',
    typed: '{typed, number}/{all, number} numeroa kirjoitettu',
    where: 'Kuusi numeroa. Henkilökunta näkee ne työasemalla minkä tahansa vuoteen tiedoissa.',
    waits: 'Hetki …',
    wrong:
      'Koodi on väärä. {left, plural, one {# yritys} other {# yritystä}} jäljellä, sitten tabletti odottaa.',
    pauses: 'Useita vääriä koodeja. Uusi yritys: {time}.',
    untold:
      'Tabletti ei vielä tiedä henkilökunnan koodia. Se saa koodin, kun se tavoittaa palvelimen: tarkista Wi-Fi ja virta ja yritä uudelleen.',
    broken:
      'Tabletin muistiin ei voi kirjoittaa, joten koodia ei voi kokeilla. Käynnistä tabletti uudelleen.',
  },
  page: {
    title: 'Tabletin asetukset',
    close: 'Sulje',
    test: 'Itsetesti',
    ring: 'Soita kerran',
    anew: 'Lataa uudelleen',
    update: 'Päivitä nyt',
    leave: 'Irrota vuoteesta',
  },
  names: {
    bed: 'Paikka',
    app: 'Sovellus',
    server: 'Palvelin',
    relay: 'Välityspalvelin',
    allowed: 'Luvat',
    sound: 'Ääni',
    screen: 'Näyttö',
    memory: 'Muisti',
    battery: 'Akku',
    clock: 'Kello',
  },
  server: {
    ready: 'Yhteys toimii.',
    connecting: 'Yhdistetään …',
    updating: 'Yhteys toimii, mutta palvelin vaatii uudemman sovelluksen. Sitä haetaan.',
    unreachable: 'Ei yhteyttä, alkaen {time}. Tarkista tabletin Wi-Fi ja kerro sitten IT-tuelle.',
    uncertified: 'Yhteys toimii. Pääkäyttäjä ei ole vielä allekirjoittanut tablettia.',
    replaced: 'Tabletin toinen ikkuna on käytössä. Sulje toinen niistä.',
    revoked: 'Tabletti ei enää kuulu vuoteeseen. Irrota se tässä ja liitä sitten uudelleen.',
  },
  said: {
    looking: 'Tarkistetaan …',
    bed: '{place}. Tunnus päättyy: {id}.',
    noBed: 'Ei vuodetta.',
    app: 'Versio {build}. Päivityksiä ei odota.',
    appWaits: 'Versio {build}. Päivitys odottaa, kunnes tablettiin ei ole koskettu minuuttiin.',
    appTaken: 'Versio {build}. Päivitystä haetaan; sivu latautuu sitten uudelleen.',
    appUnknown: 'Versio ei ole tiedossa.',
    relayTried: 'Reittejä kokeillaan …',
    relayNone: 'Reittejä ei kokeiltu: välityspalvelinta ei ole, tai palvelinta ei tavoitettu.',
    relayOpen: 'Yhteys toimii: {open}.',
    relayClosed: 'Reittiä ei ole. Kerro IT-tuelle: portit voivat olla kiinni tässä verkossa.',
    relaySome: 'Toimii: {open}. Ei toimi: {closed}. Kerro IT-tuelle.',
    allowed: 'Kamera ja mikrofoni on sallittu.',
    notAllowed: 'Salli kamera ja mikrofoni selaimen asetuksissa.',
    allowedUnknown: 'Selain ei kerro sitä. Itsetesti näyttää sen.',
    soundOn: 'Puhelu kuuluu.',
    soundBlocked: 'Estetty, kunnes joku koskettaa näyttöä.',
    screenOn: 'Pysyy päällä.',
    screenOff: 'Voi sammua. Aseta tabletin näytön sammutusajaksi ei koskaan.',
    memoryKept: 'Säilyy. Käytössä {used, number}/{quota, number} Mt.',
    memoryNotKept:
      'Selain voi tyhjentää sen. Asenna sovellus aloitusnäytölle. Käytössä {used, number}/{quota, number} Mt.',
    memoryUnknown: 'Selain ei kerro sitä.',
    charging: '{percent, number} %, laturissa.',
    draining: '{percent, number} %, irti laturista. Kytke se laturiin.',
    batteryUnknown: 'Selain ei kerro sitä.',
    clockRight: 'Samassa ajassa palvelimen kanssa.',
    clockBehind:
      '{minutes, plural, one {# minuutin} other {# minuuttia}} jäljessä. Aseta tabletin päivä ja aika.',
    clockAhead:
      '{minutes, plural, one {# minuutin} other {# minuuttia}} edellä. Aseta tabletin päivä ja aika.',
    clockUnknown: 'Ei verrattu: palvelinta ei ole vielä tavoitettu.',
  },
  leave: {
    title: 'Irrotetaan vuoteesta',
    ask: 'Irrotetaanko tabletti: {place}?',
    means:
      'Se unohtaa vuoteen potilaan. Vuoteeseen ei voi soittaa, ennen kuin siihen liitetään tabletti uudella koodilla.',
    untold: 'Palvelimelle ei voi nyt kertoa: peruuta tabletti myös pääkäyttäjien sivulla Tabletit.',
    sure: 'Varmasti? {place} jää ilman tablettia.',
    surely: 'Potilaalle ei voi soittaa, eikä hän voi pyytää hoitajaa tästä.',
    keep: 'Pidä vuoteessa',
    go: 'Irrota',
    goNow: 'Irrota nyt',
    goes: 'Hetki …',
    failed:
      'Kaikkia potilaan tietoja ei voitu poistaa. Älä anna tablettia eteenpäin: käynnistä se uudelleen ja yritä uudelleen.',
    back: 'Takaisin asetuksiin',
  },
} as const satisfies Like<typeof en>
