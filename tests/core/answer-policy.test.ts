/** What a call may do at a tablet: never more than was agreed, and never more than the patient chose. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AtTheBed, answerPolicyOf, isQuiet, mayKnock } from '../../src/core/answer-policy.ts'
import { quietAt } from '../../src/core/quiet.ts'
import { answerWishes, type Consent, unspoken, type Wishes } from '../../src/protocol/wishes.ts'

const agreed: Wishes = { ...unspoken, answer: 'knock', consent: { type: 'patient' } }
const at = (over: Partial<AtTheBed>) =>
  answerPolicyOf({ wishes: agreed, choice: 'agreed', minute: 12 * 60, sound: 'on', stay: 1, ...over })
const clock = (hours: number, minutes = 0) => hours * 60 + minutes

const consents: fc.Arbitrary<Consent> = fc.constantFrom<Consent>(
  { type: 'patient' },
  { type: 'representative', name: 'Kaisa' },
  { type: 'best-interests', name: 'Dr Oja' },
  { type: 'none' },
)
const minutes = fc.integer({ min: 0, max: 1439 })
const anyWishes: fc.Arbitrary<Wishes> = fc
  .record({
    answer: fc.constantFrom(...answerWishes),
    quiet: fc.option(fc.record({ fromMinute: minutes, untilMinute: minutes })),
    consent: consents,
  })
  .map((some) => ({ ...unspoken, ...some }))
const anyBed: fc.Arbitrary<AtTheBed> = fc.record({
  wishes: fc.option(anyWishes),
  choice: fc.constantFrom('agreed', 'ring'),
  minute: minutes,
  sound: fc.constantFrom('on', 'blocked'),
  stay: fc.option(fc.nat()),
})

test('[ADMIT-8] without consent, or without anybody in the bed, it is a ring whatever is written (HZ-3)', () => {
  fc.assert(
    fc.property(anyBed, (bed) => {
      const isConsented = bed.wishes !== null && bed.wishes.consent.type !== 'none'
      if (!isConsented) expect(answerPolicyOf(bed).knock).toBe(false)
      if (!isConsented) expect(mayKnock(bed.wishes)).toBe(false)
    }),
  )
  expect(at({}).knock).toBe(true)
  expect(at({ wishes: { ...agreed, consent: { type: 'none' } } }).knock).toBe(false)
  expect(at({ wishes: null }).knock).toBe(false)
})

test('[ADMIT-9] the patient may always choose less, never more (HZ-3)', () => {
  fc.assert(
    fc.property(anyBed, (bed) => {
      expect(answerPolicyOf({ ...bed, choice: 'ring' }).knock).toBe(false)
      if (answerPolicyOf(bed).knock) expect(mayKnock(bed.wishes)).toBe(true)
    }),
  )
})

test('[ADMIT-10] a knock by day is a ring before 7 and from 21 on (HZ-3)', () => {
  const byDay: Wishes = { ...agreed, answer: 'knock-by-day' }
  const knocks = (minute: number) => at({ wishes: byDay, minute }).knock
  expect([clock(6, 59), clock(7), clock(20, 59), clock(21), clock(0)].map(knocks)).toEqual([
    false,
    true,
    true,
    false,
    false,
  ])
})

test('[ADMIT-11] in quiet hours a knock is a ring, over midnight too; no hours, and hours of no length, are never', () => {
  const quiet = (fromMinute: number, untilMinute: number): Wishes => ({
    ...agreed,
    quiet: { fromMinute, untilMinute },
  })
  const night = quiet(clock(22), clock(6))
  for (const [minute, is] of [
    [clock(21, 59), false],
    [clock(22), true],
    [clock(2), true],
    [clock(5, 59), true],
    [clock(6), false],
  ] as const) {
    expect(isQuiet(night, minute)).toBe(is)
    expect(at({ wishes: night, minute }).knock).toBe(!is)
  }
  expect(isQuiet(quiet(clock(13), clock(14)), clock(13, 30))).toBe(true)
  expect(isQuiet(quiet(clock(13), clock(13)), clock(13))).toBe(false)
  expect(isQuiet(agreed, clock(3))).toBe(false)
  expect(isQuiet(null, clock(3))).toBe(false)
})

test('[ADMIT-12] whoever is spoken to in person only is neither rung nor knocked at (HZ-3)', () => {
  const visited: Wishes = { ...agreed, answer: 'in-person' }
  expect(at({ wishes: visited })).toMatchObject({ inPerson: true, knock: false })
  expect(at({ wishes: { ...visited, consent: { type: 'none' } } }).inPerson, 'less needs no consent').toBe(
    true,
  )
  expect(at({})).toMatchObject({ inPerson: false })
})

const always = { fromMinute: 0, untilMinute: 1439 }

test('[ADMIT-13] an override of quiet hours is a knock where one was agreed for that hour, and else a ring (HZ-3)', () => {
  const byDay: Wishes = { ...agreed, answer: 'knock-by-day', quiet: always }
  expect(at({ wishes: { ...agreed, quiet: always } })).toMatchObject({ knock: false, overriddenKnock: true })
  expect(at({ wishes: byDay, minute: clock(12) }).overriddenKnock).toBe(true)
  expect(at({ wishes: byDay, minute: clock(23) }).overriddenKnock, 'not at night').toBe(false)
  fc.assert(
    fc.property(anyBed, (bed) => {
      const { knock, overriddenKnock } = answerPolicyOf(bed)
      if (knock) expect(overriddenKnock).toBe(true)
      if (overriddenKnock) expect(mayKnock(bed.wishes) && bed.choice === 'agreed').toBe(true)
      if (overriddenKnock && !knock) expect(isQuiet(bed.wishes, bed.minute)).toBe(true)
    }),
  )
})

test('[ADMIT-13] a station knows until when it is quiet, and never offers more than the tablet lets in', () => {
  fc.assert(
    fc.property(anyBed, (bed) => {
      const quiet = quietAt(bed.wishes, bed.minute)
      expect(quiet !== null).toBe(isQuiet(bed.wishes, bed.minute))
      const policy = answerPolicyOf({ ...bed, choice: 'agreed' })
      if (quiet?.override === 'knock') expect(policy.overriddenKnock).toBe(true)
      if (quiet && policy.inPerson) expect(quiet.override).toBeNull()
    }),
  )
  expect(quietAt({ ...agreed, quiet: always }, 0)).toEqual({ untilMinute: 1439, override: 'knock' })
})
