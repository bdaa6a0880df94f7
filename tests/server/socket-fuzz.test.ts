import { expect, test } from 'vitest'
import { fuzzSockets } from '../lab/socket-fuzz.ts'

test('[WIRE-9] hostile frames through real sockets: each closes 4400, the server stays up, a call beside them goes on', async () => {
  const { frames, closed4400, otherCloses } = await fuzzSockets(600, 11)
  expect([...otherCloses]).toEqual([])
  expect(closed4400).toBe(frames)
}, 60_000)
