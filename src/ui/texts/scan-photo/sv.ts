/** Svenska. Att ta ett fotografi. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  photo: {
    title: 'Ta ett foto',
    why: 'Fotot öppnas här. Det läggs inte i enhetens galleri.',
    take: 'Ta fotot',
    again: 'Försök igen',
    cancel: 'Ta inget foto',
    opening: 'Kameran öppnas…',
    own: 'Kameran är på tills fotot är taget.',
    call: 'Det här är bilden från ditt samtal. Dess kamera förblir på.',
    off: 'Kameran är av.',
    name: 'Foto {time}',
    sees: 'Vad kameran ser',
    denied: 'Webbläsaren låter inte Bedside använda kameran. Tillåt det bredvid adressen och försök igen.',
    missing: 'Ingen kamera hittades. Kontrollera att den är ansluten och påslagen.',
    taken: 'Ett annat program använder kameran. Stäng det och försök igen.',
  },
} as const satisfies Like<typeof en>
