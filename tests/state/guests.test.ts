/** A station that asks somebody from outside to its call, and is asked whether it is them. */
import { expect, test } from 'vitest'
import type { ServerMessage } from '../../src/protocol/wire.ts'
import { createStation } from '../../src/state/station.ts'
import { anna, fakeWorld, ringingAt, welcomeOf } from '../fakes/ports.ts'

const timo = { type: 'guest', guestId: 'g1', name: 'Timo Virtanen', kind: 'family' } as const

/** Anna is in a call, and the server lets her ask a guest. */
async function inCall() {
  const { world, ports } = fakeWorld()
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  const call = ringingAt('callee', { phase: 'accepted', epoch: 1 })
  world.socket?.received({ type: 'call.changed', call: { ...call, phase: 'ringing' } })
  station.calls.answer()
  await world.settle()
  world.answers['/guests'] = { guestId: 'g1', untilMs: 600_000 }
  return { world, station, guests: station.guests }
}

const waiting = (over: Partial<Extract<ServerMessage, { type: 'guest.waiting' }>> = {}): ServerMessage => ({
  type: 'guest.waiting',
  guest: timo,
  tableId: 'call-1',
  publicKey: 'P'.repeat(122),
  seal: 'S'.repeat(43),
  ...over,
})

const ask = (guests: Awaited<ReturnType<typeof inCall>>['guests']) => guests.invite(timo.name, timo.kind)
const toGuest = (world: Awaited<ReturnType<typeof inCall>>['world']) =>
  world.sent.filter(({ type }) => type.startsWith('guest.'))

test('[GUEST-1] who is asked to the call of this screen stands on it, with the link that is to be passed on', async () => {
  const { world, guests } = await inCall()
  const invited = await ask(guests)
  expect(invited).toMatchObject({ ok: true, value: { guestId: 'g1', untilMs: 600_000 } })
  expect(invited.ok && new URL(invited.value.link).hash).toBeTruthy()
  expect(world.asked.at(-1)).toMatchObject({
    path: '/guests',
    said: { tableId: 'call-1', name: timo.name, kind: 'family' },
  })
  expect(guests.invited.value).toEqual([
    { guestId: 'g1', name: timo.name, kind: 'family', untilMs: 600_000, state: 'invited' },
  ])
})

test('[GUEST-5] the server is told what it knows a code by, and not the link', async () => {
  const { world, guests } = await inCall()
  await ask(guests)
  expect(JSON.stringify(world.asked)).not.toContain('CODE')
})

test('[GUEST-3] without a call there is nothing to ask anybody to; what the server refuses is said', async () => {
  const { world, ports } = fakeWorld()
  const idle = createStation(ports)
  await world.settle()
  expect(await idle.guests.invite(timo.name, timo.kind)).toEqual({ ok: false, failure: 'not-found' })
  const { world: other, guests } = await inCall()
  other.answers['/guests'] = 'too-many'
  expect(await ask(guests)).toEqual({ ok: false, failure: 'too-many' })
  expect(guests.invited.value).toEqual([])
  expect(other.codes.size).toBe(0)
})

test('[GUEST-8] whose seal is true is vouched for, and stands there as come', async () => {
  const { world, guests } = await inCall()
  await ask(guests)
  world.socket?.received(waiting())
  await world.settle()
  expect(toGuest(world)).toMatchObject([{ type: 'guest.vouch', guestId: 'g1' }])
  expect(guests.invited.value).toMatchObject([{ guestId: 'g1', state: 'came', untilMs: 600_000 }])
})

test.each(['false-seal', 'uncertified'] as const)(
  '[GUEST-8] one that is not (%s) is refused, and stands there so',
  async (failure) => {
    const { world, guests } = await inCall()
    await ask(guests)
    world.vouchFailure = failure
    world.socket?.received(waiting())
    await world.settle()
    expect(toGuest(world)).toEqual([{ type: 'guest.refuse', guestId: 'g1' }])
    expect(guests.invited.value).toMatchObject([{ state: 'refused' }])
  },
)

test('[GUEST-8] somebody whom nobody asked from here is refused', async () => {
  const { world } = await inCall()
  world.socket?.received(waiting())
  await expect.poll(() => toGuest(world)).toEqual([{ type: 'guest.refuse', guestId: 'g1' }])
})

test('[GUEST-7] asked again, it vouches again: its word may have been lost', async () => {
  const { world, guests } = await inCall()
  await ask(guests)
  for (const _ of ['once', 'again']) {
    world.socket?.received(waiting())
    await world.settle()
  }
  expect(toGuest(world).map(({ type }) => type)).toEqual(['guest.vouch', 'guest.vouch'])
  expect(guests.invited.value).toHaveLength(1)
})

test('[GUEST-10] with the call its guests are gone from the screen, and what was kept for them', async () => {
  const { world, station, guests } = await inCall()
  await ask(guests)
  expect(world.codes.size).toBe(1)
  station.calls.hangUp()
  station.calls.dismiss()
  await world.settle()
  expect(guests.invited.value).toEqual([])
  expect(world.codes.size).toBe(0)
})

test('[GUEST-7] a page that has just been reloaded forgets nobody before it is in its call again', async () => {
  const { world, ports } = fakeWorld()
  world.codes.set('g1', `${timo.name} at call-1`)
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  world.socket?.received(waiting())
  await expect.poll(() => toGuest(world)).toMatchObject([{ type: 'guest.vouch' }])
  expect(station.guests.invited.value).toEqual([])
})
