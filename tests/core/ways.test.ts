import { expect, test } from 'vitest'
import { summary, wayOf } from '../../src/core/ways.ts'

test.each([
  ['turn:relay.example', 'udp'],
  ['turn:relay.example:3478?transport=udp', 'udp'],
  ['turn:relay.example:3478?transport=tcp', 'tcp'],
  ['turns:relay.example', 'tls'],
  ['turns:[2001:db8::1]:443?transport=tcp', 'tls'],
] as const)('[TURN-16] %s is reached by %s', (url, way) => {
  expect(wayOf(url)).toBe(way)
})

test('[TURN-16] a way is open when one relay answers by it, and closed when none does that was tried', () => {
  const [one, two] = ['turn:one.example', 'turn:two.example']
  expect(
    summary([
      [one, 'closed'],
      [two, 'open'],
    ]),
  ).toEqual({ udp: 'open' })
  expect(
    summary([
      [one, 'open'],
      [two, 'closed'],
    ]),
  ).toEqual({ udp: 'open' })
  expect(
    summary([
      [one, 'closed'],
      ['turns:one.example', 'open'],
    ]),
  ).toEqual({ udp: 'closed', tls: 'open' })
})

test('[TURN-16] a browser that cannot tell has found out nothing', () => {
  expect(summary([['turn:one.example', null]])).toEqual({})
})
