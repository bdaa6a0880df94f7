/** Whose pictures are shown to whom (SPEC.md, VIEW). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ofSomebodyElse } from '../../src/core/scan/whose.ts'

const of = (patientId: string | null) => ({ patientId, patientName: 'Doe, Jane' })

test('[VIEW-15] pictures of another number than that of the patient in the call are named (HZ-1)', () => {
  expect(ofSomebodyElse([of('7'), of('8')], '7')).toEqual(of('8'))
  expect(ofSomebodyElse([of('7'), of('7')], '7')).toBeNull()
})

test('[VIEW-15] a number is the same to the letter, and what names nobody is nobody else’s', () => {
  expect(ofSomebodyElse([of('07')], '7')).toEqual(of('07'))
  fc.assert(
    fc.property(fc.string(), (number) => {
      expect(ofSomebodyElse([of(null), of(number), of(null)], number)).toBeNull()
    }),
    { seed: 1 },
  )
})
