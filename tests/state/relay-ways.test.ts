/** A tablet tries the ways to the relay by itself, a station when somebody asks. */
import { expect, test } from 'vitest'
import { createStation } from '../../src/state/station.ts'
import { bedInCall } from '../fakes/in-call.ts'
import { anna, fakeWorld, welcomeOf } from '../fakes/ports.ts'

const [udp, tls] = ['turn:relay.example', 'turns:relay.example']
const tries = (did: readonly string[]) => did.filter((done) => done.startsWith('try '))

test('[TURN-16] a tablet tries them once nobody talks, tells its station, and tries again an hour later', async () => {
  const { world, bed, back } = await bedInCall()
  world.relayStates = { [udp]: 'open', [tls]: 'closed' }
  world.socket?.welcomed({ ...back(), relayUrls: [udp, tls] })
  world.advance(20_000)
  await world.settle()
  expect(tries(world.did), 'not in a call').toEqual([])
  bed.calls.hangUp()
  world.advance(60 * 60_000)
  await world.settle()
  expect(tries(world.did)).toEqual([`try ${udp}`, `try ${tls}`])
  expect(world.sent.at(-1)).toMatchObject({
    type: 'bed.report',
    report: { ways: { udp: 'open', tls: 'closed' } },
  })
  world.advance(60 * 60_000)
  await world.settle()
  expect(tries(world.did)).toHaveLength(4)
})

test('[TURN-16] a station tries them when somebody asks, and none where there is no relay', async () => {
  const { world, ports } = fakeWorld()
  const { ways } = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  await ways.check()
  expect(ways.kinds.value).toEqual([])
  world.relayStates = { [udp]: 'open' }
  world.socket?.welcomed(welcomeOf(anna, { relayUrls: [udp, tls] }))
  world.advance(2 * 60 * 60_000)
  await world.settle()
  expect(tries(world.did)).toEqual([])
  await ways.check()
  expect(ways.kinds.value).toEqual(['udp', 'tls'])
  expect(ways.found.value).toEqual({ udp: 'open' })
})
