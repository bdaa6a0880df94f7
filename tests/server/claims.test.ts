/** What a provider's claims mean here. */
import { expect, test } from 'vitest'
import type { StaffRole } from '../../src/protocol/people.ts'
import { nameOf, roleOf, tidyName } from '../../src/server/sign-in/claims.ts'

const roles = new Map<string, StaffRole>([
  ['ward-admin', 'admin'],
  ['ward-nurse', 'nurse'],
])

test.each([
  ['roles', { roles: ['ward-nurse'] }, 'nurse'],
  ['roles', { roles: 'ward-nurse' }, 'nurse'],
  ['roles', { roles: ['ward-nurse', 'ward-admin'] }, 'admin'],
  ['realm_access.roles', { realm_access: { roles: ['offline_access', 'ward-nurse'] } }, 'nurse'],
  ['https://hospital.example/roles', { 'https://hospital.example/roles': ['ward-admin'] }, 'admin'],
  ['roles', {}, null],
  ['roles', { roles: [] }, null],
  ['roles', { roles: null }, null],
  ['roles', { roles: { 'ward-nurse': true } }, null],
  ['roles', { roles: ['WARD-NURSE', 'ward-nurse ', 5, null] }, null],
  ['roles', { roles: 'ward-nurse,ward-admin' }, null],
  ['realm_access.roles', { realm_access: 'ward-nurse' }, null],
  ['__proto__.roles', { roles: ['ward-nurse'] }, null],
  ['constructor.name', {}, null],
])('[CLAIM-1] %s of %j is the role %s', (claim, claims, role) => {
  expect(roleOf(claims, claim, roles)).toBe(role)
})

test('[CLAIM-2] a name is the first there is, fits a screen, and cannot pass for another by what is not seen', () => {
  expect(nameOf({ name: 'Anna Laine', email: 'a@x' }, 'sub')).toBe('Anna Laine')
  expect(nameOf({ name: ' ', preferred_username: 'anna' }, 'sub')).toBe('anna')
  expect(nameOf({ name: 5 }, 'sub')).toBe('sub')
  expect(tidyName('Anna\u202eeniaL\u200b\n  Laine')).toBe('Anna eniaL Laine')
  expect(tidyName('\u{1F600}'.repeat(60)).length).toBeLessThanOrEqual(80)
  expect(tidyName('\u{1F600}'.repeat(60)).isWellFormed()).toBe(true)
})
