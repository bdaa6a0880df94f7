/** What letters say, by language, and the moments in them by the clock of whoever reads. */
import type { Language } from '../../core/languages.ts'
import en, { type LetterWords } from './words/en.ts'
import fi from './words/fi.ts'
import itWords from './words/it.ts'
import nl from './words/nl.ts'
import sv from './words/sv.ts'

export const letterWords: Readonly<Record<Language, LetterWords>> = { en, fi, sv, nl, it: itWords }

const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
/** With the zone, always: whoever travels cannot know whose clock is meant. */
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const

/** `Thursday 14 January 2027, 11:00 EET`. */
export function momentOf(ms: number, zone: string, { locale, at }: LetterWords): string {
  const timeZone = zone
  const date = new Intl.DateTimeFormat(locale, { ...day, timeZone }).format(ms)
  // British English puts a comma after the day of the week, which nobody says.
  return at(date.replace(',', ''), new Intl.DateTimeFormat(locale, { ...clock, timeZone }).format(ms))
}

/** What the clocks there show then, to compare it. */
export function clockIn(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(ms)
}
