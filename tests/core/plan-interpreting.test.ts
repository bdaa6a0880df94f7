/** Who needs an interpreter and has none. */
import { expect, test } from 'vitest'
import { lacksInterpreter } from '../../src/core/plan/interpreting.ts'
import { fields, person, ward } from './plan-fixtures.ts'

const plan = ward(person('ilse', 'interpreter'))

test.each([
  ['nobody who interprets', { staff: ['anna'] }, true],
  ['a role in words', { staff: ['anna'], roles: ['interpreter on duty'] }, true],
  ['an interpreter', { staff: ['anna', 'ilse'] }, false],
  ['no need', { staff: ['anna'], interpreter: false }, false],
  ['no time any more', { staff: ['anna'], status: 'cancelled' }, false],
] as const)('[PLAN-18] with %s', (_, over, lacks) => {
  const { staff, ...more } = over
  expect(lacksInterpreter(plan, { ...fields({ interpreter: true }), ...more, staff: [...staff] })).toBe(lacks)
})
