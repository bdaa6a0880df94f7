/** Suomi. Katselimen ikkunat: valokuva, kenen kuvat, näppäimet. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  photo: {
    title: 'Ota valokuva',
    why: 'Valokuva avautuu tähän. Sitä ei tallenneta laitteen galleriaan.',
    take: 'Ota kuva',
    again: 'Yritä uudelleen',
    cancel: 'Älä ota kuvaa',
    opening: 'Kameraa avataan…',
    own: 'Kamera on päällä, kunnes kuva on otettu.',
    call: 'Tämä on puhelusi kuva. Sen kamera jää päälle.',
    off: 'Kamera on pois päältä.',
    name: 'Valokuva {time}',
    sees: 'Mitä kamera näkee',
  },
  photoFailures: {
    denied: 'Selain ei anna Bedsiden käyttää kameraa. Salli se osoitteen vierestä ja yritä uudelleen.',
    missing: 'Kameraa ei löytynyt. Tarkista, että se on kytketty ja päällä.',
    taken: 'Toinen ohjelma käyttää kameraa. Sulje se ja yritä uudelleen.',
    ended: 'Kamera pysähtyi: se irrotettiin tai puhelu päättyi. Yritä uudelleen.',
    'no-picture':
      'Kamerasta ei tule kuvaa. Yritä uudelleen. Jos kuvaa ei vieläkään tule, käynnistä laite uudelleen.',
    'not-made':
      'Valokuvaa ei voitu tehdä: laitteessa on liian vähän vapaata muistia. Sulje muita sivuja ja yritä uudelleen.',
    unfetched: 'Kameran avaavaa osaa ei voitu hakea. Tarkista verkko ja yritä uudelleen.',
  },
  choice: {
    title: 'Nämä ovat {count} potilaan kuvia',
    said: 'Kerralla on auki yhden potilaan kuvat. Kenen kuvat haluat nähdä? Muut suljetaan.',
    show: 'Näytä nämä',
    unknown: 'Joku, jota ei ole nimetty',
  },
  keys: {
    title: 'Kuvien näppäimet',
    next: 'Seuraava tai edellinen kuva',
    far: 'Kymmenen kuvaa eteen tai taakse',
    ends: 'Ensimmäinen tai viimeinen kuva',
    zoom: 'Lähemmäs, kauemmas, kuten alussa',
    pan: 'Siirrä kuvaa',
    tools: 'Selaa, kirkkaus, siirrä, zoomaa',
    presets: 'Ikkunat luettelon järjestyksessä',
    turn: 'Käännä oikealle',
    flip: 'Vasen ja oikea vaihtuvat',
    invert: 'Tumma ja vaalea vaihtuvat',
    run: 'Toista tai pysäytä filmi',
    series: 'Seuraava tai edellinen sarja',
    close: 'Sulje tämä luettelo',
    wheel: 'Hiiri: rulla selaa, oikea painike muuttaa kirkkautta ja kontrastia, Ctrl ja rulla zoomaavat.',
    touch: 'Kosketus: yksi sormi selaa, kaksi sormea zoomaa ja siirtää.',
    shift: 'Vaihto ja nuolet',
  },
} as const satisfies Like<typeof en>
