/** Svenska. Vem man tar hand om i dag. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  care: {
    title: 'Vilka tar du hand om i dag?',
    means:
      'Patienterna ser ditt namn på sin surfplatta. Det upphör av sig självt efter 13 timmar, eller när du tar andra sängar.',
    take: '{count, plural, =0 {Ta ingen säng} one {Ta hand om den här sängen} other {Ta hand om de här {count} sängarna}}',
    offline: 'Servern behövs för detta. Försök igen när den är tillbaka.',
  },
  line: {
    label: 'Skriv till patienten',
    show: 'Visa',
    shown: 'Patienten läser: {text}',
    takeBack: 'Ta bort',
  },
} as const satisfies Like<typeof en>
