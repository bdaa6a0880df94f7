/** Svenska. Anhöriga tilltalas med du. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  page: { starting: 'Startar…', title: 'Besök', looking: 'Frågar avdelningen…', again: 'Försök igen' },
  open: {
    title: 'Besök via video',
    you: 'Du ringer som {name}, till {ward}.',
    before:
      'Inget är på ännu. När du trycker på Ring frågar webbläsaren om kamera och mikrofon, och du syns när någon svarar.',
    ring: 'Ring',
    again: 'Tryck sedan på Ring igen.',
  },
  resting: {
    title: 'Vilar just nu.',
    hours: 'Besök {from}–{until}',
    none: 'Inga besök just nu.',
    stay: 'Du kan lämna sidan öppen: den visar när du kan ringa.',
    look: 'Titta igen',
  },
  trying: { title: 'Provar kamera och mikrofon…', todo: 'Om webbläsaren frågar, välj Tillåt.' },
  ringing: {
    title: 'Ringer…',
    todo: 'Det kan ta en stund att nå skärmen.',
    lost: 'Sjukhuset svarar inte. Sidan försöker igen; kontrollera nätverket.',
    stop: 'Sluta ringa',
  },
  after: { again: 'Besök igen' },
  noLink: {
    none: {
      said: 'Öppna länken som du fick.',
      todo: 'Med den kan du besöka någon på avdelningen via video. Fråga avdelningen om du har tappat bort den.',
    },
    wrong: { said: 'Detta är inte en hel länk.', todo: 'Öppna den igen eller kopiera hela.' },
    unknown: {
      said: 'Den här länken används inte längre.',
      todo: 'Fråga avdelningen eller den som gav dig den.',
    },
    used: {
      said: 'Den här länken hör till en annan enhet.',
      todo: 'Den användes först där och ringer bara därifrån. Be avdelningen om en egen länk.',
    },
    unverified: {
      said: 'Det är inte säkert att länken kommer från sjukhuset, så inget har börjat.',
      todo: 'Ingen såg eller hörde dig. Ring avdelningen.',
    },
    'no-store': {
      said: 'Det här webbläsarfönstret får inte spara något, så du kan inte göra besök från det.',
      todo: 'Öppna länken i ett vanligt fönster, inte ett privat, eller på en annan enhet.',
    },
  },
  over: {
    left: { said: 'Du avslutade besöket.', todo: 'Du kan ringa igen under besökstiden.' },
    ended: { said: 'Besöket är slut.', todo: 'Du kan ringa igen under besökstiden.' },
    'connection-lost': { said: 'Anslutningen bröts.', todo: 'Kontrollera nätverket och ring igen.' },
    unverified: {
      said: 'Det var inte säkert att det var sjukhuset, så besöket avslutades.',
      todo: 'Ring avdelningen.',
    },
    camera: {
      said: 'Din kamera eller mikrofon stannade, så besöket tog slut.',
      todo: 'Kontrollera dem och ring igen.',
    },
    elsewhere: { said: 'Ditt besök är öppet i ett annat fönster.', todo: 'Det fortsätter där.' },
  },
} as const satisfies Like<typeof en>
