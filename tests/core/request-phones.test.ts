/** Whose telephones are told of a request. */
import { expect, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import { pushWords } from '../../src/core/push-words.ts'
import { whosePhones } from '../../src/core/request-phones.ts'

test('[ASK-11] at first those who care for the bed are told, where one of them has a telephone', () => {
  expect(whosePhones('first', ['anna'], ['anna', 'ben'])).toEqual(['anna'])
  expect(whosePhones('first', ['oja'], ['anna', 'ben'])).toEqual(['anna', 'ben'])
  expect(whosePhones('first', [], ['anna', 'ben'])).toEqual(['anna', 'ben'])
})

test.each(['again', 'ward'] as const)('[ASK-11] calling %s, all are told who want to be', (level) => {
  expect(whosePhones(level, ['anna'], ['anna', 'ben'])).toEqual(['anna', 'ben'])
})

test('[ASK-11] in every language there are words for each alert, and none has a place for anything (HZ-6)', () => {
  for (const language of languages)
    for (const words of Object.values(pushWords[language])) {
      expect(words).not.toMatch(/[{}\d]/)
      expect(words.length).toBeGreaterThan(10)
    }
})
