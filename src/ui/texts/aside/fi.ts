import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  privacy: {
    title: 'Oma rauha',
    ask: 'Kuinka kauan haluatte olla rauhassa?',
    means: 'Kukaan ei voi soittaa teille tänne. Punainen hälytyspainike toimii kuten aina.',
    length: '{count} minuuttia',
    until: 'Kukaan ei voi soittaa ennen klo {time}.',
    soon: 'Kaksi minuuttia jäljellä.',
    more: '15 lisää',
    end: 'Lopeta oma rauha',
    back: 'Takaisin',
  },
  still: {
    title: 'Jatkuuko puhelu?',
    why: 'Asemaan ei ole koskettu hetkeen. Jos kukaan ei vastaa, puhelu päättyy minuutin kuluttua, ja kamera ja mikrofoni sammuvat.',
    yes: 'Kyllä',
  },
} as const satisfies Like<typeof en>
