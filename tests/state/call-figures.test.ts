/** What an end of a call tells the server when the call is over. */
import { expect, test, vi } from 'vitest'
import { createBed } from '../../src/state/bed.ts'
import { createStation } from '../../src/state/station.ts'
import { bedInCall } from '../fakes/in-call.ts'
import { well } from '../fakes/measured.ts'
import { anna, bedOne, fakeWorld, ringingAt, welcomeOf } from '../fakes/ports.ts'

type World = ReturnType<typeof fakeWorld>['world']

const figuresIn = ({ sent }: Pick<World, 'sent'>) =>
  sent.flatMap((message) => (message.type === 'call.figures' ? [message] : []))

async function ringingBed() {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1 }
  const bed = createBed(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(bedOne))
  world.socket?.received({ type: 'call.changed', call: ringingAt('callee') })
  await vi.dynamicImportSettled()
  return { world, bed }
}

test('[FIGURES-1] from the press of *Answer* to the end: told once, after the end itself', async () => {
  const { world, bed } = await ringingBed()
  world.advance(4_000)
  bed.calls.answer()
  world.advance(300)
  world.media?.linkUp('call-1', 1)
  world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { phase: 'accepted' }) })
  world.media?.measured('call-1', { ...well, atMs: 500 })
  world.advance(10_000)
  world.media?.linkStalled('call-1', 1)
  world.advance(2_000)
  world.media?.linkUp('call-1', 1)
  world.advance(5_000)
  bed.calls.hangUp()
  bed.calls.dismiss()
  expect(figuresIn(world)).toEqual([
    {
      type: 'call.figures',
      callId: 'call-1',
      figures: {
        ...{ setUpMs: 300, reconnections: 1, goodMs: 15_000, weakMs: 0, lostMs: 2_000 },
        ...{ way: 'direct', over: 'udp' },
      },
    },
  ])
  expect(world.types().slice(-2)).toEqual(['call.end', 'call.figures'])
})

test('[FIGURES-1] what is weak is counted as it is said', async () => {
  const { world, bed } = await bedInCall()
  for (let atMs = 0; atMs < 20_000; atMs += 500) {
    world.media?.measured('call-1', { ...well, lost: 0.5, atMs })
    world.advance(500)
  }
  bed.calls.hangUp()
  const [told] = figuresIn(world)
  expect(told?.figures).toMatchObject({ goodMs: 4_500, weakMs: 15_500, lostMs: 0 })
})

test('[FIGURES-1] the peer ends it, or it is lost for good: it is told all the same', async () => {
  const first = await bedInCall()
  first.world.advance(1_000)
  first.world.socket?.received({ type: 'call.ended', callId: 'call-1', reason: 'hung-up', by: 'peer' })
  expect(figuresIn(first.world)).toHaveLength(1)
  const second = await bedInCall()
  second.world.media?.linkStalled('call-1', 1)
  second.world.advance(60_000)
  expect(figuresIn(second.world)[0]?.figures).toMatchObject({ reconnections: 0, lostMs: 60_000 })
  expect(second.world.types().slice(-2)).toEqual(['call.end', 'call.figures'])
})

test('[FIGURES-1] a bed that was reloaded in its call says no set-up time', async () => {
  const { world, bed } = await bedInCall()
  world.advance(1_000)
  bed.calls.hangUp()
  expect(figuresIn(world)[0]?.figures).toMatchObject({ setUpMs: null, goodMs: 1_000 })
})

test('[FIGURES-1] a ring that nobody answered tells nothing', async () => {
  const { world, bed } = await ringingBed()
  world.advance(1_000)
  bed.calls.refuse()
  expect(world.types()).toContain('call.end')
  expect(figuresIn(world)).toEqual([])
})

test('[FIGURES-1] a caller counts from the news of the answer', async () => {
  const { world, ports } = fakeWorld()
  const station = createStation(ports)
  await world.settle()
  const ringing = ringingAt('caller')
  world.socket?.welcomed(welcomeOf(anna, { snapshot: { beds: [], calls: [] } }))
  station.calls.dial(bedOne, 'ring', 1)
  world.socket?.received({ type: 'call.changed', call: ringing })
  world.media?.cameraOpened('call-1')
  await vi.dynamicImportSettled()
  world.advance(7_000)
  world.socket?.received({ type: 'call.changed', call: ringingAt('caller', { phase: 'accepted' }) })
  world.advance(250)
  world.media?.linkUp('call-1', 1)
  world.advance(3_000)
  station.calls.hangUp()
  expect(figuresIn(world)[0]).toMatchObject({ callId: 'call-1', figures: { setUpMs: 250, goodMs: 3_000 } })
})
