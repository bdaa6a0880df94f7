/** When family may ring at a bed, and what they are told (SPEC.md, FAMILY). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRelative, reasonFor, usualVisits, visitTimeOf } from '../../src/core/family.ts'
import { endReasons } from '../../src/protocol/call.ts'
import type { GuestParty } from '../../src/protocol/people.ts'
import { unspoken, type Wishes } from '../../src/protocol/wishes.ts'

const maria: GuestParty = { type: 'guest', guestId: 'g1', name: 'Maria', kind: 'relative' }
const wishes: Wishes = { ...unspoken, visits: usualVisits }
const at = (hour: number, minute = 0) => hour * 60 + minute

describe('[FAMILY-1] family ring within the hours of the stay', () => {
  test.each([
    ['a minute before they begin', at(9, 59), 'resting'],
    ['as they begin', at(10), 'open'],
    ['in the afternoon', at(15), 'open'],
    ['a minute before they end', at(19, 59), 'open'],
    ['as they end', at(20), 'resting'],
    ['at night', at(3), 'resting'],
  ] as const)('[FAMILY-1] %s', (_when, minute, type) => {
    expect(visitTimeOf(wishes, minute).type).toBe(type)
  })

  test('[FAMILY-1] quiet hours within them are quiet', () => {
    const quiet = { fromMinute: at(13), untilMinute: at(14) }
    expect(visitTimeOf({ ...wishes, quiet }, at(13, 30))).toEqual({ type: 'resting', hours: usualVisits })
    expect(visitTimeOf({ ...wishes, quiet }, at(14)).type).toBe('open')
  })

  test('[FAMILY-1] where nobody lies, none were agreed, or calls are not put through, nobody rings at any minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
        for (const none of [
          null,
          unspoken,
          { ...wishes, visits: null },
          { ...wishes, answer: 'in-person' as const },
        ])
          expect(visitTimeOf(none, minute)).toEqual({ type: 'resting', hours: null })
      }),
      { seed: 8 },
    )
  })
})

describe('[FAMILY-3] whoever may not ring learns nothing of why', () => {
  const own = ['hung-up', 'cancelled', 'connection-lost', 'verification-failed', 'forgotten']

  test.each(endReasons)('[FAMILY-3] a call that ended as %s', (reason) => {
    expect(reasonFor(maria, reason)).toBe(own.includes(reason) ? reason : 'no-answer')
  })

  test('[FAMILY-3] everybody else is told what happened', () => {
    const nurse = { type: 'staff', staffId: 's1', name: 'Anna', role: 'nurse' } as const
    for (const reason of endReasons)
      for (const party of [
        nurse,
        { ...maria, kind: 'family' as const },
        { ...maria, kind: 'visitor' as const },
      ])
        expect(reasonFor(party, reason)).toBe(reason)
    expect([maria, nurse].map(isRelative)).toEqual([true, false])
  })
})
