import { afterEach, expect, test, vi } from 'vitest'

async function tester() {
  vi.stubGlobal('HTMLMediaElement', class {})
  return (await import('../../src/io/device-test.ts')).deviceTester
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function answering(answer: () => Promise<Response>) {
  const asked = vi.fn((_path: string, _asked?: RequestInit) => answer())
  vi.stubGlobal('fetch', asked)
  return asked
}

test('[OUT-3] a hospital without a way to measure leaves the speed unmeasured', async () => {
  const asked = answering(async () => new Response('{}', { status: 404 }))
  const { down, up } = await tester()
  expect(await down()).toBeNull()
  expect(await up()).toBeNull()
  expect(new Set(asked.mock.calls.map(([path, how]) => `${how?.method ?? 'GET'} ${path}`))).toEqual(
    new Set(['GET /api/visit/speed', 'POST /api/visit/speed']),
  )
})

test('[OUT-3] what comes and goes is counted in kilobits a second', async () => {
  answering(async () => new Response(new Uint8Array(262_144)))
  const { down, up } = await tester()
  expect(await down()).toBeGreaterThan(0)
  expect(await up()).toBeGreaterThan(0)
})

test('[OUT-3] a way that is cut in the middle is as fast as what came until then', async () => {
  let pulled = 0
  const body = new ReadableStream(
    {
      pull(controller) {
        pulled += 1
        if (pulled === 1) controller.enqueue(new Uint8Array(1_000_000))
        else controller.error(new DOMException('too slow', 'TimeoutError'))
      },
    },
    { highWaterMark: 0 },
  )
  answering(async () => new Response(body))
  const { down } = await tester()
  expect(await down()).toBeGreaterThan(0)
})

test('[OUT-3] an upload that takes too long is at most as fast as that', async () => {
  answering(() => Promise.reject(new DOMException('too slow', 'TimeoutError')))
  const { up } = await tester()
  expect(await up()).toBe(128)
  answering(() => Promise.reject(new TypeError('no network')))
  expect(await up()).toBeNull()
})

/** Sound as in a browser that never says that it has begun, nor that it is over. */
function mute() {
  const closed = vi.fn(async () => {})
  const level = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} }
  const context = { currentTime: 0, destination: {}, resume: () => new Promise(() => {}), close: closed }
  const tone = { start() {}, stop() {}, addEventListener() {} }
  vi.stubGlobal('AudioContext', function AudioContext() {
    return context
  })
  vi.stubGlobal('GainNode', function GainNode() {
    return { gain: level, connect() {} }
  })
  vi.stubGlobal('OscillatorNode', function OscillatorNode() {
    return { ...tone, connect: (next: unknown) => next }
  })
  return closed
}

test('[OUT-3] a browser that never says that the notes are over keeps nobody waiting, and its sound is let go', async () => {
  vi.useFakeTimers()
  const closed = mute()
  const { chime } = await tester()
  const over = vi.fn()
  void chime('').then(over)
  await vi.advanceTimersByTimeAsync(5_999)
  expect([over.mock.calls.length, closed.mock.calls.length]).toEqual([0, 0])
  await vi.advanceTimersByTimeAsync(1)
  expect([over.mock.calls.length, closed.mock.calls.length]).toEqual([1, 1])
})
