/** Who is connected: a value that says what a plain map would. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Roll } from '../../src/core/roll.ts'
import type { Party } from '../../src/protocol/people.ts'

const anna: Party = { type: 'staff', staffId: 'anna', name: 'Anna Laine', role: 'nurse' }
const ben: Party = { type: 'staff', staffId: 'ben', name: 'Ben Okafor', role: 'nurse' }

const act = fc.record({
  endpoint: fc.constantFrom(
    ...Array.from({ length: 40 }, (_, index) => `tab:anna:${index}`),
    '__proto__',
    '',
  ),
  party: fc.constantFrom(anna, ben, null),
})

test('[ROLL-1] after any comings and goings it says what a map says, and older rolls say what they said', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
      const map = new Map<string, Party>()
      let roll = Roll.empty
      for (const { endpoint, party } of acts) {
        const before = [...roll]
        const next = party ? roll.with(endpoint, party) : roll.without(endpoint)
        expect([...roll]).toEqual(before)
        roll = next
        if (party) map.set(endpoint, party)
        else map.delete(endpoint)
        expect([roll.get(endpoint), roll.has(endpoint)]).toEqual([map.get(endpoint), map.has(endpoint)])
      }
      expect(new Map(roll)).toEqual(map)
    }),
    { numRuns: 100, seed: 4 },
  )
  expect([...Roll.empty]).toEqual([])
})
