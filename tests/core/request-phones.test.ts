/** Whose telephones are told of a request. */
import { expect, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import { minuteAt } from '../../src/core/minutes.ts'
import { pushWords } from '../../src/core/push-words.ts'
import { audible, whosePhones } from '../../src/core/request-phones.ts'

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

const [night, phones] = [
  { fromMinute: 22 * 60, untilMinute: 7 * 60 },
  [{ staffId: 'anna' }, { staffId: 'ben' }],
]
const told = (minute: number) =>
  audible(phones, new Map([['anna', night]]), minute).map(({ staffId }) => staffId)

test('[ASK-11] in their quiet hours nobody has a telephone, over midnight too, and whoever named none has one always', () => {
  for (const minute of [22 * 60, 23 * 60 + 59, 0, 6 * 60 + 59])
    expect(told(minute), `${minute}`).toEqual(['ben'])
  for (const minute of [21 * 60 + 59, 7 * 60, 12 * 60])
    expect(told(minute), `${minute}`).toEqual(['anna', 'ben'])
})

test('[ASK-11] quiet hours are by the clock on the wall, in the nights in which it jumps as well', () => {
  const minuteMs = 60_000
  const at = (ms: number) => told(minuteAt(ms, 'Europe/Helsinki'))
  // Seven in the morning in summer, and in the mornings after the clock went back and on.
  const sevens = [Date.UTC(2026, 5, 10, 4), Date.UTC(2026, 9, 25, 5), Date.UTC(2027, 2, 28, 4)]
  for (const ms of sevens) expect([at(ms - minuteMs), at(ms)]).toEqual([['ben'], ['anna', 'ben']])
  const skipped = { fromMinute: 2 * 60, untilMinute: 3 * 60 + 30 }
  const quiet = new Map([['anna', skipped]])
  const whileSkipped = Date.UTC(2027, 2, 28, 1)
  const [before, after] = [whileSkipped - minuteMs, whileSkipped].map(
    (ms) => audible(phones, quiet, minuteAt(ms, 'Europe/Helsinki')).length,
  )
  expect([before, after], 'three o’clock is four, and the quiet is over').toEqual([1, 2])
})
