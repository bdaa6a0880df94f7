import { expect, test } from 'vitest'
import type { BedView } from '../../src/protocol/people.ts'
import type { ServerMessage } from '../../src/protocol/wire.ts'
import { unspoken, type Wishes } from '../../src/protocol/wishes.ts'
import { createStation } from '../../src/state/station.ts'
import { createWaking } from '../../src/state/waking.ts'
import { anna, bedOne, fakeWorld, ringingAt, welcomeOf } from '../fakes/ports.ts'

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
const two: BedView = { ...one, bedId: 'bed-2', label: '2' }

async function signedIn() {
  const { world, ports } = fakeWorld()
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna, { snapshot: { beds: [one, two], calls: [] } }))
  const waking = createWaking(station.wakingParts)
  station.waking.value = waking
  return { world, station, waking }
}

test('[TRUST-4] a sign-in link pins the first root, and never another one', async () => {
  for (const [pinned, expected] of [
    [null, 'linked'],
    ['first', 'first'],
  ]) {
    const { world, ports } = fakeWorld()
    world.secret = 'code'
    world.linkedRoot = 'linked'
    world.trust = { root: pinned ?? null, chain: null }
    createStation(ports)
    await world.settle()
    expect(world.trust.root).toBe(expected)
    expect(world.socket, 'and it goes online').not.toBeNull()
  }
})

test('[STATION-1] a refused link shows no board and says why', async () => {
  const { world, ports } = fakeWorld()
  world.secret = 'code'
  world.refusal = 'used-code'
  const station = createStation(ports)
  await world.settle()
  expect(station.access.value).toEqual({ type: 'signed-out', problem: 'used-code' })
  expect(world.socket).toBeNull()
})

test('[STATION-2] a bed that changes stays in its place', async () => {
  const { world, station } = await signedIn()
  world.socket?.received({ type: 'bed.changed', bed: { ...one, state: { type: 'offline', sinceMs: 5 } } })
  expect(station.beds.value.map((bed) => [bed.label, bed.state.type])).toEqual([
    ['1', 'offline'],
    ['2', 'ready'],
  ])
})

test('[CALL-1] a camera that cannot be opened ends the call at once, tells the bed, and says which it was', async () => {
  const { world, station } = await signedIn()
  station.call(one, 'ring')
  world.media?.cameraFailed('call-1', 'taken')
  expect(station.calls.state.value).toMatchObject({ type: 'ended', reason: 'device-unready' })
  expect(station.calls.cameraFailure.value).toBe('taken')
  expect(world.sent.at(-1)).toEqual({ type: 'call.end', callId: 'call-1', reason: 'device-unready' })
})

test('[CALL-5] while it rings the picture is under way; sound leaves, and the bed is shown, once it has answered', async () => {
  const { world, station } = await signedIn()
  const pieces = () => world.did.filter((did) => /^(attach|present) /.test(did))
  station.call(one, 'ring')
  world.media?.cameraOpened('call-1')
  world.socket?.received({ type: 'call.changed', call: ringingAt('caller') })
  expect(world.did).toContain('open link call-1 1')
  expect(pieces()).toEqual(['attach picture call-1 1'])
  world.socket?.received({ type: 'call.changed', call: ringingAt('caller', { phase: 'accepted' }) })
  expect(pieces()).toEqual(['attach picture call-1 1', 'attach all call-1 1', 'present call-1'])
})

test('[CALL-8] a station reloaded in a call takes it up again by itself', async () => {
  const { world, ports } = fakeWorld()
  const station = createStation(ports)
  await world.settle()
  const accepted = ringingAt('caller', { phase: 'accepted', epoch: 3 })
  world.socket?.welcomed(welcomeOf(anna, { snapshot: { beds: [one], calls: [accepted] } }))
  expect(station.calls.state.value.type).toBe('connecting')
  expect(world.sent).toEqual([{ type: 'call.relink', callId: 'call-1', epoch: 3 }])
})

test('[STATION-3] signing out in a call leaves it and stops the camera', async () => {
  const { world, station } = await signedIn()
  station.call(one, 'ring')
  await station.signOut()
  expect(world.sent.at(-1)).toEqual({ type: 'call.end', callId: 'call-1', reason: 'left' })
  expect(world.cameraOn).toBe(false)
  expect(station.beds.value).toEqual([])
})

test('[STATION-4] an outdated app fetches the new one', async () => {
  const { world } = await signedIn()
  world.socket?.refused('outdated')
  expect(world.did).toContain('update')
})

test('[CALL-2] a call left while the server was down does not come back with a reload: its camera stays off', async () => {
  const { world, ports } = fakeWorld()
  world.over = ['call-1']
  const station = createStation(ports)
  await world.settle()
  const accepted = ringingAt('caller', { phase: 'accepted', epoch: 3 })
  world.socket?.welcomed(welcomeOf(anna, { snapshot: { beds: [one], calls: [accepted] } }))
  expect(station.calls.state.value.type).toBe('idle')
  expect(world.cameraOn).toBe(false)
  expect(world.sent).toEqual([{ type: 'call.end', callId: 'call-1', reason: 'left' }])
})

test.each(['replaced', 'unauthenticated'] as const)(
  '[HZ-2] a station that is %s leaves its call and stops its camera',
  async (why) => {
    const { world, station } = await signedIn()
    station.call(one, 'ring')
    expect(world.cameraOn).toBe(true)
    world.socket?.refused(why)
    expect(world.cameraOn).toBe(false)
  },
)

test('[STATION-5] an update waits for the end of a call', async () => {
  const { world, station } = await signedIn()
  station.call(one, 'ring')
  world.socket?.refused('outdated')
  expect(world.did).not.toContain('update')
  station.calls.hangUp()
  expect(world.did).toContain('update')
})

const night: Wishes = { ...unspoken, quiet: { fromMinute: 0, untilMinute: 60 } }
const shared = (bed: BedView, wishes: Wishes): BedView => ({
  ...{ ...bed, room: 'A', wishes },
  stay: { epoch: 1, admissionId: `patient-${bed.bedId}` },
})

test('[ROOM-2] a ring that would wake somebody waits until its caller has seen whom, and may be soft (HZ-15)', async () => {
  const { world, station, waking } = await signedIn()
  const beds = [shared(one, unspoken), shared(two, night)]
  for (const bed of beds) world.socket?.received({ type: 'bed.changed', bed })
  const invitations = () => world.sent.filter(({ type }) => type === 'call.invite')
  station.call(station.beds.value[0] ?? one, 'ring')
  expect(waking.asked.value?.sleepers.map(({ label }) => label)).toEqual(['2'])
  expect(invitations()).toEqual([])
  waking.drop()
  expect([waking.asked.value, invitations()]).toEqual([null, []])
  station.call(station.beds.value[0] ?? one, 'ring')
  waking.go('softly')
  expect(invitations()).toMatchObject([{ to: { bedId: 'bed-1' }, softly: 'yes' }])
})

test('[ROOM-2] by day it rings at once, and so it does where nobody shares the room', async () => {
  const { world, station, waking } = await signedIn()
  const byDay: Wishes = { ...night, quiet: { fromMinute: 60, untilMinute: 120 } }
  for (const bed of [shared(one, unspoken), shared(two, byDay)])
    world.socket?.received({ type: 'bed.changed', bed })
  station.call(station.beds.value[0] ?? one, 'ring')
  expect(waking.asked.value).toBeNull()
  expect(world.sent.at(-1)).toMatchObject({ type: 'call.invite', to: { bedId: 'bed-1' } })
  expect(world.sent.at(-1)).not.toHaveProperty('softly')
})

test('[ROOM-2] who is asked about waking others, and finds that somebody else lies there, calls nobody (HZ-1)', async () => {
  const { world, station, waking } = await signedIn()
  for (const bed of [shared(one, unspoken), shared(two, night)])
    world.socket?.received({ type: 'bed.changed', bed })
  station.call(station.beds.value[0] ?? one, 'ring')
  const next = { ...shared(one, unspoken), stay: { epoch: 2, admissionId: 'other' } }
  world.socket?.received({ type: 'bed.changed', bed: next })
  expect(waking.asked.value).toBeNull()
  waking.go('loudly')
  expect(world.types()).not.toContain('call.invite')
})

const elsewhere: ServerMessage = { type: 'call.elsewhere', call: { callId: 'call-1', peer: bedOne } }
const goesOn = ringingAt('caller', { phase: 'accepted', epoch: 2 })

test('[CALL-19] the call of another screen is taken over with a press', async () => {
  const { world, station } = await signedIn()
  world.socket?.received(elsewhere)
  station.calls.takeOver()
  expect(world.sent.at(-1)).toEqual({ type: 'call.take', callId: 'call-1' })
  expect(world.did, 'not before the server has it so').not.toContain('open camera call-1')
  world.socket?.received({ type: 'call.changed', call: goesOn })
  expect(station.calls.state.value.type).toBe('connecting')
  expect(world.did).toContain('open camera call-1')
})

test('[CALL-19] unasked, too late, or with somebody else in it, no call opens a camera here (HZ-1, HZ-2)', async () => {
  const { world, station } = await signedIn()
  world.socket?.received(elsewhere)
  world.socket?.received({ type: 'call.changed', call: goesOn })
  expect(station.calls.state.value.type).toBe('idle')
  station.calls.takeOver()
  world.socket?.received({
    type: 'call.changed',
    call: { ...goesOn, peer: { ...bedOne, bedId: 'another', label: '9' } },
  })
  world.advance(6_000)
  world.socket?.received({ type: 'call.changed', call: goesOn })
  expect(station.calls.state.value.type).toBe('idle')
  expect(world.did.filter((done) => done.startsWith('open camera'))).toEqual([])
})
