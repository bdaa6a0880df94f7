/** A call reaches whoever does not hear it, or does not see whose it is, and wakes nobody else. */
import { expect, test } from 'vitest'
import { flashes, isSpoken, spokenVolume } from '../../src/core/senses.ts'
import { unspoken, type Wishes } from '../../src/protocol/wishes.ts'

const of = (over: Partial<Wishes>): Wishes => ({ ...unspoken, ...over })

test('[ADMIT-14] the screen flashes for everybody by day, in quiet hours only for whoever does not hear well (HZ-15)', () => {
  for (const hearing of ['well', 'hard-of-hearing', 'deaf'] as const) {
    expect(flashes(of({ hearing }), false)).toBe(true)
    expect(flashes(of({ hearing }), true)).toBe(hearing !== 'well')
  }
  expect([flashes(null, false), flashes(null, true)]).toEqual([true, false])
})

test('[ADMIT-15] who calls is said to whoever sees little, who knocks to everybody, and nothing to the deaf (HZ-3)', () => {
  expect(isSpoken(of({}), 'ringing')).toBe(false)
  expect(isSpoken(of({}), 'knocking')).toBe(true)
  for (const sight of ['low', 'blind'] as const) {
    expect(isSpoken(of({ sight }), 'ringing')).toBe(true)
    expect(isSpoken(of({ sight, hearing: 'deaf' }), 'ringing')).toBe(false)
  }
  expect(isSpoken(of({ hearing: 'deaf' }), 'knocking')).toBe(false)
  expect(isSpoken(null, 'knocking')).toBe(false)
})

test('[ADMIT-15] it is as loud as was chosen, and soft where the ring is', () => {
  expect([1, 2, 3, 4].map((step) => spokenVolume(step, 4, false))).toEqual([0.25, 0.5, 0.75, 1])
  expect(spokenVolume(4, 4, true)).toBe(0.25)
})
