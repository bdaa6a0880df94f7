/** Nederlands. Wat er mis is met een tablet, en wat te doen. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  board: { away: 'Weg sinds {time}: kloppen wordt bellen.' },
  troubles: {
    silent: 'Reageert niet: wek de tablet of start hem opnieuw',
    camera: 'Camera niet toegestaan: sta hem toe in de browser van de tablet, voor deze pagina',
    microphone: 'Microfoon niet toegestaan: sta hem toe in de browser van de tablet, voor deze pagina',
    start: 'Eén keer aanraken: druk op Start op de tablet',
    sound: 'Kan niet hoorbaar bellen: raak de tablet één keer aan',
    battery: 'Batterij onder 20 %: sluit de tablet aan op de lader',
    asleep: 'Scherm kan uitgaan: haal Bedside op de tablet naar voren',
    clock: 'De klok loopt verkeerd: stel datum en tijd in op de tablet',
  },
  staffCode: {
    title: 'Personeelscode',
    intro:
      'Zes cijfers die de instellingen van elke tablet van deze afdeling openen, met of zonder netwerk. Personeel leest ze hier en bij de gegevens van elk bed.',
    show: 'Personeelscode tonen',
    hide: 'Personeelscode verbergen',
    means: 'Opent de instellingen van elke tablet: druk daarop op Voor personeel.',
    made: 'Gemaakt {time}.',
    renew: 'Nieuwe code',
    reallyRenew: 'Een nieuwe personeelscode maken?',
    renewMeans: 'De vorige code werkt op elke tablet niet meer zodra die de server bereikt.',
    keep: 'De huidige houden',
  },
} as const satisfies Like<typeof en>
