/** Svenska. Till personalen: när deras egna telefoner inte aviseras. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  quiet: {
    title: 'Tysta timmar',
    means:
      'Mellan de här tiderna, enligt avdelningens klocka, aviseras ingen av dina telefoner. Stationerna ljuder ändå: ingen önskan väntar på en telefon.',
    from: 'Ingen avisering från',
    until: 'till',
    keep: 'Spara tysta timmar',
    drop: 'Inga tysta timmar',
    none: 'Inga tysta timmar: dina telefoner aviseras när som helst.',
    daily: 'Dina telefoner aviseras inte mellan {from} och {until}, varje dag.',
    now: 'Det är tyst nu, till {until}.',
    both: 'Fyll i båda tiderna.',
    same: 'Från och till är samma tid. Välj två olika.',
    failed: 'Det gick inte att spara. Inget ändrades. Försök igen.',
  },
} as const satisfies Like<typeof en>
