/** The words of a link, in the reader's language. */
import { compare } from './texts/compare.ts'

export const compareWords = compare('compare')

/** `12 beach`; `numbers`: of the words, from nought. Who reads another language has the same number beside another word. */
export function wordsToRead(numbers: readonly number[]): string[] {
  const words = compareWords.words.split(' ')
  return numbers.map((number) => `${number + firstShown} ${words[number] ?? ''}`)
}

/** Two digits each, so that none is heard as part of another. */
const firstShown = 10
