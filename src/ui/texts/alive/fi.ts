/** Suomi. Mikä tabletissa on vialla ja mitä tehdä. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  board: { away: 'Poissa {time} alkaen: koputus soi.' },
  troubles: {
    silent: 'Ei vastaa: herätä tabletti tai käynnistä se uudelleen',
    camera: 'Kamera ei ole sallittu: salli se tabletin selaimessa tälle sivulle',
    microphone: 'Mikrofoni ei ole sallittu: salli se tabletin selaimessa tälle sivulle',
    start: 'Kosketa kerran: paina tabletilla Aloita',
    sound: 'Ei voi soida ääneen: kosketa tablettia kerran',
    battery: 'Akku alle 20 %: kytke tabletti laturiin',
    asleep: 'Näyttö voi sammua: tuo Bedside tabletilla etualalle',
    clock: 'Kello on väärässä: aseta tabletin päivä ja aika',
  },
  staffCode: {
    title: 'Henkilökunnan koodi',
    intro:
      'Kuusi numeroa, jotka avaavat osaston jokaisen tabletin asetukset, verkossa tai ilman. Henkilökunta näkee ne tässä ja minkä tahansa vuoteen tiedoissa.',
    show: 'Näytä henkilökunnan koodi',
    hide: 'Piilota henkilökunnan koodi',
    means: 'Avaa minkä tahansa tabletin asetukset: paina siinä Henkilökunnalle.',
    made: 'Luotu {time}.',
    renew: 'Uusi koodi',
    reallyRenew: 'Luodaanko uusi henkilökunnan koodi?',
    renewMeans: 'Aiempi koodi lakkaa toimimasta kussakin tabletissa, kun se tavoittaa palvelimen.',
    keep: 'Pidä nykyinen',
  },
} as const satisfies Like<typeof en>
