/** Suomi. Potilasta teititellään; henkilökunnalle puhutaan lyhyesti. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  idle: {
    starting: 'Käynnistetään…',
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
  care: { withYou: 'Tänään kanssanne' },
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
