import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineOf, readLines } from '../../src/io/plan-journal-file.ts'

const text = fc.stringMatching(/^[A-Za-z0-9+/]{1,60}$/)

test('[SYNC-9] a journal that is torn anywhere gives every line that was whole, in order, and no other', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), fc.nat(2_000), (texts, cut) => {
      const file = texts.map(lineOf).join('')
      const torn = file.slice(0, cut)
      const whole = readLines(torn)
      expect(whole).toEqual(texts.slice(0, whole.length))
      // A line without its break was written in full all the same.
      expect(whole.length).toBeGreaterThanOrEqual(torn.split('\n').length - 1)
    }),
  )
})

test('[SYNC-9] what is written after a torn line is read', () => {
  const torn = lineOf('first').slice(0, -3)
  expect(readLines(`${torn}\n${lineOf('second')}`)).toEqual(['second'])
})

test('[SYNC-9] a line in which one letter changed is no line', () => {
  fc.assert(
    fc.property(text, fc.nat(), (one, where) => {
      const line = lineOf(one)
      const at = line.length - 2 - (where % one.length)
      const other = `${line.slice(0, at)}${line[at] === 'A' ? 'B' : 'A'}${line.slice(at + 1)}`
      expect(readLines(other)).toEqual([])
    }),
  )
})
