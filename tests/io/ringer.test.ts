/** Whether a page can be heard, as its audio context says. */
import { afterEach, expect, test, vi } from 'vitest'
import { createRinger } from '../../src/io/ringer.ts'

const resumed = vi.fn(async () => {})

class FakeContext {
  static made: FakeContext
  static first = 'running'
  state = FakeContext.first
  resume = resumed
  onstatechange = () => {}
  constructor() {
    FakeContext.made = this
  }
}

function speaker(first: string) {
  FakeContext.first = first
  const page = new EventTarget()
  vi.stubGlobal('document', page)
  vi.stubGlobal('AudioContext', FakeContext)
  const heard: string[] = []
  createRinger().listen((now) => void heard.push(now))
  return {
    heard,
    page,
    becomes(now: string): void {
      FakeContext.made.state = now
      FakeContext.made.onstatechange()
    },
  }
}

afterEach(() => {
  resumed.mockClear()
  vi.unstubAllGlobals()
})

test('[HZ-11] sound that the device interrupts is said to be blocked and taken back when it may', () => {
  const { heard, becomes } = speaker('running')
  becomes('interrupted')
  expect(heard).toEqual(['on', 'blocked'])
  expect(resumed).toHaveBeenCalledOnce()
  becomes('running')
  expect(heard).toEqual(['on', 'blocked', 'on'])
})

test('[HZ-11] a page that is seen again takes its sound back', () => {
  const { becomes, page } = speaker('running')
  becomes('suspended')
  page.dispatchEvent(new Event('visibilitychange'))
  expect(resumed).toHaveBeenCalledTimes(2)
})

test('[HZ-11] before the first touch nothing is tried: the browser would only complain', () => {
  const { heard, page } = speaker('suspended')
  page.dispatchEvent(new Event('visibilitychange'))
  expect([new Set(heard), resumed.mock.calls]).toEqual([new Set(['blocked']), []])
})
