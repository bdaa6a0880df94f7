import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  privacy: {
    title: 'Ostörd',
    ask: 'Hur länge vill du vara ostörd?',
    means: 'Ingen kan ringa dig här. Den röda larmknappen fungerar som alltid.',
    length: '{count} minuter',
    until: 'Ingen kan ringa förrän {time}.',
    soon: 'Två minuter kvar.',
    more: '15 till',
    end: 'Ta emot samtal igen',
    back: 'Tillbaka',
  },
  still: {
    title: 'Pratar ni fortfarande?',
    why: 'Ingen har rört stationen på en stund. Om ingen svarar avslutas samtalet om en minut, och kamera och mikrofon stängs av.',
    yes: 'Ja',
  },
} as const satisfies Like<typeof en>
