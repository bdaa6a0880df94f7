/** Suomi. Potilaalle, joka lähettää kuvan puhelussa. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  photo: {
    send: 'Lähetä kuva',
    title: 'Kuva: {name}',
    unknown: 'Kuva',
    why: 'Vain hän saa sen tässä puhelussa. Sitä ei tallenneta minnekään.',
    aim: 'Pitäkää kameraa kohdan yllä hyvässä valossa.',
    opening: 'Kamera käynnistyy…',
    on: 'Tämä kamera on päällä, kunnes otatte kuvan. Kukaan ei näe sitä vielä.',
    lent: 'Puhelunne kamera on pois päältä. Se palaa sen jälkeen.',
    off: 'Tämä kamera on pois päältä.',
    sees: 'Mitä kamera näkee',
    photo: 'Kuvanne',
    look: 'Onko kuva terävä? Lähettäkää se silloin.',
    take: 'Ota kuva',
    doSend: 'Lähetä',
    again: 'Uudelleen',
    cancel: 'Peruuta',
    close: 'Sulje',
    percent: '{percent} % lähetetty',
    lost: 'Yhteys katkesi. Lähetys jatkuu itsestään.',
    sent: '{name} sai kuvanne.',
  },
  failures: {
    denied: 'Selaimenne ei anna sivun käyttää kameraa. Sallikaa se ja painakaa Uudelleen.',
    missing: 'Kameraa ei löytynyt.',
    taken: 'Toinen sovellus käyttää kameraa. Sulkekaa se ja painakaa Uudelleen.',
    ended: 'Kamera pysähtyi. Painakaa Uudelleen.',
    'no-picture': 'Kamerasta ei tule kuvaa. Painakaa Uudelleen.',
    unfetched: 'Kameran avaavaa osaa ei voitu hakea. Painakaa Uudelleen.',
    unanswered: 'Kuvaa ei saatu perille. Painakaa Uudelleen.',
    gone: 'Kukaan ei ole ottamassa sitä vastaan.',
    'too-large': 'Kuva on liian suuri. Ottakaa toinen.',
    busy: 'Toinen kuva on matkalla. Odottakaa hetki ja painakaa Uudelleen.',
    'too-many': 'Yhdessä puhelussa voi lähettää kymmenen kuvaa.',
    broken: 'Kuva ei tullut perille ehjänä. Ottakaa toinen.',
    'wrong-size': 'Kuvassa on liikaa kuvapisteitä. Ottakaa toinen.',
  },
} as const satisfies Like<typeof en>
