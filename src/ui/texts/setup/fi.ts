/** Suomi. Henkilökunnalle, joka tuo tabletin vuoteen luo. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  setup: {
    start: 'Aloita',
    why: 'Aloita-painike kysyy kerran luvan kameraan ja mikrofoniin. Mikään ei ole päällä ennen kuin vastaatte puheluun.',
    trying: 'Sallikaa kamera ja mikrofoni, kun selain kysyy.',
    again: 'Painakaa sitten uudelleen Aloita.',
    stillBound: 'Tämä on yhä vuoteen\u00a0{label} tabletti.',
    stay: 'Jatka tänä vuoteena',
  },
  unbound: {
    said: 'Tällä tabletilla ei ole vielä vuodetta.',
    todo: 'Avaa vuoteen käyttöönottolinkki tällä tabletilla tai kirjoita vuoteen koodi.',
  },
  binding: {
    'unknown-code': {
      said: 'Tätä linkkiä tai koodia ei tunneta, tai sen kymmenen minuuttia on kulunut.',
      todo: 'Pyydä tälle vuoteelle uusi ja avaa se tällä tabletilla.',
    },
    'used-code': {
      said: 'Tämä linkki tai koodi on jo käytetty.',
      todo: 'Kukin toimii kerran. Pyydä tälle vuoteelle uusi ja avaa se tällä tabletilla.',
    },
    over: {
      said: 'Tablettia ei vahvistettu ajoissa.',
      todo: 'Pyydä tälle vuoteelle uusi koodi ja kirjoita se tähän.',
    },
    'storage-lost': {
      said: 'Tabletin muisti on tyhjennetty, ja sen myötä tieto vuoteesta.',
      todo: 'Pyydä tälle vuoteelle uusi linkki ja avaa se tällä tabletilla.',
    },
  },
  code: {
    label: 'Vuoteen koodi',
    hint: 'Kahdeksan kirjainta ja numeroa pääkäyttäjältä. Ne toimivat kymmenen minuuttia.',
    send: 'Käytä koodia',
    wrong: 'Koodi ei ole kokonainen: siinä on kahdeksan kirjainta ja numeroa.',
  },
  waiting: {
    code: {
      said: 'Henkilökunta: vahvistakaa tämä tabletti.',
      todo: 'Tarkista, että se on tämän vuoteen vieressä. Avaa vuode työasemalla ja kirjoita nämä numerot.',
    },
    lost: {
      said: 'Tabletti on kadottanut avaimensa, eikä siihen voi soittaa.',
      todo: 'Henkilökunta: avatkaa tämä vuode työasemalla ja kirjoittakaa nämä numerot.',
    },
    cloned: {
      said: 'Toinen tabletti käyttää tämän tabletin avainta. Tähän ei voi soittaa.',
      todo: 'Henkilökunta: avatkaa tämä vuode työasemalla ja kirjoittakaa nämä numerot. Kertokaa IT-tuelle.',
    },
    astray: {
      said: 'Tämä tabletti on ollut poissa virrasta tai verkosta. Nimet on piilotettu.',
      todo: 'Henkilökunta: tarkistakaa, että se on tämän vuoteen luona. Avatkaa vuode työasemalla ja kirjoittakaa nämä numerot.',
    },
  },
} as const satisfies Like<typeof en>
