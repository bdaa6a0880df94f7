/** What the station says once its board stands: a line for whoever does not hear, rounds and outcomes. */
import type { MissedWhy } from '../state/round.ts'
import type { CallOutcome } from '../state/station.ts'
import { care } from './texts/care.ts'

export const careWords = care('care')
export const lineWords = care('line')
export const outcomeWords = care('outcome')
export const outcomeNames: Record<CallOutcome, string> = care('outcomes')
export const roundWords = care('round')
export const missedWords: Record<MissedWhy, string> = care('missed')
