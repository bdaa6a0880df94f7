/** The numbers of a session: what is kept, forgotten and said again. */
import { expect, test } from 'vitest'
import { acknowledge, canReplay, createSession, tellText } from '../../src/server/session.ts'

function newSession(said: number) {
  const session = createSession(
    'tab:a:b',
    { type: 'staff', staffId: 'a', name: 'Anna Laine', role: 'nurse' },
    { role: 'nurse', wards: 'all', broken: new Map() },
  )
  for (let count = 1; count <= said; count += 1) tellText(session, `"${count}"`)
  return session
}

test('[SESSION-1] what is not acknowledged is kept, what is acknowledged is not', () => {
  const session = newSession(5)
  expect(acknowledge(session, 3)).toBe(true)
  expect(session.unacked).toEqual(['"4"', '"5"'])
  expect(session.unackedChars).toBe(6)
  expect(acknowledge(session, 5)).toBe(true)
  expect([session.unacked, session.unackedChars]).toEqual([null, 0])
})

test('[SESSION-2] an older acknowledgement changes nothing, one of what was never said is refused', () => {
  const session = newSession(5)
  acknowledge(session, 4)
  expect(acknowledge(session, 2)).toBe(true)
  expect(session.unacked).toEqual(['"5"'])
  expect(acknowledge(session, 6)).toBe(false)
})

test('[SESSION-3] a session resumes from any number between the acknowledged and the last', () => {
  const session = newSession(5)
  acknowledge(session, 2)
  expect([1, 2, 3, 5, 6].map((received) => canReplay(session, received))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ])
})

test.each([
  ['512 messages', 513, '""'],
  ['a million characters', 17, `"${'x'.repeat(65_000)}"`],
])(
  '[SESSION-4] a session that is owed more than %s keeps nothing and cannot resume',
  (_name, count, text) => {
    const session = newSession(0)
    for (let index = 1; index < count; index += 1) tellText(session, text)
    expect(canReplay(session, 0)).toBe(true)
    tellText(session, text)
    expect([session.overrun, session.unacked]).toEqual([true, null])
    expect(canReplay(session, session.sent)).toBe(false)
  },
)
