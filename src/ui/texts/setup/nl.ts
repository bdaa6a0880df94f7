/** Nederlands. Voor wie een tablet bij het bed brengt. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  setup: {
    start: 'Start',
    why: 'Start vraagt één keer om de camera en de microfoon. Er staat niets aan tot u een oproep aanneemt.',
    trying: 'Sta de camera en de microfoon toe als de browser erom vraagt.',
    again: 'Druk daarna opnieuw op Start.',
    stillBound: 'Dit is nog steeds de tablet van bed\u00a0{label}.',
    stay: 'Verder als dit bed',
  },
  unbound: {
    said: 'Deze tablet hoort nog niet bij een bed.',
    todo: 'Open hierop de registratielink van het bed of typ de code van het bed.',
  },
  binding: {
    'unknown-code': {
      said: 'Deze link of code is hier niet bekend, of de tien minuten zijn voorbij.',
      todo: 'Vraag een nieuwe voor dit bed en open die op deze tablet.',
    },
    'used-code': {
      said: 'Deze link of code is al gebruikt.',
      todo: 'Elke werkt één keer. Vraag een nieuwe voor dit bed en open die op deze tablet.',
    },
    over: {
      said: 'Deze tablet is niet op tijd bevestigd.',
      todo: 'Vraag een nieuwe code voor dit bed en typ die hier.',
    },
    'storage-lost': {
      said: 'Het geheugen van deze tablet is gewist, en daarmee ook zijn bed.',
      todo: 'Vraag een nieuwe link voor dit bed en open die op deze tablet.',
    },
  },
  code: {
    label: 'Code van het bed',
    hint: 'Acht letters en cijfers, van de beheerder. Ze werken tien minuten.',
    send: 'Deze code gebruiken',
    wrong: 'Dit is geen volledige code: die heeft acht letters en cijfers.',
  },
  waiting: {
    code: {
      said: 'Medewerker: bevestig deze tablet.',
      todo: 'Kijk of hij bij dit bed ligt. Open daarna het bed op een werkstation en typ deze cijfers.',
    },
    lost: {
      said: 'Deze tablet is zijn sleutel kwijt en kan niet worden gebeld.',
      todo: 'Medewerker: open dit bed op een werkstation en typ deze cijfers.',
    },
    cloned: {
      said: 'Een andere tablet gebruikt de sleutel van deze tablet. Hij kan niet worden gebeld.',
      todo: 'Medewerker: open dit bed op een werkstation en typ deze cijfers. Meld het aan IT.',
    },
    astray: {
      said: 'Deze tablet was zonder stroom of netwerk. Namen zijn verborgen.',
      todo: 'Medewerker: controleer of hij bij dit bed ligt. Open het bed op een werkstation en typ deze cijfers.',
    },
  },
} as const satisfies Like<typeof en>
