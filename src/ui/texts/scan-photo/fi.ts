/** Suomi. Valokuvan ottaminen. */
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
  failures: {
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
} as const satisfies Like<typeof en>
