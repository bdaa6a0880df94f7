/** What staff read of a tablet that cannot ring, of a patient who is not in the bed just now, and of the code that opens a tablet's settings. */
import type { BedView } from '../state/station.ts'
import { alive } from './texts/alive.ts'
import { dateFormat } from './texts/dates.ts'
import { timeOf } from './words.ts'

export const troubleWords: Record<NonNullable<BedView['trouble']>, string> = alive('troubles')
const board = alive('board')
const weekday: Intl.DateTimeFormatOptions = { weekday: 'short' }

/** A leave can last for days. */
export function awayWord(sinceMs: number): string {
  const day = dateFormat(weekday).format(sinceMs)
  return board.away({ time: `${day} ${timeOf(sinceMs)}` })
}

export const staffCodeWords = alive('staffCode')
