/** What the tablet says to whoever cleans it, or is about to try it. */
import { desk } from './texts/desk.ts'

export const cleaningWords = desk('cleaning')
export const selfTestOffer = desk('selfTest')
export const staffWords = desk('staff')

/** `4:05`. */
export function leftWord(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
