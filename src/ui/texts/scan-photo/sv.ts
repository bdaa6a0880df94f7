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
  },
  failures: {
    denied: 'Webbläsaren låter inte Bedside använda kameran. Tillåt det bredvid adressen och försök igen.',
    missing: 'Ingen kamera hittades. Kontrollera att den är ansluten och påslagen.',
    taken: 'Ett annat program använder kameran. Stäng det och försök igen.',
    ended: 'Kameran stannade: den kopplades ur, eller så är samtalet slut. Försök igen.',
    'no-picture':
      'Det kommer ingen bild från kameran. Försök igen. Kommer det ändå ingen, starta om enheten.',
    'not-made':
      'Fotot kunde inte göras: enheten har för lite ledigt minne. Stäng andra sidor och försök igen.',
    unfetched: 'Det som öppnar kameran kunde inte hämtas. Kontrollera nätet och försök igen.',
  },
} as const satisfies Like<typeof en>
