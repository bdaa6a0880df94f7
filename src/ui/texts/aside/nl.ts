import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  privacy: {
    title: 'Privacy',
    ask: 'Hoelang wilt u alleen zijn?',
    means: 'Niemand kan u hier bellen. Uw rode belknop werkt zoals altijd.',
    length: '{count} minuten',
    until: 'Niemand kan bellen tot {time}.',
    soon: 'Nog twee minuten.',
    more: '15 erbij',
    end: 'Privacy beëindigen',
    back: 'Terug',
  },
  still: {
    title: 'Bent u nog in gesprek?',
    why: 'Al een tijdje heeft niemand de werkplek aangeraakt. Zonder antwoord eindigt het gesprek over een minuut en gaan camera en microfoon uit.',
    yes: 'Ja',
  },
} as const satisfies Like<typeof en>
