import { expect, test } from 'vitest'
import type { MediaDevice } from '../../src/state/ports.ts'
import { createVisitTest, type DeviceTest } from '../../src/state/visit-test.ts'
import { fakeTester } from '../fakes/visit.ts'

const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

function made() {
  const { tester, io } = fakeTester()
  const told: DeviceTest[] = []
  const chosen: MediaDevice[] = []
  const tried = createVisitTest({
    io,
    browser: 'Chrome 140 on Android',
    choose: (device) => void chosen.push(device),
    findWays: async () => ({ udp: 'open' }),
    done: (result) => void told.push(result),
  })
  return { tester, tried, told, chosen }
}

test('[OUT-3] one thing is tried after the other, and each is off before the next (HZ-2)', async () => {
  const { tester, tried, told } = made()
  tried.begin()
  await settle()
  expect([...tester.on]).toEqual(['camera'])
  expect(tried.tracks.value).toEqual({ camera: true, microphone: false })
  tried.next()
  await settle()
  expect([...tester.on]).toEqual(['microphone'])
  tester.hear(0.6)
  tester.hear(0.6)
  for (let quiet = 0; quiet < 24; quiet += 1) tester.hear(0.1)
  tester.hear(0.6)
  expect(tried.heard.value, 'knocks against the table').toBe('not-yet')
  tester.hear(0.1)
  tester.hear(0.6)
  tester.hear(0.7)
  expect(tried.heard.value).toBe('yes')
  tried.next()
  await settle()
  expect(tester.on.size).toBe(0)
  expect(tester.chimes).toHaveLength(1)
  tried.answer('heard')
  await settle()
  expect(tried.step.value).toBe('done')
  expect(told).toEqual([
    {
      ...{ camera: 'works', microphone: 'heard', speaker: 'heard', ways: { udp: 'open' } },
      ...{ downKbps: 4_000, upKbps: 900, browser: 'Chrome 140 on Android' },
    },
  ])
})

test('[OUT-3] a camera that is refused may be tried again, or gone without', async () => {
  const { tester, tried } = made()
  tester.failing.camera = 'denied'
  tried.begin()
  await settle()
  expect(tried.tried.value).toEqual({ type: 'failed', failure: 'denied' })
  expect(tried.result.value.camera).toBe('denied')
  delete tester.failing.camera
  tried.again()
  await settle()
  expect(tried.tried.value.type).toBe('on')
  tester.failing.camera = 'missing'
  tried.again()
  await settle()
  tried.skip()
  await settle()
  expect(tried.step.value).toBe('microphone')
  expect(tried.result.value.camera, 'staff are told why').toBe('missing')
})

test('[OUT-3] a microphone that heard nobody is told as silent', async () => {
  const { tried } = made()
  tried.begin()
  await settle()
  tried.next()
  await settle()
  tried.next()
  expect(tried.result.value.microphone).toBe('silent')
})

test('[OUT-3] what opens after it was left is stopped at once (HZ-2)', async () => {
  const { tester, tried } = made()
  let open = () => {}
  tester.gate = new Promise((done) => {
    open = done
  })
  tried.begin()
  tried.stop()
  open()
  await settle()
  expect(tester.on.size).toBe(0)
  expect(tried.tracks.value).toEqual({ camera: false, microphone: false })
})

test('[OUT-3] a device that is taken away is no device that works (HZ-2)', async () => {
  const { tester, tried } = made()
  tried.begin()
  await settle()
  tester.end()
  expect(tester.on.size).toBe(0)
  expect(tried.tried.value).toEqual({ type: 'failed', failure: 'taken' })
})

test('[OUT-3] what showed the camera is empty once its step is left (HZ-2)', async () => {
  const { tester, tried } = made()
  const video = Object.create(null)
  tried.showCamera(video)
  tried.begin()
  await settle()
  expect(tester.shown).toBe(video)
  tried.skip()
  expect(tester.shown).toBeNull()
})

test('[OUT-3] all of it may be skipped from anywhere, and is told as that', async () => {
  const { tester, tried, told } = made()
  tried.begin()
  await settle()
  tried.skipAll()
  expect(tester.on.size).toBe(0)
  expect(told).toMatchObject([{ camera: 'skipped', microphone: 'skipped', speaker: 'skipped' }])
})

test('[OUT-3] another camera is opened instead, and is the one of the call', async () => {
  const { tester, tried, chosen } = made()
  const back = { kind: 'camera', deviceId: 'back', label: 'Back' } as const
  tester.devices = [{ kind: 'camera', deviceId: 'front', label: 'Front' }, back]
  tried.begin()
  await settle()
  expect(tried.devices.value).toHaveLength(2)
  tried.choose(back)
  await settle()
  expect(chosen).toEqual([back])
  expect([...tester.on]).toEqual(['camera'])
})

test('[OUT-3] a hospital whose speed cannot be measured leaves it unmeasured', async () => {
  const { tester, tried, told } = made()
  tester.downKbps = tester.upKbps = null
  tried.begin()
  for (const _step of [1, 2, 3]) {
    await settle()
    tried.skip()
  }
  await settle()
  expect(told.at(-1)).toMatchObject({ downKbps: null, upKbps: null })
})
