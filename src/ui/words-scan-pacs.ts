/** What is said about scans that come from elsewhere: the hospital's PACS, or another app. */
import type { Fetching, PacsSeries, PacsStudy, PacsTrouble } from '../state/scan-pacs.ts'
import { localeNow } from './texts/catalogue.ts'
import { dateFormat } from './texts/dates.ts'
import { scanPacs } from './texts/scan-pacs.ts'

export const pacsWords = scanPacs('pacs')
export const handedWords = scanPacs('handed')
const troubles = scanPacs('troubles')

export function troubleWord(trouble: PacsTrouble): string {
  switch (trouble) {
    case 'not-configured':
    case 'down':
    case 'slow':
    case 'refused':
    case 'wrong-answer':
    case 'not-there':
    case 'other-patient':
    case 'too-large':
    case 'cut':
    case 'stopped':
    case 'unreachable':
    case 'too-many':
    case 'not-found':
      return troubles[trouble]
    default:
      return troubles.other
  }
}

/** A day is no moment: it is the same in every zone. */
const day: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeZone: 'UTC' }

export function dayWord(date: string): string {
  return dateFormat(day).format(Date.parse(date))
}

export function studyWord({ date, modalities }: PacsStudy): string {
  const when = date === null ? pacsWords.noDate : dayWord(date)
  const modality = modalities.join(' ')
  return modality === '' ? when : pacsWords.study({ date: when, modality })
}

export function seriesWord({ number, modality, description }: PacsSeries): string {
  const named = description === '' ? modality : description
  return [number === null ? '' : pacsWords.number({ number }), named].filter((part) => part !== '').join(', ')
}

export function comingWord({ images, of, bytes }: Fetching): string {
  const megabytes = new Intl.NumberFormat(localeNow(), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(bytes / 1_000_000)
  return of === null
    ? pacsWords.comingSome({ images, megabytes })
    : pacsWords.coming({ images, of, megabytes })
}
