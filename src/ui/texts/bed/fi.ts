/** Suomi. Potilasta teititellään; henkilökunnalle puhutaan lyhyesti. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  setup: {
    starting: 'Käynnistetään…',
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
  },
  idle: {
    forServer: 'Etsitään sairaalan verkkoa.',
    touchOnce: 'Koskettakaa näyttöä kerran, jotta Bedside voi soida ääneen.',
    useHere: 'Käytä täällä',
  },
  readiness: {
    ready: { said: 'Valmis', more: 'Hoitaja voi soittaa teille tähän.' },
    connecting: { said: 'Yhdistetään', more: 'Etsitään sairaalan verkkoa.' },
    uncertified: {
      said: 'Ei voi vielä soittaa',
      more: 'Tabletti odottaa pääkäyttäjän allekirjoitusta. Henkilökunta: pyytäkää sitä kohdassa Avaimet.',
    },
    unreachable: {
      said: 'Ei voi soittaa {time} lähtien',
      more: 'Tabletti on kadottanut sairaalan verkon. Se yrittää koko ajan uudelleen.',
    },
    replaced: { said: 'Ei käytössä tässä', more: 'Bedside on auki tämän tabletin toisessa ikkunassa.' },
    revoked: {
      said: 'Ei voi soittaa',
      more: 'Tämä tabletti ei ole enää vuoteen\u00a0{label} tabletti. Henkilökunta: avatkaa sillä vuoteen uusi linkki.',
    },
    updating: { said: 'Päivitetään', more: 'Bedside hakee uusinta versiota. Tämä kestää hetken.' },
  },
  care: { withYou: 'Tänään kanssasi' },
  knock: {
    legend: 'Kun hoitaja soittaa:',
    ring: 'Soi ja odota, että vastaan',
    knock: 'Koputa ja tule 10 sekunnin kuluttua',
  },
  sound: { asked: 'Kuulitteko äänen?', yes: 'Kyllä', louder: 'Kovemmalle' },
  call: { mute: 'Mykistä minut', unmute: 'Poista mykistys' },
  myPlan: {
    title: 'Oma päiväni',
    nothing: 'Tälle päivälle ei ole enää muuta.',
    touch: 'Koskettakaa, niin näette mitä ja kuka.',
    close: 'Sulje',
    who: 'Kuka tulee',
    where: 'Missä',
    cancelled: 'Peruttu',
    requested: 'Ei vielä varma',
    now: 'Nyt',
    more: '{count, plural, one {ja 1 muu} other {ja {count} muuta}}',
    asOf: 'Tilanne klo {time}. Se on voinut muuttua.',
  },
  myEntries: {
    'bed-call': 'Joku tulee luoksenne',
    round: 'Lääkärinkierto tulee luoksenne',
    visit: 'Vastaanottoaika',
    note: 'Teille tiedoksi',
  },
} as const satisfies Like<typeof en>
