/** A photo that came in a call: drawn as it says it is or not at all, and nothing of it left (HZ-6). What browsers decode is seen in `tests/e2e/visit-photo.spec.ts`. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { photoOpener } from '../../src/io/visit-photo-open.ts'

const size = { width: 40, height: 30 }
let log: string[] = []
let canvases: { width: number; height: number }[] = []

/** A decoder that finds this size, or fails. */
function decoding(found: typeof size | null): void {
  class Decoder {
    readonly completed = Promise.resolve()
    readonly tracks = { ready: Promise.resolve() }
    async decode() {
      if (!found) throw new Error('no JPEG')
      const close = () => void log.push('image closed')
      return { image: { displayWidth: found.width, displayHeight: found.height, close } }
    }
    close() {
      log.push('decoder closed')
    }
  }
  vi.stubGlobal('ImageDecoder', Decoder)
}

beforeEach(() => {
  log = []
  canvases = []
  class Canvas {
    width: number
    height: number
    constructor(width: number, height: number) {
      this.width = width
      this.height = height
      canvases.push(this)
    }
    getContext = () => ({ drawImage: () => void log.push('drawn') })
  }
  vi.stubGlobal('OffscreenCanvas', Canvas)
})
afterEach(() => void vi.unstubAllGlobals())

test('[VISIT-5] it is drawn once, and what decoded it is closed', async () => {
  decoding(size)
  const photo = await photoOpener.open(new Uint8Array(3), size)
  expect(photo).toMatchObject(size)
  expect(log).toEqual(['decoder closed', 'drawn', 'image closed'])
})

test('[VISIT-5] [HZ-6] once it is wiped nothing of it is left', async () => {
  decoding(size)
  const photo = await photoOpener.open(new Uint8Array(3), size)
  photo?.wipe()
  expect(canvases).toMatchObject([{ width: 0, height: 0 }])
})

test.each([
  ['of another size than it said', { width: 41, height: 30 }],
  ['that nothing decodes', null],
])('[VISIT-5] one %s is not drawn, and closed all the same', async (_what, found) => {
  decoding(found)
  expect(await photoOpener.open(new Uint8Array(3), size)).toBeNull()
  expect(log).toEqual(found ? ['decoder closed', 'image closed'] : ['decoder closed'])
})

test('[VISIT-5] what is no base64url is no piece of a photo', () => {
  expect(photoOpener.bytesOf('_-8')).toEqual(new Uint8Array([0xff, 0xef]))
  expect(photoOpener.bytesOf('***')).toBeNull()
})
