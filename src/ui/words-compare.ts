/** The words of a link, in the reader's language. */
import { compare } from './texts/compare.ts'

export const compareWords = compare('compare')

/** `numbers`: of the words, from nought. */
export function wordsToRead(numbers: readonly number[]): string[] {
  const words = compareWords.words.split(' ')
  return numbers.map((number) => words[number] ?? '')
}
