/** The words of a patient's report in every language that a ward may speak, and its moments by the ward's clock. */
import type { Language } from '../../core/languages.ts'
import en, { type ReportWords } from './report-words/en.ts'
import fi from './report-words/fi.ts'
import itWords from './report-words/it.ts'
import nl from './report-words/nl.ts'
import sv from './report-words/sv.ts'

export { type ReportWords, sections } from './report-words/en.ts'

export const reportWords: Readonly<Record<Language, ReportWords>> = { en, fi, sv, nl, it: itWords }

/** In which language, and by whose clock: an IANA zone. */
export type Telling = { readonly language: Language; readonly zone: string }

/** Seconds, or minutes and seconds. */
export function lasting(ms: number, words: ReportWords): string {
  const seconds = Math.round(ms / 1_000)
  return seconds < 60 ? words.seconds(seconds) : words.minutes(Math.floor(seconds / 60), seconds % 60)
}

export type Dates = {
  /** With seconds: acts are told apart by them. */
  readonly moment: (ms: number) => string
  readonly minute: (ms: number) => string
  readonly day: (ms: number) => string
  /** Of a date without a time, `1948-03-02`. */
  readonly date: (text: string) => string
}

export function datesOf({ language, zone }: Telling): Dates {
  const { locale } = reportWords[language]
  const format = (options: Intl.DateTimeFormatOptions, timeZone = zone) =>
    new Intl.DateTimeFormat(locale, { ...options, hourCycle: 'h23', timeZone })
  const moment = format({ dateStyle: 'medium', timeStyle: 'medium' })
  const minute = format({ dateStyle: 'long', timeStyle: 'short' })
  const day = format({ dateStyle: 'long' })
  const date = format({ dateStyle: 'long' }, 'UTC')
  return {
    moment: (ms) => moment.format(ms),
    minute: (ms) => minute.format(ms),
    day: (ms) => day.format(ms),
    date: (text) => {
      const ms = Date.parse(`${text}T00:00:00Z`)
      return Number.isNaN(ms) ? text : date.format(ms)
    },
  }
}
