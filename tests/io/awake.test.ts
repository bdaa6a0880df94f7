/** The screen's lock, against a device that takes it away. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepAwake } from '../../src/io/awake.ts'

const againMs = 5_000

class Lock extends EventTarget {
  async release(): Promise<void> {
    this.dispatchEvent(new Event('release'))
  }
}

function device() {
  const locks: Lock[] = []
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const world = { locks, page, isRefused: false, heard: [] as string[], stopping: new AbortController() }
  const request = async () => {
    if (world.isRefused) throw new DOMException('battery', 'NotAllowedError')
    const lock = new Lock()
    locks.push(lock)
    return lock
  }
  vi.stubGlobal('document', page)
  vi.stubGlobal('navigator', { wakeLock: { request } })
  return world
}

const settle = () => vi.advanceTimersByTimeAsync(0)

function keep(world: ReturnType<typeof device>): void {
  keepAwake(world.stopping.signal, (awake) => void world.heard.push(awake))
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('[HZ-11] a lock that the device takes away is said to be lost, and taken again', async () => {
  const world = device()
  keep(world)
  await settle()
  expect(world.heard).toEqual(['held'])
  await world.locks[0]?.release()
  expect(world.heard).toEqual(['held', 'lost'])
  await vi.advanceTimersByTimeAsync(againMs)
  expect(world.heard).toEqual(['held', 'lost', 'held'])
})

test('[HZ-11] one that is refused, as to save power, is asked for again and again', async () => {
  const world = device()
  world.isRefused = true
  keep(world)
  await vi.advanceTimersByTimeAsync(3 * againMs)
  expect(new Set(world.heard)).toEqual(new Set(['lost']))
  world.isRefused = false
  await vi.advanceTimersByTimeAsync(againMs)
  expect(world.heard.at(-1)).toBe('held')
})

test('[HZ-11] a page that comes to the front takes it at once', async () => {
  const world = device()
  world.page.visibilityState = 'hidden'
  keep(world)
  await vi.advanceTimersByTimeAsync(10 * againMs)
  expect([world.heard, world.locks.length]).toEqual([['lost'], 0])
  world.page.visibilityState = 'visible'
  world.page.dispatchEvent(new Event('visibilitychange'))
  await settle()
  expect(world.heard).toEqual(['lost', 'held'])
})

test('whoever stops it lets the screen sleep, and hears no more', async () => {
  const world = device()
  keep(world)
  await settle()
  const released = vi.fn()
  world.locks[0]?.addEventListener('release', released)
  world.stopping.abort()
  await vi.advanceTimersByTimeAsync(2 * againMs)
  expect(released).toHaveBeenCalledOnce()
  expect([world.heard, world.locks.length]).toEqual([['held'], 1])
})

test('a browser that knows no lock says so', () => {
  const world = device()
  vi.stubGlobal('navigator', {})
  keep(world)
  expect(world.heard).toEqual(['unsupported'])
})
