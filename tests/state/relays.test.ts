/** A screen builds the link of a call with the relays of that call, and with nobody else's. */
import { expect, test } from 'vitest'
import { createStation } from '../../src/state/station.ts'
import { anna, fakeWorld, ringingAt, welcomeOf } from '../fakes/ports.ts'

function relays(callId: string, username: string) {
  return { callId, iceServers: [{ urls: ['turn:relay.example'], username, credential: 'c' }] }
}

async function dialled() {
  const { world, ports } = fakeWorld()
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  const bed = {
    bedId: 'bed-1',
    label: '1',
    patient: null,
    stay: { epoch: 1, admissionId: null },
    tablet: 'bound' as const,
    state: { type: 'ready' as const },
    report: null,
    carers: [],
    wishes: null,
    cleanEpoch: 0,
  }
  station.call(bed, 'ring')
  const call = ringingAt('caller')
  const start = () => {
    world.socket?.received({ type: 'call.changed', call })
    world.media?.cameraOpened(call.callId)
  }
  return { world, call, start }
}

test('[TURN-12] the link is built with the newest relays of its own call', async () => {
  const { world, call, start } = await dialled()
  for (const [callId, name] of [
    [call.callId, 'old'],
    [call.callId, 'new'],
    ['another', 'foreign'],
  ] as const)
    world.socket?.received({ type: 'call.relays', relays: relays(callId, name) })
  start()
  expect(world.did.filter((act) => act.startsWith('open link'))).toEqual([
    `open link ${call.callId} ${call.epoch} by new`,
  ])
})

test('[TURN-13] a link that is there is told of fresh relays', async () => {
  const { world, call, start } = await dialled()
  start()
  world.socket?.received({ type: 'call.relays', relays: relays(call.callId, 'fresh') })
  expect(world.did).toContain(`renew relays ${call.callId} fresh`)
})

test('[TURN-14] a reloaded page has the relays of its call from the welcome', async () => {
  const { world, ports } = fakeWorld()
  createStation(ports)
  await world.settle()
  const call = ringingAt('callee', { phase: 'accepted' })
  world.socket?.welcomed(
    welcomeOf(anna, { snapshot: { beds: [], calls: [call] }, relays: [relays(call.callId, 'kept')] }),
  )
  world.socket?.received({ type: 'call.changed', call: { ...call, epoch: call.epoch + 1 } })
  world.media?.cameraOpened(call.callId)
  expect(world.did.filter((act) => act.startsWith('open link')).at(-1)).toMatch(/ by kept$/)
})
