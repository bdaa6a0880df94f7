/** Een naam in het beeld. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  strip: {
    title: 'Staat er een naam in het beeld?',
    why: 'In dit soort beelden staan vaak namen, datums en nummers. Iedereen die ze te zien krijgt, kan ze lezen.',
    honest:
      'Bedside haalt de naam uit het bestand. Anoniem is het daarmee niet: van scans van een hoofd is een gezicht te maken.',
    progress: '{at} van {all}',
    first: 'Eerste beeld',
    last: 'Laatste beeld',
    only: 'Het beeld',
    alike: 'Een vlak is zwart in alle {count} beelden.',
    how: 'Teken een vlak over wat niemand mag lezen, met de muis of een vinger. Of voeg er een toe en gebruik de pijltoetsen.',
    keys: 'De pijltoetsen verplaatsen het vlak. Met Shift veranderen ze de grootte. Delete haalt het weg.',
    add: 'Voeg een vlak toe',
    box: 'Vlak {number}: {left} % van links, {top} % van boven, {width} % breed, {height} % hoog',
    remove: 'Haal vlak {number} weg',
    coming: 'Het beeld komt eraan…',
    failed: 'Dit beeld kan niet worden getoond en dus niet worden verstuurd. Laat het weg.',
    looked: 'Ik heb gekeken: er staat geen naam in het beeld',
    lookedBoxes: 'Ik heb gekeken: buiten de vlakken staat geen naam',
    leaveOut: 'Laat dit weg',
    giveUp: 'Toon niets',
  },
} as const satisfies Like<typeof en>
