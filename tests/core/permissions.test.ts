/** The one table of permissions: every cell, written down a second time so that a slip in either is seen. */
import { expect, test } from 'vitest'
import { type Action, type Actor, actions, glassMs, may, permissionOf } from '../../src/core/permissions.ts'
import { type Role, roles } from '../../src/protocol/people.ts'

/** y: yes, w: within one's wards, -: no; columns in the order of `roles`. */
const expected: Record<Action, string> = {
  //                    nurse doctor interpreter admin patient-device guest
  'board.see': 'ww-w--',
  'bed.call': 'ww----',
  'bed.knock': 'ww----',
  'bed.override': 'ww----',
  'staff.call': 'yyy-y-',
  'call.take-part': 'yyyyyy',
  'guest.invite': 'yy----',
  'family.invite': 'ww----',
  'family.own': '----y-',
  'family.visit': '-----y',
  'visit.admit': 'ww----',
  'visit.come': '-----y',
  'scan.share': 'yy----',
  'scan.send-copy': 'yy----',
  'scan.receive-copy': 'yy----',
  'scan.see': 'yyyyyy',
  'call.note': 'ww----',
  'bed.report': '----y-',
  'request.make': '----y-',
  'request.answer': 'ww----',
  'ledger.read': '----y-',
  'session.own': 'yyyy--',
  'glass.break': 'yy----',
  'glass.review': '---y--',
  'admission.change': 'w--w--',
  'care.take': 'ww----',
  'duty.take': 'ww----',
  'tablet.see': 'w--w--',
  'tablet.enrol': '---w--',
  'tablet.confirm': 'w--w--',
  'tablet.rebind': 'w--w--',
  'tablet.revoke': '---w--',
  'tablet.update': '---w--',
  'staff-code.see': 'ww-w--',
  'staff-code.make': '---w--',
  'tablet.settings': '----y-',
  'certificate.sign': '---y--',
  'ward.change': '---w--',
  'staff.manage': '---y--',
  'audit.read': '---y--',
  'service.read': '---w--',
  'scan.fetch': 'ww----',
  'plan.see': 'yyyy--',
  'plan.change': 'ww-w--',
  'plan.override': '-w-w--',
  'hours.change': '---w--',
  'plan.share': '---w--',
}
const letters = { y: 'yes', w: 'ward', '-': 'no' } as const
const cells = actions.flatMap((action) => roles.map((role, column) => [role, action, column] as const))

test('the expectation names the roles there are', () => {
  expect(roles).toEqual(['nurse', 'doctor', 'interpreter', 'admin', 'patient-device', 'guest'])
  expect(Object.keys(expected).toSorted()).toEqual(actions.toSorted())
})

test.each(cells)('[RIGHT-1] %s, %s', (role, action, column) => {
  const letter = expected[action][column]
  expect(permissionOf(role, action)).toBe(letter === 'y' || letter === 'w' ? letters[letter] : 'no')
})

function actor(role: Role, over: Partial<Actor> = {}): Actor {
  return { role, wards: ['ward-1'], broken: new Map(), ...over }
}

test.each(cells)('[RIGHT-2] %s, %s: another ward is out of reach wherever a ward counts', (role, action) => {
  const permission = permissionOf(role, action)
  expect(may(actor(role), action, 'ward-1', 0)).toBe(permission !== 'no')
  expect(may(actor(role), action, 'ward-2', 0)).toBe(permission === 'yes')
  expect(may(actor(role, { wards: 'all' }), action, 'ward-2', 0)).toBe(permission !== 'no')
})

test.each(cells)(
  '[RIGHT-3] %s, %s: broken glass opens that ward for an hour and no action the role lacks',
  (role, action) => {
    const broken = new Map([['ward-2', glassMs]])
    const glazier = actor(role, { broken })
    expect(may(glazier, action, 'ward-2', glassMs - 1)).toBe(permissionOf(role, action) !== 'no')
    expect(may(glazier, action, 'ward-2', glassMs)).toBe(permissionOf(role, action) === 'yes')
    expect(may(glazier, action, 'ward-3', 0)).toBe(permissionOf(role, action) === 'yes')
  },
)
