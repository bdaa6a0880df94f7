/** What of an open scan may leave comes from a part of the program of its own (SPEC.md, STRIP-8). */
import { afterEach, expect, test, vi } from 'vitest'
import { createDecoder } from '../../src/io/scan/decode.ts'
import type { Held, PhotoWays } from '../../src/io/scan/held.ts'
import { fileOf, imageElements } from '../fakes/scan-files.ts'

const part = '../../src/io/scan/leaving.ts'
const asked = vi.fn()

afterEach(() => {
  vi.doUnmock(part)
  vi.resetModules()
  asked.mockReset()
})

const noPhotos: PhotoWays = {
  decode: () => Promise.reject(new Error('no photograph')),
  make: () => Promise.reject(new Error('no photograph')),
}

async function held(): Promise<Held> {
  const { hold } = await import('../../src/io/scan/held.ts')
  const file = fileOf(imageElements({ pixels: new Uint8Array(4).fill(7) }))
  const opened = await hold(
    file.buffer,
    createDecoder(() => Promise.reject(new Error('no codec'))),
    noPhotos,
  )
  if (!opened.ok) throw new Error(opened.failure)
  return opened.value
}

test('[STRIP-8] what writes it is fetched as soon as a file is open, before anybody sends it', async () => {
  vi.doMock(part, async (original) => {
    asked()
    return await original()
  })
  const file = await held()
  await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce())
  expect(await file.strip([], [])).toMatchObject({ ok: true })
})

test('[STRIP-8] without a network to fetch it by, nobody is told that the file is damaged', async () => {
  vi.doMock(part, () => {
    throw new TypeError('Failed to fetch dynamically imported module')
  })
  expect(await (await held()).strip([], [])).toMatchObject({ ok: false, failure: 'no-codec' })
})
