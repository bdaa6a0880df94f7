/** Svenska. Språk som webbläsare inte har namn på. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  sign: {
    fse: 'finskt teckenspråk',
    fss: 'finlandssvenskt teckenspråk',
    swl: 'svenskt teckenspråk',
    dse: 'nederländskt teckenspråk',
    ise: 'italienskt teckenspråk',
    bfi: 'brittiskt teckenspråk',
    ils: 'internationella tecken',
  },
} as const satisfies Like<typeof en>
