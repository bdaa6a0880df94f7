/** Suomi. Kielet, joille selaimilla ei ole nimeä. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  sign: {
    fse: 'suomalainen viittomakieli',
    fss: 'suomenruotsalainen viittomakieli',
    swl: 'ruotsalainen viittomakieli',
    dse: 'hollantilainen viittomakieli',
    ise: 'italialainen viittomakieli',
    bfi: 'brittiläinen viittomakieli',
    ils: 'kansainvälinen viittominen',
  },
} as const satisfies Like<typeof en>
