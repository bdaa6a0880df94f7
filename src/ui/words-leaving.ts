/** What is said where a plan is kept: before unsent changes are deleted, and where there is no server. */
import { staff } from './texts/staff.ts'

export const leavingWords = staff('leaving')
export const rememberedWords = staff('remembered')

export function othersWord(count: number): string {
  return leavingWords.others({ count })
}
