/** Nederlands. Aan het personeel: wanneer hun eigen telefoons niets melden. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  quiet: {
    title: 'Stille uren',
    means:
      'Tussen deze tijden, volgens de klok van de afdeling, krijgt geen van uw telefoons meldingen. Posten klinken toch: geen verzoek wacht op een telefoon.',
    from: 'Geen meldingen vanaf',
    until: 'tot',
    keep: 'Stille uren opslaan',
    drop: 'Geen stille uren',
    none: 'Geen stille uren: uw telefoons krijgen altijd meldingen.',
    daily: 'Uw telefoons krijgen elke dag geen meldingen van {from} tot {until}.',
    now: 'Het is nu stil, tot {until}.',
    both: 'Vul beide tijden in.',
    same: 'Vanaf en tot zijn dezelfde tijd. Kies twee verschillende.',
    failed: 'Dat kon niet worden opgeslagen. Er is niets veranderd. Probeer het opnieuw.',
  },
} as const satisfies Like<typeof en>
