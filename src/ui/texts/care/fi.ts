/** Suomi. Ketä tänään hoidetaan. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  care: {
    mine: 'Hoidan tätä vuodetta',
  },
  line: {
    label: 'Kirjoita potilaalle',
    show: 'Näytä',
    shown: 'Potilas lukee: {text}',
    takeBack: 'Ota pois',
  },
  outcome: {
    title: 'Mitä siitä seuraa?',
    means: 'Yksi kosketus tai ei yhtään. Se kirjataan puhelun yhteyteen.',
    noted: 'Merkitty.',
    notedOffline: 'Ei vielä kirjattu. Pidä tämä sivu auki, kunnes palvelin palaa.',
  },
  outcomes: {
    done: 'Valmis',
    visit: 'Mene paikalle',
    later: 'Soita myöhemmin',
    nothing: 'Ei tarvetta',
  },
  round: {
    title: 'Kierros',
    start: 'Soittokierros',
    next: 'Seuraavaksi: vuode {label}',
    callNext: 'Soita vuoteelle {label}',
    left: '{count, plural, one {viimeinen} other {{count} vuodetta jäljellä}}',
    end: 'Lopeta kierros',
    over: 'Kierros on valmis.',
    talked:
      '{count, plural, =0 {Et puhunut kenenkään kanssa.} one {Puhuit 1 potilaan kanssa.} other {Puhuit {count} potilaan kanssa.}}',
    missed: 'Ei tavoitettu',
    one: 'Vuode {label}: {why}',
    sofar: 'Ei vielä tavoitettu: {beds}',
  },
  missed: {
    privacy: 'oma rauha',
    offline: 'ei yhteyttä',
    busy: 'toisessa puhelussa',
    'in-person': 'vain paikan päällä',
    unanswered: 'ei vastausta',
  },
} as const satisfies Like<typeof en>
