/** The camera for a photograph: on while it is needed, off at once after (HZ-2). */
import { expect, test } from 'vitest'
import { createPhoto } from '../../src/state/scan-photo.ts'
import { fakeScans } from '../fakes/scan-reader.ts'

// A state without a browser has no element; nothing here looks at it.
const video = {} as HTMLVideoElement

function photo() {
  const { io, world } = fakeScans({})
  return { world, photo: createPhoto(io.camera) }
}

test('[HZ-2] the camera is off as soon as the picture is taken, and says so', async () => {
  const { world, photo: booth } = photo()
  await booth.open(video)
  expect([booth.state.value, world.cameraOn]).toEqual([{ type: 'on', whose: 'own' }, 'own'])
  const taken = await booth.take('Photo 14:05')
  expect(taken?.name).toBe('Photo 14:05')
  expect([booth.state.value, world.cameraOn]).toEqual([{ type: 'off' }, 'off'])
})

test('[HZ-2] one that opens for somebody who has left is stopped at once', async () => {
  const { world, photo: booth } = photo()
  let go = () => {}
  world.gate = new Promise((then) => {
    go = then
  })
  const opening = booth.open(video)
  booth.close()
  go()
  await opening
  expect([booth.state.value, world.cameraOn]).toEqual([{ type: 'off' }, 'off'])
})

test('a picture that comes after the camera was closed is nobody’s', async () => {
  const { world, photo: booth } = photo()
  await booth.open(video)
  let go = () => {}
  world.gate = new Promise((then) => {
    go = then
  })
  const taking = booth.take('late')
  booth.close()
  go()
  expect(await taking).toBeNull()
})

test('[HZ-2] in a call the picture is the call’s own, and its camera is not ours to stop', async () => {
  const { world, photo: booth } = photo()
  world.callsCamera = 'on'
  await booth.open(video)
  expect(booth.state.value).toEqual({ type: 'on', whose: 'call' })
})

test('[HZ-2] a press before the first picture leaves the camera on, as it says; one that fails turns it off', async () => {
  const { world, photo: booth } = photo()
  await booth.open(video)
  world.cameraSees = 'nothing'
  expect(await booth.take('early')).toBeNull()
  expect([booth.state.value.type, world.cameraOn]).toEqual(['on', 'own'])
  world.cameraSees = 'no memory'
  expect(await booth.take('full')).toBeNull()
  expect([booth.state.value.type, world.cameraOn]).toEqual(['off', 'off'])
})

test('[HZ-2] a camera that is unplugged, or whose call is over, is not said to be on', async () => {
  const { world, photo: booth } = photo()
  await booth.open(video)
  world.unplug()
  expect(booth.state.value).toEqual({ type: 'off' })
})

test('a camera that would not open says why', async () => {
  const { world, photo: booth } = photo()
  world.camera = 'denied'
  await booth.open(video)
  expect(booth.state.value).toEqual({ type: 'failed', failure: 'denied' })
  expect(await booth.take('none')).toBeNull()
})
