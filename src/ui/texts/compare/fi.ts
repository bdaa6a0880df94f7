/** Suomi. Sanat, joita kaksi ihmistä vertaa. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  compare: {
    title: 'Verratkaa kolmea sanaa',
    why: 'Lukekaa ne toisillenne. Jos ne ovat samat, välissänne ei ole ketään.',
    languages: 'Eri kielet? Verratkaa numeroita.',
    same: 'Ne ovat samat',
    differ: 'Ne eroavat',
    done: 'Sanat verrattu: välissänne ei ole ketään.',
    differMeans: 'Joku saattaa kuunnella. Puhelu päättyy.',
    /** Each language has its own; a word is its place in the list. */
    words:
      'omena silta kynttilä koira muna kala puutarha talo ranta avain lamppu kuu pesä appelsiini piano kuningatar joki aurinko pöytä sateenvarjo viulu ikkuna leipä kissa ovi norsu kukka lasi hevonen jää leija sitruuna vuori neula pöllö kynä sade laiva puu pyörä tiuku kello rumpu sulka kulta hattu lusikka lehti maito pähkinä paperi sormus lumi juna susi karhu pilvi metsä hunaja kirje hiiri tähti torni suola',
  },
} as const satisfies Like<typeof en>
