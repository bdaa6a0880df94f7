/** How loud a tablet is: as its patient likes it, never silent, and forgotten with their stay. */
import { expect, test } from 'vitest'
import { louder, loudnesses, quietGain, ringGain, softer, voiceVolume } from '../../src/core/loudness.ts'
import { createBed } from '../../src/state/bed.ts'
import type { BedSettings } from '../../src/state/ports.ts'
import { bedOne, fakeWorld, ringingAt, welcomeOf } from '../fakes/ports.ts'

async function bedWith(settings: Partial<BedSettings> = {}) {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1, ...settings }
  const bed = createBed(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(bedOne))
  return { world, bed }
}

test('[LOUD-1] each step is louder than the one before, and none is silent (HZ-11)', () => {
  for (const hears of [ringGain, voiceVolume]) {
    const heard = loudnesses.map(hears)
    expect(heard).toEqual(heard.toSorted((a, b) => a - b))
    expect(new Set(heard).size).toBe(loudnesses.length)
    expect(heard[0]).toBeGreaterThan(0.2)
  }
  expect([softer(1), louder(4)]).toEqual([1, 4])
})

test('[LOUD-2] Louder and Softer are heard at once, in ring and call, and kept over a reload', async () => {
  const { world, bed } = await bedWith()
  expect([world.gain, world.volume]).toEqual([ringGain(3), voiceVolume(3)])
  bed.loudness.louder()
  expect([world.gain, world.volume]).toEqual([ringGain(4), voiceVolume(4)])
  expect(bed.loudness.level.value).toEqual({ step: 4, steps: 4, isSoftest: false, isLoudest: true })
  await world.settle()
  const again = await bedWith(world.settings)
  expect(again.world.gain).toBe(ringGain(4))
})

test('[LOUD-3] the next patient hears it as usual (HZ-6)', async () => {
  const { world, bed } = await bedWith({ loudness: 1 })
  expect(world.gain).toBe(ringGain(1))
  world.socket?.received({
    type: 'stay.changed',
    stay: { epoch: 2, admissionId: 'admission-2' },
    wishes: null,
  })
  expect(world.gain).toBe(ringGain(3))
  await world.settle()
  expect(world.settings.loudness).toBe(3)
  expect(bed.loudness.level.value.step).toBe(3)
})

test('[ROOM-3] a soft call rings as in quiet hours, and the next one as usual (HZ-15)', async () => {
  const { world } = await bedWith({ loudness: 4 })
  const call = ringingAt('callee', { softly: 'yes' })
  world.socket?.received({ type: 'call.changed', call })
  expect(world.gain).toBe(quietGain)
  world.socket?.received({ type: 'call.ended', callId: call.callId, reason: 'cancelled', by: 'peer' })
  expect(world.gain).toBe(ringGain(4))
})
