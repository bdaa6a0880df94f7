/** Henkilökunnalle: kollegan kutsuminen nimellä tai päivystyksellä, päivystys ja soittopyyntö. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  colleague: {
    open: 'Soita kollegalle',
    title: 'Soita kollegalle',
    find: 'Nimi, rooli tai päivystys',
    loading: 'Katsotaan, kuka on paikalla…',
    failed: 'Paikalla olevia ei voitu lukea. Sulje tämä ja yritä uudelleen.',
    notFound: 'Ei ketään sen nimistä eikä sellaista päivystystä.',
    duties: 'Päivystäjät',
    people: 'Henkilöt',
    call: 'Soita: {name}',
    ringing: 'Soitetaan: {duty}',
    calledAs: 'Soittaa sinulle: {duty}',
  },
  reached: {
    here: '{count, plural, one {näytön ääressä} other {# näytöllä}}',
    busy: 'puhelussa',
    phone: 'vain puhelimitse',
    away: 'ei tavoitettavissa täällä nyt',
  },
  duty: {
    nobody: 'Kukaan ei ole ilmoittanut päivystävänsä',
    mine: 'Päivystän: …',
    mineNow: 'Päivystän: {duties}',
    means:
      'Siihen tulevat puhelut soivat tästä lähtien näytöilläsi. Se päättyy itsestään 13 tunnin kuluttua, ja päivystäjiä voi olla useita.',
    alone: 'Kukaan muu ei ole ilmoittanut päivystävänsä: {duty}. Luovuta se ennen kuin luovut siitä.',
  },
  consult: {
    title: 'Takaisinsoitto',
    ask: 'Pyydä soittamaan takaisin',
    askOf: 'Pyydä soittamaan takaisin: {name}',
    means:
      'Heille ilmoitetaan näytöillä ja puhelimissa, uudelleen 2 minuutin kuluttua, ja 5 minuutin kuluttua pyyntö siirtyy eteenpäin. Näet täällä, kuka soittaa.',
    meansOne:
      'Hänelle ilmoitetaan näytöillä ja puhelimessa, ja uudelleen 2 minuutin kuluttua. Näet täällä, milloin hän soittaa.',
    reason: 'Mistä on kyse, ilman potilaan nimeä',
    send: 'Pyydä',
    notNow: 'Ei nyt',
    sent: 'Pyydetty. Näet ylhäällä, miten se etenee.',
    failed: 'Pyyntöä ei jätetty: palvelin ei vastannut. Soita puhelimella.',
    asks: '{name} pyytää sinua soittamaan takaisin',
    asksDuty: '{name} pyytää soittamaan takaisin: {duty}',
    asked: 'Pyysit soittamaan takaisin: {name}',
    answered: '{name} vastasi.',
    callBack: 'Soita takaisin',
    callBackTo: 'Soita takaisin: {name}',
    later: 'Nähty, soitan',
    minutes: '{count} min',
    laterTo: 'Kerro: nähty, {count} min: {name}',
    done: 'Hoidettu',
    doneFor: 'Hoidettu: {name}',
    takeBack: 'Peru pyyntö',
    takeBackFrom: 'Peru pyyntö: {name}',
  },
  states: {
    waiting: 'Kukaan ei ole vielä nähnyt sitä',
    passed: 'Siirretty: {name}. Ei vielä nähty',
    unanswered: 'Kukaan ei ole vastannut. Soita puhelimella',
    seen: '{name} soittaa viimeistään {time}',
    promised: '{name} soittaa viimeistään {time}',
  },
} as const satisfies Like<typeof en>
