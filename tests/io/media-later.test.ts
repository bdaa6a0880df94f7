import { beforeEach, expect, test, vi } from 'vitest'
import { laterMedia } from '../../src/io/media-later.ts'
import type { MediaListener, MediaPort } from '../../src/state/ports.ts'

const did: string[] = []
const note =
  (name: string) =>
  (...said: unknown[]) =>
    void did.push([name, ...said].join(' '))

vi.mock('../../src/io/media.ts', () => ({
  createMedia: () =>
    new Proxy({} as MediaPort, {
      get(_, name) {
        // It is no promise.
        if (name === 'then') return undefined
        return name === 'permission' ? async () => 'granted' : note(String(name))
      },
    }),
}))

beforeEach(() => {
  did.length = 0
})

test('[CALL-2] what is asked of camera and link before they are there is done in its order, and then at once', async () => {
  const media = laterMedia(async () => null)
  media.setVolume(0.5)
  media.release('call')
  media.openCamera('one')
  media.release('call')
  expect(did).toEqual([])
  await vi.waitFor(() => expect(did).toEqual(['setVolume 0.5', 'openCamera one', 'release call']))
  media.openCamera('two')
  media.release('call')
  expect(did.slice(3), 'in the same moment (HZ-2)').toEqual(['openCamera two', 'release call'])
})

test('a start asks for nothing that fetches them: a volume is kept, and nothing has to be released', async () => {
  const media = laterMedia(async () => null)
  media.listen({} as MediaListener)
  media.setVolume(0.2)
  media.release('call')
  await new Promise((next) => setTimeout(next))
  expect(did).toEqual([])
})

test('whoever listens before they are there is told of everything', async () => {
  const media = laterMedia(async () => null)
  const listener = { toString: () => 'mine' } as unknown as MediaListener
  media.listen(listener)
  media.preload()
  await vi.waitFor(() => expect(did).toEqual(['listen mine', 'setVolume 1', 'preload']))
})
