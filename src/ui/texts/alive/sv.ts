/** Svenska. Vad som är fel med en surfplatta och vad man gör. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  board: { away: 'Borta sedan {time}: en knackning ringer.' },
  troubles: {
    silent: 'Svarar inte: väck surfplattan eller starta om den',
    camera: 'Kameran är inte tillåten: tillåt den i surfplattans webbläsare för den här sidan',
    microphone: 'Mikrofonen är inte tillåten: tillåt den i surfplattans webbläsare för den här sidan',
    start: 'Tryck en gång: tryck på Starta på surfplattan',
    sound: 'Kan inte ringa med ljud: tryck en gång på surfplattan',
    battery: 'Batteri under 20 %: anslut surfplattan till laddaren',
    asleep: 'Skärmen kan slockna: visa Bedside överst på surfplattan',
    clock: 'Klockan går fel: ställ in datum och tid på surfplattan',
  },
  staffCode: {
    title: 'Personalkod',
    intro:
      'Sex siffror som öppnar inställningarna på avdelningens alla surfplattor, med eller utan nät. Personalen läser dem här och bland uppgifterna om vilken säng som helst.',
    show: 'Visa personalkoden',
    hide: 'Dölj personalkoden',
    means: 'Öppnar inställningarna på vilken surfplatta som helst: tryck på För personal på den.',
    made: 'Skapad {time}.',
    renew: 'Ny kod',
    reallyRenew: 'Skapa en ny personalkod?',
    renewMeans: 'Den förra koden slutar gälla på varje surfplatta så snart den når servern.',
    keep: 'Behåll den nuvarande',
  },
} as const satisfies Like<typeof en>
