/** The lock without a browser: when it falls, what it asks the server, and how it opens. */
import * as v from 'valibot'
import { expect, test } from 'vitest'
import type { BedView } from '../../src/protocol/people.ts'
import { createAdmin } from '../../src/state/admin.ts'
import { createStation } from '../../src/state/station.ts'
import { anna, fakeWorld, welcomeOf } from '../fakes/ports.ts'

const minute = 60_000
const one: BedView = {
  bedId: 'bed-1',
  label: '1',
  patient: null,
  stay: { epoch: 1, admissionId: null },
  tablet: 'bound',
  state: { type: 'ready' },
  report: null,
  carers: [],
  wishes: null,
  cleanEpoch: 0,
}
const ways = { passkey: true, password: false, provider: null }

async function signedIn(answers: Record<string, unknown> = {}, debt: 'owed' | 'paid' = 'paid') {
  const { world, ports } = fakeWorld()
  world.lockDebt = debt
  world.answers = { '/unlock-ways': ways, '/lock': {}, ...answers }
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna, { snapshot: { beds: [one], calls: [] } }))
  await world.settle()
  const asked = (path: string) => world.asked.filter((one) => one.path === path).length
  return { world, station, asked }
}

test('[IDLE-1] five minutes without a touch lock the screen and tell the server; a touch in any tab begins anew', async () => {
  const { world, station, asked } = await signedIn()
  world.advance(4 * minute)
  world.touchedMs = 4 * minute
  world.advance(5 * minute - 1)
  expect(station.lock.locked.value).toBe(false)
  world.advance(1)
  expect(station.lock.locked.value).toBe(true)
  expect(asked('/lock')).toBe(1)
})

test('[IDLE-2] whoever has no way back in is never locked out', async () => {
  const { world, station, asked } = await signedIn({
    '/unlock-ways': { passkey: false, password: false, provider: null },
  })
  world.advance(60 * minute)
  await station.lock.lock()
  expect(station.lock.locked.value).toBe(false)
  expect(asked('/lock')).toBe(0)
})

test('[IDLE-3] a server that cannot be told is told when it is back, and the screen stays locked meanwhile', async () => {
  const { world, station, asked } = await signedIn({ '/lock': undefined })
  world.advance(5 * minute)
  await world.settle()
  expect(station.lock.locked.value).toBe(true)
  world.answers['/lock'] = {}
  world.socket?.welcomed(welcomeOf(anna, { resumed: true, snapshot: null }))
  await world.settle()
  expect(asked('/lock')).toBe(2)
  expect(station.lock.locked.value).toBe(true)
})

test('[IDLE-4] a locked screen dials nobody, ends no call by itself, and opens by a passkey', async () => {
  const { world, station } = await signedIn({ '/unlock/passkey-options': {}, '/unlock/passkey': {} })
  world.socket?.received({ type: 'lock.changed', locked: true })
  expect(station.lock.locked.value).toBe(true)
  station.call(one, 'ring')
  expect(world.sent).toEqual([])
  world.passkey = 'passkey-cancelled'
  await station.lock.byPasskey()
  expect(station.lock.problem.value).toBe('passkey-cancelled')
  expect(station.lock.locked.value).toBe(true)
  world.passkey = null
  await station.lock.byPasskey()
  expect(station.lock.locked.value).toBe(false)
  expect(station.lock.problem.value).toBeNull()
  world.touchedMs = 0
})

test('[IDLE-5] a lock in a live call leaves its camera and its call as they are', async () => {
  const { world, station } = await signedIn()
  station.call(one, 'ring')
  world.media?.cameraOpened('call-1')
  const before = station.calls.state.value
  await station.lock.lock()
  expect(station.lock.locked.value).toBe(true)
  expect(world.cameraOn).toBe(true)
  expect(before.type).toBe('dialling')
  expect(station.calls.state.value).toBe(before)
  expect(world.did.filter((one) => one.startsWith('release'))).toEqual([])
})

test('[IDLE-6] what a station trusts is not changed while it is locked', async () => {
  const { world, station } = await signedIn({ '/unlock/passkey-options': {}, '/unlock/passkey': {} })
  station.trust.own.value = { label: 'Station', organisation: 'Hospital', root: 'other' }
  await station.lock.lock()
  await station.trust.trustOwn()
  expect(world.did).not.toContain('pin other')
  await station.lock.byPasskey()
  await station.trust.trustOwn()
  expect(world.did).toContain('pin other')
})

test.each(['too-many', 'not-ready', 'unreachable'])(
  '[IDLE-7] a lock the server answers with %s is told it again until it takes it',
  async (failure) => {
    const { world, station, asked } = await signedIn({ '/lock': [failure, failure, {}] })
    await station.lock.lock()
    for (const times of [1, 2, 3, 3]) {
      expect(asked('/lock')).toBe(times)
      expect(world.lockDebt).toBe(times < 3 ? 'owed' : 'paid')
      world.advance(10_000)
      await world.settle()
    }
    expect(station.lock.locked.value).toBe(true)
  },
)

test('[IDLE-8] a reload does not open a screen whose lock the server does not know yet', async () => {
  const { world, station, asked } = await signedIn({ '/lock': 'too-many' }, 'owed')
  expect(station.lock.locked.value).toBe(true)
  expect(asked('/lock')).toBe(1)
  world.answers['/lock'] = {}
  world.advance(10_000)
  await world.settle()
  expect(asked('/lock')).toBe(2)
  expect(station.lock.locked.value).toBe(true)
  expect(world.lockDebt).toBe('paid')
})

test('[IDLE-9] a link that does not sign anybody in pays no debt', async () => {
  const { world, ports } = fakeWorld()
  world.lockDebt = 'owed'
  world.secret = 'bogus'
  world.refusal = 'unknown-code'
  createStation(ports)
  await world.settle()
  expect(world.lockDebt).toBe('owed')
})

test('[IDLE-13] a page that opens long after the last touch is locked as soon as it knows how it opens', async () => {
  const { world, ports } = fakeWorld()
  world.answers = { '/unlock-ways': ways, '/lock': {} }
  world.advance(120 * minute)
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  await world.settle()
  expect(station.lock.locked.value).toBe(true)
})

test('[IDLE-14] whoever has just signed in begins with a touch', async () => {
  const { world, ports } = fakeWorld()
  world.answers = { '/unlock-ways': ways, '/lock': {} }
  world.advance(120 * minute)
  world.secret = 'code'
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  await world.settle()
  expect(station.lock.locked.value).toBe(false)
  world.advance(5 * minute)
  expect(station.lock.locked.value).toBe(true)
})

test('[IDLE-15] a touch that comes too late locks at once, even where a timer slept; where no lock can fall it counts', async () => {
  const { world, station } = await signedIn()
  world.clockAheadMs = 60 * minute
  world.touchLate()
  expect(station.lock.locked.value).toBe(true)
  const open = await signedIn({ '/unlock-ways': { passkey: false, password: false, provider: null } })
  open.world.advance(60 * minute)
  open.world.touchLate()
  expect(open.world.touchedMs).toBe(60 * minute)
  expect(open.station.lock.locked.value).toBe(false)
})

const who = { me: anna, wardId: 'ward-1', ward: 'Ward 4B', demo: true }

async function atAdmin() {
  const { world, ports } = fakeWorld()
  world.answers = { '/unlock-ways': ways, '/lock': {}, '/me': who, '/sign-in-ways': 'unreachable' }
  const admin = createAdmin(ports)
  await world.settle()
  const asked = (path: string) => world.asked.filter((one) => one.path === path).length
  return { world, admin, asked }
}

test('[IDLE-16] whatever an administrator’s page is refused for its lock locks it', async () => {
  const { world, admin } = await atAdmin()
  expect(admin.lock.locked.value).toBe(false)
  world.answers['/staff'] = 'locked'
  await admin.ports.api.ask('GET', '/staff', {}, v.looseObject({}))
  expect(admin.lock.locked.value).toBe(true)
})

test('[IDLE-17] a lock and an unlock in one tab reach the others, and what they hear they do not tell the server', async () => {
  const { world, station } = await signedIn({ '/unlock/passkey-options': {}, '/unlock/passkey': {} })
  await station.lock.lock()
  await station.lock.byPasskey()
  expect(world.shared).toEqual(['locked', 'open'])
  const other = await atAdmin()
  other.world.hearLock('locked')
  expect(other.admin.lock.locked.value).toBe(true)
  expect(other.asked('/lock')).toBe(0)
  other.world.hearLock('open')
  await other.world.settle()
  expect(other.admin.lock.locked.value).toBe(false)
  expect(other.asked('/me')).toBe(2)
})

test('[IDLE-18] an administrator’s page that only lies open is asked about every minute, and not once it is locked', async () => {
  const { world, admin, asked } = await atAdmin()
  for (let minutes = 1; minutes <= 4; minutes += 1) {
    expect(asked('/me')).toBe(minutes)
    world.advance(minute)
    await world.settle()
  }
  world.answers['/me'] = 'locked'
  world.advance(30_000)
  await admin.lock.lock()
  const before = asked('/me')
  world.advance(10 * minute)
  await world.settle()
  expect(asked('/me')).toBe(before)
})
