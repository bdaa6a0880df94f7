/** Whose pictures are shown to whom (SPEC.md, VIEW). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ofAnotherThan, ofSomebodyElse } from '../../src/core/scan/whose.ts'

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

test('[VIEW-15] at a visit, where no number is known, it is the date of birth (HZ-1)', () => {
  const born = (patientBirthDate: string | null) => ({ ...of('7'), patientBirthDate })
  const kaarina = { name: 'Kaarina Lahti', born: '1948-11-04' }
  expect(ofAnotherThan([born('19481104'), born(null)], kaarina)).toBeNull()
  expect(ofAnotherThan([born('19481104'), born('19481105')], kaarina)).toEqual(born('19481105'))
  expect(ofAnotherThan([born('19480411')], kaarina), 'day and month are not exchanged').not.toBeNull()
  expect(
    ofAnotherThan([born('19481105')], { name: 'Kaarina Lahti', number: '7' }),
    'at a bed it is the number',
  ).toBeNull()
  expect(ofAnotherThan([born('19481104')], { name: 'Kaarina Lahti', number: '8' })).not.toBeNull()
})
