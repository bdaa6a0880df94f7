/** Ett namn i bilden. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  strip: {
    title: 'Finns det ett namn i bilden?',
    why: 'I sådana här bilder står det ofta namn, datum och nummer. Alla som får se bilden kan läsa dem.',
    honest:
      'Bedside tar bort namnet ur filen. Det gör den inte anonym: av bilder av ett huvud går det att göra ett ansikte.',
    progress: '{at} av {all}',
    first: 'Första bilden',
    last: 'Sista bilden',
    only: 'Bilden',
    alike: 'En ruta är svart i alla {count} bilder.',
    how: 'Rita en ruta över det som ingen får läsa, med musen eller ett finger. Eller lägg till en och använd piltangenterna.',
    keys: 'Piltangenterna flyttar rutan. Med Skift ändrar de dess storlek. Delete tar bort den.',
    add: 'Lägg till en ruta',
    box: 'Ruta {number}: {left} % från vänster, {top} % uppifrån, {width} % bred, {height} % hög',
    remove: 'Ta bort ruta {number}',
    coming: 'Bilden kommer…',
    failed: 'Den här bilden kan inte visas och kan därför inte skickas. Utelämna den.',
    looked: 'Jag har tittat: det finns inget namn i bilden',
    lookedBoxes: 'Jag har tittat: det finns inget namn utanför rutorna',
    leaveOut: 'Utelämna den här',
    giveUp: 'Visa ingenting',
  },
} as const satisfies Like<typeof en>
