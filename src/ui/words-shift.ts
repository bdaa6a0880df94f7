/** What is said of shifts: starting one, handing it over, and its end. */
import { shift } from './texts/shift.ts'
import { bedsWord } from './words.ts'

export const shiftWords = shift('shift')
export const handOverWords = shift('handOver')
export const endWords = shift('end')

type What = {
  readonly beds: readonly string[]
  readonly duties: readonly string[]
  readonly requests: number
  readonly consults: number
}

/** What goes over, one phrase each; what there is none of is not said. */
export function whatWords({ beds, duties, requests, consults }: What): readonly string[] {
  return [
    ...(beds.length > 0 ? [bedsWord(beds)] : []),
    ...duties,
    ...(requests > 0 ? [handOverWords.requests({ count: requests })] : []),
    ...(consults > 0 ? [handOverWords.consults({ count: consults })] : []),
  ]
}
