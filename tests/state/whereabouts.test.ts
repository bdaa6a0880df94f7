/** A tablet that may not be at its bed shows no names and only rings. */
import { expect, test } from 'vitest'
import { standardTimings } from '../../src/core/timings.ts'
import { createBed } from '../../src/state/bed.ts'
import type { BedSettings } from '../../src/state/ports.ts'
import { bedOne, fakeWorld, knockAgreed, welcomeOf } from '../fakes/ports.ts'

const { astrayMs } = standardTimings

async function bedWith(settings: Partial<BedSettings> = {}) {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1, ...settings }
  const bed = createBed(ports)
  await world.settle()
  return { world, bed, isAstray: () => bed.whereabouts.isAstray.value }
}

async function welcomed() {
  const made = await bedWith()
  // Noon: whoever agreed to a knock is knocked at.
  made.world.socket?.welcomed(
    welcomeOf(bedOne, { wishes: knockAgreed, serverTimeMs: 12 * 60 * 60_000, zone: 'UTC' }),
  )
  made.world.hear('on')
  return made
}

const knocks = (sent: readonly { type: string }[]) =>
  sent
    .flatMap((message) =>
      message.type === 'bed.report' ? (message as never as { report: { knock: boolean } }).report.knock : [],
    )
    .at(-1)

test('[WHERE-3] ten minutes without the server hide its names, and the server shows them again (HZ-14)', async () => {
  const { world, isAstray } = await welcomed()
  world.socket?.lost()
  world.advance(astrayMs - 1)
  expect(isAstray()).toBe(false)
  world.advance(1)
  expect(isAstray()).toBe(true)
  world.socket?.welcomed(welcomeOf(bedOne, { astray: '123456' }))
  expect(isAstray(), 'the server has something against it').toBe(true)
  world.socket?.welcomed(welcomeOf(bedOne))
  expect(isAstray()).toBe(false)
})

test('[WHERE-3] on its charger it keeps its day, however long the server is away; off it once, it counts on (HZ-14)', async () => {
  const { world, isAstray } = await welcomed()
  world.hearPower('mains')
  world.socket?.lost()
  world.advance(10 * astrayMs)
  expect(isAstray()).toBe(false)
  world.hearPower('battery')
  world.advance(1)
  world.hearPower('mains')
  world.advance(astrayMs - 2)
  expect(isAstray()).toBe(false)
  world.advance(1)
  expect(isAstray()).toBe(true)
  world.socket?.welcomed(welcomeOf(bedOne))
  world.socket?.lost()
  world.advance(10 * astrayMs)
  expect(isAstray()).toBe(false)
})

test('[WHERE-3] a tablet that nobody has started keeps what its patient had, however long it is without the server (HZ-3)', async () => {
  const settings = { started: false, stayEpoch: 1, choice: 'ring' as const }
  const { world } = await bedWith(settings)
  const before = structuredClone(world.settings)
  world.advance(astrayMs)
  await world.settle()
  expect(world.settings).toEqual(before)
})

test('[WHERE-3] it is so over a reload without the server', async () => {
  const { world } = await welcomed()
  world.socket?.lost()
  world.advance(astrayMs)
  await world.settle()
  expect(world.settings.astray).toBe(true)
  expect((await bedWith(world.settings)).isAstray()).toBe(true)
})

test('[WHERE-2] told to be astray it shows digits and lets nobody knock, until staff have been there (HZ-14)', async () => {
  const { world, bed } = await welcomed()
  world.socket?.received({ type: 'tablet.whereabouts', digits: '123456' })
  expect([bed.whereabouts.isAstray.value, bed.whereabouts.digits.value]).toEqual([true, '123456'])
  expect(knocks(world.sent)).toBe(false)
  world.socket?.received({ type: 'tablet.whereabouts', digits: null })
  expect(bed.whereabouts.isAstray.value).toBe(false)
  expect(knocks(world.sent)).toBe(true)
})

test('[WHERE-1] it says when it is on its battery', async () => {
  const { world } = await welcomed()
  world.hearPower('battery')
  expect(world.sent.at(-1)).toMatchObject({ type: 'bed.report', report: { power: 'battery' } })
})
