/** Nederlands. Voor wie iemand vandaag zorgt. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  care: {
    title: 'Voor wie zorgt u vandaag?',
    means:
      'Patiënten zien uw naam op hun tablet. Het eindigt vanzelf na 13 uur, of als u andere bedden neemt.',
    take: '{count, plural, =0 {Voor geen bed zorgen} one {Voor dit bed zorgen} other {Voor deze {count} bedden zorgen}}',
    offline: 'Hiervoor is de server nodig. Probeer het opnieuw als die terug is.',
  },
  line: {
    label: 'Schrijf aan de patiënt',
    show: 'Toon',
    shown: 'De patiënt leest: {text}',
    takeBack: 'Neem terug',
  },
} as const satisfies Like<typeof en>
