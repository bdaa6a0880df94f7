/** Svenska. Bildvisarens dialoger: foto, vems bilder, tangenter. */
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
  photoFailures: {
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
  choice: {
    title: 'Det här är bilder av {count} patienter',
    said: 'Bara en patients bilder är öppna åt gången. Vems vill du se? De andra stängs.',
    show: 'Visa de här',
    unknown: 'Någon som inte är namngiven',
  },
  keys: {
    title: 'Tangenter för bilder',
    next: 'Nästa eller föregående bild',
    far: 'Tio bilder framåt eller bakåt',
    ends: 'Första eller sista bilden',
    zoom: 'Närmare, längre bort, som från början',
    pan: 'Flytta bilden',
    tools: 'Bläddra, ljusstyrka, flytta, zooma',
    presets: 'Fönster, i listans ordning',
    turn: 'Vrid åt höger',
    flip: 'Vänster blir höger',
    invert: 'Mörkt blir ljust',
    run: 'Spela eller stoppa en film',
    series: 'Nästa eller föregående serie',
    close: 'Stäng den här listan',
    wheel: 'Mus: hjulet bläddrar, höger knapp ändrar ljusstyrka och kontrast, Ctrl och hjulet zoomar.',
    touch: 'Fingrar: ett finger bläddrar, två fingrar zoomar och flyttar.',
    shift: 'Skift och pilar',
  },
} as const satisfies Like<typeof en>
