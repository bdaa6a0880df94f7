/** Italiano. Le parole che due persone confrontano. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  compare: {
    title: 'Confrontate tre parole',
    why: 'Leggetevele a vicenda. Se sono le stesse, tra voi non c’è nessuno.',
    languages: 'Lingue diverse? Confrontate i numeri.',
    same: 'Sono le stesse',
    differ: 'Sono diverse',
    done: 'Parole confrontate: tra voi non c’è nessuno.',
    differMeans: 'Qualcuno potrebbe ascoltare. La chiamata termina.',
    /** Each language has its own; a word is its place in the list. */
    words:
      'mela ponte candela cane uovo pesce giardino casa spiaggia chiave lampada luna nido arancia pianoforte regina fiume sole tavolo ombrello violino finestra pane gatto porta elefante fiore bicchiere cavallo ghiaccio aquilone limone montagna ago gufo matita pioggia nave albero ruota campana orologio tamburo piuma oro cappello cucchiaio foglia latte noce carta anello neve treno lupo orso nuvola bosco miele lettera topo stella torre sale',
  },
} as const satisfies Like<typeof en>
