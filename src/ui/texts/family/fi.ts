/** Suomi. Omaisia teititellään. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  page: {
    starting: 'Käynnistyy…',
    title: 'Vierailu',
    looking: 'Kysytään osastolta…',
    again: 'Yrittäkää uudelleen',
  },
  open: {
    title: 'Vierailu videolla',
    you: 'Soitatte nimellä {name}, osasto {ward}.',
    before:
      'Mikään ei ole vielä päällä. Kun painatte Soita, selain pyytää lupaa kameraan ja mikrofoniin, ja teidät nähdään, kun puheluun vastataan.',
    ring: 'Soita',
    again: 'Painakaa sitten Soita uudelleen.',
  },
  resting: {
    title: 'Nyt levätään.',
    hours: 'Vierailut {from}–{until}',
    none: 'Nyt ei ole vierailuja.',
    stay: 'Voitte jättää sivun auki: siinä näkyy, milloin voitte soittaa.',
    look: 'Katsokaa uudelleen',
  },
  trying: { title: 'Kokeillaan kameraa ja mikrofonia…', todo: 'Jos selain kysyy, valitkaa Salli.' },
  ringing: {
    title: 'Soitetaan…',
    todo: 'Se voi kestää hetken: näytölle ylettyminen voi viedä aikaa.',
    lost: 'Sairaala ei vastaa. Sivu yrittää edelleen; tarkistakaa verkkoyhteys.',
    stop: 'Lopeta soittaminen',
  },
  after: { again: 'Vierailkaa uudelleen' },
  noLink: {
    none: {
      said: 'Avatkaa linkki, jonka saitte.',
      todo: 'Sillä voitte vierailla videon välityksellä osastolla olevan luona. Jos linkki on kadonnut, kysykää osastolta.',
    },
    wrong: {
      said: 'Tämä ei ole kokonainen linkki.',
      todo: 'Avatkaa se uudelleen tai kopioikaa se kokonaan.',
    },
    unknown: {
      said: 'Tämä linkki ei ole enää käytössä.',
      todo: 'Kysykää osastolta tai siltä, joka linkin antoi.',
    },
    used: {
      said: 'Tämä linkki kuuluu toiselle laitteelle.',
      todo: 'Sitä käytettiin ensin siellä, ja se soi vain sieltä. Pyytäkää osastolta oma linkki.',
    },
    unverified: {
      said: 'Ei ole varmaa, että tämä linkki on sairaalasta, joten mitään ei aloitettu.',
      todo: 'Kukaan ei nähnyt eikä kuullut teitä. Soittakaa osastolle.',
    },
    'no-store': {
      said: 'Tämä selainikkuna ei saa tallentaa mitään, joten siitä ei voi vierailla.',
      todo: 'Avatkaa linkki tavallisessa ikkunassa, ei yksityisessä, tai toisella laitteella.',
    },
  },
  over: {
    left: { said: 'Lopetitte vierailun.', todo: 'Voitte soittaa uudelleen vierailuaikana.' },
    ended: { said: 'Vierailu on päättynyt.', todo: 'Voitte soittaa uudelleen vierailuaikana.' },
    'connection-lost': { said: 'Yhteys katkesi.', todo: 'Tarkistakaa verkkoyhteys ja soittakaa uudelleen.' },
    unverified: {
      said: 'Ei ollut varmaa, että kyseessä oli sairaala, joten vierailu lopetettiin.',
      todo: 'Soittakaa osastolle.',
    },
    camera: {
      said: 'Kamera tai mikrofoni sammui, joten vierailu päättyi.',
      todo: 'Tarkistakaa ne ja soittakaa uudelleen.',
    },
    elsewhere: { said: 'Vierailu on auki toisessa ikkunassa.', todo: 'Se jatkuu siellä.' },
  },
} as const satisfies Like<typeof en>
