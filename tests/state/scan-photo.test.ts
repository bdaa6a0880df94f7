/** The camera for a photograph: on while it is needed, off at once after (HZ-2). */
import { expect, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import { createPhoto, type PhotoFailure } from '../../src/state/scan-photo.ts'
import { speak } from '../../src/ui/texts/catalogue.ts'
import { photoStateWord } from '../../src/ui/words-scan-dialogs.ts'
import { fakeScans } from '../fakes/scan-reader.ts'

// A state without a browser has no element; nothing here looks at it.
const video = {} as HTMLVideoElement

const failures: readonly PhotoFailure[] = [
  ...(['denied', 'missing', 'taken'] as const),
  ...(['ended', 'no-picture', 'not-made', 'unfetched'] as const),
]

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

for (const [sees, failure] of [
  ['nothing', 'no-picture'],
  ['no memory', 'not-made'],
] as const)
  test(`[HZ-2] a photo that comes to nothing (${failure}) turns the camera off, says why, and may be tried again`, async () => {
    const { world, photo: booth } = photo()
    await booth.open(video)
    world.cameraSees = sees
    expect(await booth.take('none')).toBeNull()
    expect([booth.state.value, world.cameraOn]).toEqual([{ type: 'failed', failure }, 'off'])
    world.cameraSees = 'all'
    await booth.open(video)
    expect((await booth.take('again'))?.name).toBe('again')
  })

test('[HZ-2] a camera that is unplugged, or whose call is over, is not said to be on, and why is', async () => {
  const { world, photo: booth } = photo()
  await booth.open(video)
  world.unplug()
  expect(booth.state.value).toEqual({ type: 'failed', failure: 'ended' })
})

for (const failure of ['denied', 'missing', 'taken'] as const)
  test(`a camera that would not open (${failure}) says why`, async () => {
    const { world, photo: booth } = photo()
    world.camera = failure
    await booth.open(video)
    expect(booth.state.value).toEqual({ type: 'failed', failure })
    expect(await booth.take('none')).toBeNull()
  })

test('a camera whose part of the app cannot be fetched is not said to be missing', async () => {
  const booth = createPhoto(() => Promise.reject(new Error('no network')))
  await booth.open(video)
  expect(booth.state.value).toEqual({ type: 'failed', failure: 'unfetched' })
})

test.each(languages)('each of these is told in %s, with what to do', async (language) => {
  await speak(language)
  const said = failures.map((failure) => photoStateWord({ type: 'failed', failure }))
  expect(new Set(said).size).toBe(failures.length)
  for (const one of said) expect(one).toMatch(/^\p{Lu}.+\. \p{Lu}.+\.$/u)
})
