/** A list of beds, as people write it. */
import { expect, test } from 'vitest'
import { readBedLabels } from '../../src/core/bed-labels.ts'

test.each([
  ['1-4', ['1', '2', '3', '4']],
  ['1–3, 12a', ['1', '2', '3', '12A']],
  [' 7 ; 7,7 ', ['7']],
  ['9-9', ['9']],
])('[WARD-1] %s is %j', (text, labels) => {
  expect(readBedLabels(text)).toEqual(labels)
})

test.each(['', ' , ', '4-1', '1-200', '1-', 'window side', 'A/B', '123456789', '1, x!'])(
  '[WARD-2] "%s" is no list of beds',
  (text) => {
    expect(readBedLabels(text)).toBeNull()
  },
)
