import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CameraFailure, MediaListener, Opening, Tracks } from '../../src/state/ports.ts'

type Asked = { video: unknown; audio: unknown }
const asked: string[] = []
/** What does not open. */
let broken: readonly ('camera' | 'microphone')[] = []
/** What opens when this is over. */
let hanging: { kind: string; over: Promise<void> } | null = null
const given: FakeTrack[] = []

class FakeTrack {
  readyState = 'live'
  onended: (() => void) | null = null
  readonly kind: string
  constructor(kind: string) {
    this.kind = kind
  }
  stop() {
    this.readyState = 'ended'
  }
}
class FakeStream {
  private tracks: FakeTrack[]
  constructor(tracks: FakeTrack[] = []) {
    this.tracks = tracks
  }
  getTracks = () => this.tracks
  addTrack = (track: FakeTrack) => void this.tracks.push(track)
  removeTrack = (track: FakeTrack) => {
    this.tracks = this.tracks.filter((one) => one !== track)
  }
}

async function getUserMedia({ video, audio }: Asked) {
  const kinds = [...(video ? ['camera' as const] : []), ...(audio ? ['microphone' as const] : [])]
  asked.push(kinds.join('+'))
  if (kinds.some((kind) => broken.includes(kind))) throw new DOMException('no', 'NotAllowedError')
  if (hanging && kinds.some((kind) => kind === hanging?.kind)) await hanging.over
  const tracks = kinds.map((kind) => new FakeTrack(kind === 'camera' ? 'video' : 'audio'))
  given.push(...tracks)
  return new FakeStream(tracks)
}

/** It opens no more until what is returned is called. */
function hang(kind: 'camera' | 'microphone'): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  hanging = { kind, over: promise }
  return resolve
}

beforeEach(() => {
  asked.length = 0
  broken = []
  hanging = null
  given.length = 0
  vi.stubGlobal('MediaStream', FakeStream)
  const mediaDevices = { getUserMedia, enumerateDevices: async () => [], addEventListener() {} }
  vi.stubGlobal('navigator', { mediaDevices, permissions: { query: async () => ({ state: 'prompt' }) } })
})
afterEach(() => vi.unstubAllGlobals())

async function opened(opening: Opening | null) {
  const { createMedia } = await import('../../src/io/media.ts')
  const media = createMedia(async () => null)
  let tracks: Tracks = { camera: false, microphone: false }
  const news: string[] = []
  media.listen({
    tracks(now: Tracks) {
      tracks = now
    },
    cameraOpened: () => void news.push('opened'),
    cameraFailed: (_callId: string, failure: CameraFailure) => void news.push(failure),
  } as unknown as MediaListener)
  if (opening) media.prefer(opening)
  media.openCamera('call')
  await vi.waitFor(() => expect(news).not.toEqual([]))
  return { media, news, tracks: () => tracks }
}

test('a call opens camera and microphone together, so that the person is asked once', async () => {
  const { tracks, news } = await opened(null)
  expect(asked).toEqual(['camera+microphone'])
  expect(tracks()).toEqual({ camera: true, microphone: true })
  expect(news).toEqual(['opened'])
})

test('[CALL-4] without a camera it ends, where nothing else was said', async () => {
  broken = ['camera']
  expect((await opened(null)).news).toEqual(['denied'])
})

test('[OUT-5] an answer with sound only never asks for the camera (HZ-2)', async () => {
  const { tracks } = await opened('sound')
  expect(asked).toEqual(['microphone'])
  expect(tracks()).toEqual({ camera: false, microphone: true })
})

test('[OUT-5] an outpatient whose camera is refused is still heard', async () => {
  broken = ['camera']
  const { tracks, news } = await opened('sound-at-least')
  expect(asked).toEqual(['camera+microphone', 'microphone'])
  expect(tracks()).toEqual({ camera: false, microphone: true })
  expect(news).toEqual(['opened'])
})

test('[OUT-5] and one without a microphone is told that the call cannot be', async () => {
  broken = ['camera', 'microphone']
  const { tracks, news } = await opened('sound-at-least')
  expect(news).toEqual(['denied'])
  expect(tracks()).toEqual({ camera: false, microphone: false })
})

/** A media that was given its permission, and released; what is asked for and told begins anew. */
async function permitted(opening: Opening | null) {
  const made = await opened(opening)
  made.media.release(null)
  asked.length = made.news.length = 0
  return made
}

test('[OUT-5] with a permission that was given both open side by side, and the camera alone may fail', async () => {
  const { media, news, tracks } = await permitted('sound-at-least')
  broken = ['camera']
  media.openCamera('another call')
  await vi.waitFor(() => expect(news).toEqual(['opened']))
  expect(asked).toEqual(['camera', 'microphone'])
  expect(tracks()).toEqual({ camera: false, microphone: true })
})

test('a camera that hangs does not take the sound with it', async () => {
  const { media, tracks } = await permitted(null)
  hang('camera')
  media.openCamera('another call')
  await vi.waitFor(() => expect(tracks()).toEqual({ camera: false, microphone: true }))
})

test('a camera that opens when its call is over stops at once (HZ-2)', async () => {
  const { media, tracks } = await permitted(null)
  const opens = hang('camera')
  media.openCamera('another call')
  media.release('another call')
  opens()
  await vi.waitFor(() => expect(given.map(({ readyState }) => readyState)).toEqual(Array(4).fill('ended')))
  expect(tracks()).toEqual({ camera: false, microphone: false })
})
