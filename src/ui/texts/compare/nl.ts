/** Nederlands. De woorden die twee mensen vergelijken. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  compare: {
    title: 'Vergelijk drie woorden',
    why: 'Lees ze aan elkaar voor. Zijn ze hetzelfde, dan zit er niemand tussen u.',
    languages: 'Verschillende talen? Vergelijk de getallen.',
    same: 'Ze zijn hetzelfde',
    differ: 'Ze verschillen',
    done: 'Woorden vergeleken: er zit niemand tussen u.',
    differMeans: 'Misschien luistert er iemand mee. Het gesprek eindigt.',
    /** Each language has its own; a word is its place in the list. */
    words:
      'appel brug kaars hond ei vis tuin huis strand sleutel lamp maan nest sinaasappel piano koningin rivier zon tafel paraplu viool raam brood kat deur olifant bloem glas paard ijs vlieger citroen berg naald uil potlood regen schip boom wiel bel klok trommel veer goud hoed lepel blad melk noot papier ring sneeuw trein wolf beer wolk bos honing brief muis ster toren zout',
  },
} as const satisfies Like<typeof en>
