/** Nimi kuvassa. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  strip: {
    title: 'Onko kuvassa nimi?',
    why: 'Tällaisiin kuviin on usein kirjoitettu nimiä, päivämääriä ja numeroita. Jokainen, jolle kuva näytetään, lukee ne.',
    honest:
      'Bedside poistaa nimen tiedostosta. Kuva ei silti ole nimetön: pään kuvista voidaan muodostaa kasvot.',
    progress: '{at}/{all}',
    first: 'Ensimmäinen kuva',
    last: 'Viimeinen kuva',
    only: 'Kuva',
    alike: 'Laatikko on musta kaikissa {count} kuvassa.',
    how: 'Piirrä laatikko sen päälle, mitä kukaan ei saa lukea, hiirellä tai sormella. Tai lisää laatikko ja käytä nuolinäppäimiä.',
    keys: 'Nuolinäppäimet siirtävät laatikkoa. Vaihto-näppäimen kanssa ne muuttavat sen kokoa. Delete poistaa sen.',
    add: 'Lisää laatikko',
    box: 'Laatikko {number}: {left} % vasemmalta, {top} % ylhäältä, leveys {width} %, korkeus {height} %',
    remove: 'Poista laatikko {number}',
    coming: 'Kuva on tulossa…',
    failed: 'Tätä kuvaa ei voi näyttää, joten sitä ei voi lähettää. Jätä se pois.',
    looked: 'Olen katsonut: kuvassa ei ole nimeä',
    lookedBoxes: 'Olen katsonut: laatikoiden ulkopuolella ei ole nimeä',
    leaveOut: 'Jätä tämä pois',
    giveUp: 'Älä näytä mitään',
  },
} as const satisfies Like<typeof en>
