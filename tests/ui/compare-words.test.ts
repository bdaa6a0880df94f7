/** [PROOF-8] Two who read in different languages have the same numbers to compare. */
import { expect, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import { speak } from '../../src/ui/texts/catalogue.ts'
import { wordsToRead } from '../../src/ui/words-compare.ts'

const all = Array.from({ length: 64 }, (_, number) => number)

test('[PROOF-8] a word stands beside its number, the same in every language', async () => {
  await speak('en')
  expect(wordsToRead([0, 8, 63])).toEqual(['10 apple', '18 beach', '73 salt'])
  await speak('fi')
  expect(wordsToRead([0, 8, 63])).toEqual(['10 omena', '18 ranta', '73 suola'])
})

test.each(languages)(
  '[PROOF-8] in %s each of the 64 numbers has two digits and a word of its own',
  async (language) => {
    await speak(language)
    const read = wordsToRead(all)
    expect(new Set(read.map((one) => one.slice(3))).size).toBe(64)
    for (const one of read) expect(one).toMatch(/^\d\d \p{L}+$/u)
  },
)
