/** Suomi. Ketä tänään hoidetaan. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  care: {
    title: 'Keitä hoidat tänään?',
    means:
      'Potilaat näkevät nimesi omalla tabletillaan. Se päättyy itsestään 13 tunnin kuluttua tai kun otat muita vuoteita.',
    take: '{count, plural, =0 {En hoida yhtään vuodetta} one {Hoidan tätä vuodetta} other {Hoidan näitä {count} vuodetta}}',
    offline: 'Tähän tarvitaan palvelin. Yritä uudelleen, kun yhteys palaa.',
  },
  line: {
    label: 'Kirjoita potilaalle',
    show: 'Näytä',
    shown: 'Potilas lukee: {text}',
    takeBack: 'Ota pois',
  },
} as const satisfies Like<typeof en>
