/** A shift: what somebody has for it, whom they ask to take it over, and what is chosen next time. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  goOn,
  inOrderToAsk,
  isOfferedTo,
  joined,
  offerTo,
  type RunningShift,
  refuseOffer,
  shiftMs,
  stillThere,
  withShifts,
} from '../../src/core/shift.ts'

test('[SHIFT-1] it lasts 13 hours, goes on from when it is taken again, and began when it began', () => {
  const first = goOn(null, 'anna', ['fi', 'fi'], 0)
  expect(first).toEqual({ staffId: 'anna', sinceMs: 0, untilMs: shiftMs, languages: ['fi'], offer: null })
  expect(goOn(first, 'anna', [], 5)).toMatchObject({ sinceMs: 0, untilMs: 5 + shiftMs, languages: [] })
  const asked = offerTo(first, 'ben')
  expect(goOn(asked, 'anna', [], 5).offer, 'who was asked still is').toEqual({ toId: 'ben', answer: 'none' })
  expect(goOn(asked, 'anna', [], shiftMs), 'one that is over is another').toMatchObject({
    sinceMs: shiftMs,
    offer: null,
  })
})

test('[SHIFT-2] what was had last and is there is chosen next; what is not is named', () => {
  const last = [
    { id: 'b1', name: '1' },
    { id: 'b9', name: '12A' },
  ]
  expect(stillThere(last, new Set(['b1', 'b2']))).toEqual({ ids: ['b1'], gone: ['12A'] })
})

test('[SHIFT-3] [SHIFT-4] whatever was said before, it may be taken by the one who was asked last, until they say no', () => {
  const people = ['anna', 'ben', 'cara'] as const
  const act = fc.record({
    does: fc.constantFrom('offer', 'take-back', 'refuse'),
    who: fc.constantFrom(...people),
  })
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      let shift: RunningShift = goOn(null, 'anna', [], 0)
      let asked: string | null = null
      for (const { does, who } of acts) {
        if (does === 'offer') [shift, asked] = [offerTo(shift, who), who === 'anna' ? null : who]
        if (does === 'take-back') [shift, asked] = [offerTo(shift, null), null]
        if (does === 'refuse') shift = refuseOffer(shift, who)
        if (does === 'refuse' && who === asked) asked = null
        for (const one of people) {
          expect(isOfferedTo(shift, one, 1)).toBe(one === asked)
          expect(isOfferedTo(shift, one, shiftMs), 'nobody takes one that is over').toBe(false)
        }
      }
    }),
    { seed: 91, numRuns: 500 },
  )
})

test('[SHIFT-4] what is taken over joins what one has; nobody hands over a language', () => {
  expect(
    joined(
      { bedIds: ['1', '2'], dutyIds: [], languages: ['so'] },
      { bedIds: ['2', '3'], dutyIds: ['neuro'], languages: ['fi'] },
    ),
  ).toEqual({ bedIds: ['1', '2', '3'], dutyIds: ['neuro'], languages: ['so'] })
})

test('[SHIFT-3] who shares its beds is offered first, then who is here without beds, then who is here, then the others', () => {
  const people = [
    { staffId: 'away', screens: 0 },
    { staffId: 'busy', screens: 1 },
    { staffId: 'free', screens: 2 },
    { staffId: 'sharing', screens: 0 },
  ]
  const carers = new Map([
    ['1', ['anna', 'sharing']],
    ['2', ['busy']],
  ])
  const order = inOrderToAsk(people, new Set(['1']), carers).map(({ staffId }) => staffId)
  expect(order).toEqual(['sharing', 'free', 'busy', 'away'])
})

test('[SHIFT-5] taking over once more, after it broke off in the middle, comes to the same', () => {
  const own = { bedIds: ['1'], dutyIds: ['neuro'], languages: [] }
  const given = { bedIds: ['2'], dutyIds: ['senior'], languages: [] }
  const once = joined(own, given)
  expect(joined(once, given)).toEqual(once)
})

test('[SHIFT-7] who interprets for a shift stands beside those whom an administrator named, once', () => {
  const entries = [{ language: 'so', phone: '123', staffIds: ['anna'] }]
  const onShift = new Map([
    ['so', ['anna', 'ben']],
    ['rom', ['cara']],
  ])
  expect(withShifts(entries, onShift)).toEqual([
    { language: 'so', phone: '123', staffIds: ['anna', 'ben'] },
    { language: 'rom', phone: null, staffIds: ['cara'] },
  ])
})
