/** Suomi. Puhelu, jossa on useampi kuin kaksi; `asked` on potilaalle. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  table: {
    people: 'Tässä puhelussa: {people}',
    video: 'Kuva: {name}',
    muted: 'Mykistetty',
    lost: 'Yhteys katkesi',
    reaching: 'Tavoitellaan: {who}…',
    ringing: 'Soitetaan: {who}…',
    patientAsked: 'Potilaalta kysytään…',
    elapsed: '{count} s',
    takeBack: 'Peru kutsu',
    takeBackWho: 'Peru kutsu: {who}',
    askedTo: 'pyytää sinut puheluun: {place}',
    askedIn: 'pyytää sinut puheluun',
  },
  covers: {
    connecting: 'Yhdistetään…',
    reconnecting: 'Yhdistetään uudelleen…',
    waiting: 'Odotetaan kuvaa…',
    stopped: 'Kuva on pysähtynyt',
    cameraOff: 'Kamera on pois päältä',
    held: 'Kuva on tauolla',
  },
  asked: {
    label: '{name} pyytää mukaan: {who}',
    wish: '{name} pyytää mukaan:',
    off: 'Kukaan ei tule mukaan ilman lupaanne.',
    comesIn: 'Tulee mukaan {count, plural, one {# sekunnin} other {# sekunnin}} kuluttua',
    yes: 'Saa tulla',
    no: 'Ei',
  },
  parted: {
    left: '{name} poistui puhelusta.',
    lost: 'Yhteys katkesi: {name}.',
    declined: '{name} ei voi tulla nyt.',
    unanswered: '{name} ei vastannut.',
    unwanted: 'Potilas ei halunnut, että {name} tulee mukaan.',
    unheard: 'Potilas ei vastannut, joten {name} ei tullut mukaan.',
    busy: '{name} on toisessa puhelussa.',
    full: 'Puhelussa on jo neljä: {name} ei mahtunut mukaan.',
    unverified: 'Ei ollut varmaa, että kyseessä oli {name}, joten häntä ei päästetty mukaan.',
    notIn: '{name} ei tullut mukaan.',
    notAsked: '{name}: kutsua ei voitu välittää.',
  },
} as const satisfies Like<typeof en>
