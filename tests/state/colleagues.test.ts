/** A station calls whoever has a duty, says what nobody answered, and sounds for what its own person is asked. */
import { computed, signal } from '@preact/signals'
import { expect, test } from 'vitest'
import type { ColleaguesNow } from '../../src/protocol/duty.ts'
import type { StaffParty } from '../../src/protocol/people.ts'
import { createColleagues } from '../../src/state/colleagues.ts'
import { createRequestQueue } from '../../src/state/requests.ts'
import { createStation } from '../../src/state/station.ts'
import { anna, fakeWorld, ringingAt, welcomeOf } from '../fakes/ports.ts'

const [ben, maria] = ['Ben', 'Maria'].map(
  (name): StaffParty => ({ type: 'staff', staffId: name.toLowerCase(), name, role: 'doctor' }),
)
const nothing: ColleaguesNow = { people: [], duties: [], consults: [], taken: [], alarm: 'none', shift: null }

async function signedIn() {
  const { world, ports } = fakeWorld()
  world.answers['/colleagues'] = nothing
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  await world.settle()
  const me = computed(() => station.me.value?.staffId ?? null)
  const desk = createColleagues({
    api: ports.api,
    clock: ports.clock,
    newId: ports.page.newId,
    random: () => 0.5,
    me,
    session: station.requests.session,
    news: station.dutyNews,
    isLocked: station.lock.locked,
  })
  world.advance(0)
  await world.settle()
  const paths = () =>
    world.asked.map(({ path }) => path).filter((path) => /^.(colleagues|consult|duty)/.test(path))
  return { world, ports, station, desk, paths }
}

test('[DUTY-3] at the caller the call is with whoever answered, under the epoch that their answer began', async () => {
  const { world, station } = await signedIn()
  if (!ben || !maria) throw new Error('nobody')
  station.calls.dial(ben, 'ring', null, { dutyId: 'neuro' })
  const invited = world.sent.at(-1)
  expect(invited).toMatchObject({ type: 'call.invite', to: { type: 'duty', dutyId: 'neuro' } })
  const callId = invited?.type === 'call.invite' ? invited.callId : ''
  world.media?.cameraOpened(callId)
  const rings = { ...ringingAt('caller', { callId, peer: ben, stay: null }), duty: 'Neurosurgeon on call' }
  world.socket?.received({ type: 'call.changed', call: rings })
  expect(station.calls.state.value).toMatchObject({ type: 'calling', call: { duty: rings.duty } })
  world.socket?.received({
    type: 'call.changed',
    call: { ...rings, phase: 'accepted', epoch: 2, peer: maria },
  })
  expect(station.calls.state.value).toMatchObject({ type: 'connecting', call: { peer: maria, epoch: 2 } })
  // Their statement is checked, and ours addressed to them, and to nobody else (HZ-10).
  expect(world.terms).toMatchObject({ epoch: 2, peer: maria })
})

test('[DUTY-4] it asks at every welcome, at news, and by itself only while somebody looks', async () => {
  const { world, desk, paths } = await signedIn()
  expect(paths()).toEqual(['/colleagues'])
  world.socket?.received({ type: 'duty.news' })
  world.socket?.received({ type: 'duty.news' })
  world.advance(0)
  expect(paths()).toHaveLength(2)
  world.socket?.lost()
  world.advance(60_000)
  expect(paths()).toHaveLength(2)
  world.socket?.welcomed(welcomeOf(anna))
  world.advance(0)
  expect(paths()).toHaveLength(3)
  desk.open()
  world.advance(10_000)
  expect(paths()).toHaveLength(5)
  desk.close()
  world.advance(60_000)
  expect(paths()).toHaveLength(5)
})

test('[DUTY-4] what could not be read is asked for again, while the server is heard (HZ-4)', async () => {
  const { world, desk, paths } = await signedIn()
  delete world.answers['/colleagues']
  world.socket?.received({ type: 'duty.news' })
  world.advance(0)
  await world.settle()
  expect(paths()).toHaveLength(2)
  world.answers['/colleagues'] = { ...nothing, alarm: 'first' }
  world.advance(1_499)
  expect(paths()).toHaveLength(2)
  world.advance(1)
  world.advance(0)
  await world.settle()
  expect([paths().length, desk.alarm.value]).toEqual([3, 'first'])
  delete world.answers['/colleagues']
  world.socket?.received({ type: 'duty.news' })
  world.advance(0)
  await world.settle()
  world.socket?.lost()
  world.advance(60_000)
  expect(paths()).toHaveLength(4)
})

test('[DUTY-4] what its person is asked sounds here, behind a lock too, and not without the server (HZ-4)', async () => {
  const { world, station, desk } = await signedIn()
  const besides = signal<'none' | 'first' | 'again'>('none')
  desk.alarm.subscribe((alarm) => {
    besides.value = alarm
  })
  createRequestQueue(station.requests, besides)
  expect(world.alert).toBe('none')
  world.answers['/colleagues'] = { ...nothing, alarm: 'again' }
  world.socket?.received({ type: 'duty.news' })
  world.advance(0)
  await world.settle()
  expect(world.alert).toBe('request-again')
  station.lock.told(true)
  await world.settle()
  expect(world.alert).toBe('request-again')
  world.socket?.lost()
  expect(world.alert).toBe('none')
})

test('[DUTY-7] whoever signs in next sees nothing of what the one before was asked', async () => {
  const { world, station, desk, paths } = await signedIn()
  expect(desk.now.value).toEqual(nothing)
  station.me.value = { ...anna, staffId: 'next' }
  expect(desk.now.value).toBeNull()
  station.me.value = null
  const before = paths()
  world.socket?.received({ type: 'duty.news' })
  world.advance(60_000)
  expect(paths()).toEqual(before)
})

test('[DUTY-4] of two answers the one that was asked for last counts; what was not sent is said', async () => {
  const { world, desk } = await signedIn()
  const withOne = { ...nothing, alarm: 'first' } as const
  world.answers['/consult'] = withOne
  const first = desk.ask({ type: 'duty', dutyId: 'neuro' }, '  a scan ')
  expect(world.asked.at(-1)?.said).toMatchObject({ to: { type: 'duty' }, reason: 'a scan' })
  world.answers['/consult/end'] = nothing
  const second = desk.end('k1')
  expect([await first, await second, desk.alarm.value]).toEqual([true, true, 'none'])
  delete world.answers['/consult']
  expect([await desk.ask({ type: 'staff', staffId: 'ben' }, ''), desk.problem.value]).toEqual([
    false,
    'unreachable',
  ])
})
