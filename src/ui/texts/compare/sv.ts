/** Svenska. Orden som två människor jämför. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  compare: {
    title: 'Jämför tre ord',
    why: 'Läs dem för varandra. Är de samma är ingen mellan er.',
    languages: 'Olika språk? Jämför siffrorna.',
    same: 'De är samma',
    differ: 'De skiljer sig',
    done: 'Orden jämförda: ingen är mellan er.',
    differMeans: 'Någon kan lyssna. Samtalet avslutas.',
    /** Each language has its own; a word is its place in the list. */
    words:
      'äpple bro ljus hund ägg fisk trädgård hus strand nyckel lampa måne bo apelsin piano drottning flod sol bord paraply fiol fönster bröd katt dörr elefant blomma glas häst is drake citron berg nål uggla penna regn skepp träd hjul bjällra klocka trumma fjäder guld hatt sked löv mjölk nöt papper ring snö tåg varg björn moln skog honung brev mus stjärna torn salt',
  },
} as const satisfies Like<typeof en>
