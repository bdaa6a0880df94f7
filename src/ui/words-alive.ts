/** What staff read of a tablet that cannot ring, or soon cannot: what is wrong, what to do, and the code that opens its settings. */
import type { BedView } from '../state/station.ts'
import { alive } from './texts/alive.ts'

export const troubleWords: Record<NonNullable<BedView['trouble']>, string> = alive('troubles')
export const staffCodeWords = alive('staffCode')
