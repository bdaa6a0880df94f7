/** A guest's code, and that both ends make the same of it: figures by another implementation of SHA-256 and HMAC. */
import { expect, test } from 'vitest'
import {
  codeIdOf,
  guestSeal,
  linkOf,
  newCode,
  readCode,
  secretOf,
  stationSeal,
} from '../../src/io/guest-code.ts'

const code = '0123456789ABCDEFGHJKMNPQRS'
const codeId = 'avYoFDp4c-scU_VkzKDZNG0v3SFEqXhMyYa74FOK0Lw'
const secret = 'SpSrrnFWLmsA7yL9iPw4UhHmodeA4ETwWRUZj5am5Jo'

test('[GUEST-4] what the server knows a code by, and the secret that it does not, are these', async () => {
  expect(await codeIdOf(code)).toBe(codeId)
  expect(await secretOf(code)).toBe(secret)
})

test('[GUEST-8] both seals are these', async () => {
  expect(await guestSeal(secret, 'public')).toBe('MzNBtSARxMnGnm3qrz-GZz8hwrxIvE0HI7axQx2uMQ8')
  expect(await stationSeal(secret, 'root', '{}')).toBe('t34YruCDYnWZ6cGfgYWuVqLUI86xM0r4w626E1UJOk0')
})

test('[GUEST-4] a code has 26 characters of 32, each as likely as another, and never comes twice', () => {
  const codes = Array.from({ length: 500 }, newCode)
  expect(new Set(codes).size).toBe(codes.length)
  for (const one of codes) expect(readCode(one)).toBe(one)
  const counts = new Map<string, number>()
  for (const letter of codes.join('')) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  expect(counts.size).toBe(32)
  // 13,000 letters, some 406 of each with a deviation of 20: eight of these are never seen.
  for (const [letter, count] of counts)
    expect([letter, Math.abs(count - 13_000 / 32) < 160]).toEqual([letter, true])
})

test.each([
  ['as it is', code],
  ['in small letters', code.toLowerCase()],
  ['in groups', '0123 4567-89AB CDEF GHJK MNPQ RS'],
  ['with letters for figures', code.replace('0', 'O').replace('1', 'l')],
  ['with a small i', code.replace('1', 'i')],
])('[GUEST-4] a code is read %s', (_how, typed) => {
  expect(readCode(typed)).toBe(code)
})

test.each([
  ['too short', code.slice(1)],
  ['too long', `${code}0`],
  ['with a U, which Crockford leaves out', `U${code.slice(1)}`],
  ['with another sign', `!${code.slice(1)}`],
  ['empty', ''],
])('[GUEST-4] what is %s is no code', (_how, typed) => {
  expect(readCode(typed)).toBeNull()
})

test('[GUEST-5] in a link the code stands where no browser sends it', () => {
  expect(new URL(linkOf('https://ward.example', 'join', code))).toMatchObject({
    pathname: '/join',
    hash: `#${code}`,
    search: '',
  })
})
