import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeLine, encodeLine, longestLine } from '../../src/protocol/line.ts'

test('[LINE-1] what is written is read, without blanks around it and no longer than a screen', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      expect(decodeLine(encodeLine(text))).toBe(text.slice(0, longestLine).trim())
    }),
    { seed: 1 },
  )
})

test('[LINE-2] anything else is nothing, and never an error', () => {
  const others = ['', '{}', 'null', '[]', '{"type":"line"}', '{"type":"line","text":1}', '\u0000']
  for (const said of others) expect(decodeLine(said)).toBeNull()
  expect(decodeLine(JSON.stringify({ type: 'line', text: 'x'.repeat(longestLine + 1) }))).toBeNull()
  expect(decodeLine(JSON.stringify({ type: 'line', text: 'x', more: 1 }))).toBeNull()
  fc.assert(
    fc.property(fc.string(), (said) => void decodeLine(said)),
    { seed: 1 },
  )
})
