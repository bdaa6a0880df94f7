import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { playWhatComes } from '../../src/io/sound-alone.ts'

class FakeStream {
  readonly tracks: readonly string[]
  constructor(tracks: readonly string[]) {
    this.tracks = tracks
  }
  getAudioTracks = () => this.tracks.filter((track) => track === 'audio')
}
type Played = Parameters<typeof playWhatComes>

const remote = new FakeStream(['audio', 'video']) as unknown as Played[1]

function playing(srcObject: unknown, readyState: number) {
  return { srcObject, readyState } as Played[0]
}

beforeEach(() => vi.stubGlobal('MediaStream', FakeStream))
afterEach(() => vi.unstubAllGlobals())

test('a stream whose picture never came is played as sound alone, and whole once a frame comes', () => {
  const video = playing(remote, 0)
  playWhatComes(video, remote, false)
  expect(video.srcObject).toMatchObject({ tracks: ['audio'] })
  playWhatComes(video, remote, false)
  expect(video.srcObject).toMatchObject({ tracks: ['audio'] })
  playWhatComes(video, remote, true)
  expect(video.srcObject).toBe(remote)
})

test('a picture that was shown and stands still is left where it is', () => {
  const video = playing(remote, 4)
  playWhatComes(video, remote, false)
  expect(video.srcObject).toBe(remote)
})
