/** A PACS that takes too long is left; whoever reads slowly is not. */
import { afterEach, expect, test, vi } from 'vitest'
import { createPatience } from '../../src/server/pacs/patience.ts'

afterEach(() => void vi.useRealTimers())

test('the PACS’s own time is counted, over all its pieces, and none of whoever reads them', async () => {
  vi.useFakeTimers()
  const patience = createPatience(600_000)
  async function* slow(): AsyncGenerator<Uint8Array> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 250_000))
      yield new Uint8Array(1)
    }
  }
  const pieces = patience.read(slow())
  const read = async () => {
    const next = pieces.next()
    await vi.advanceTimersByTimeAsync(250_000)
    return (await next).done
  }
  for (let times = 0; times < 2; times += 1) {
    expect(await read()).toBe(false)
    // They have a slow network.
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(patience.signal.aborted).toBe(false)
  }
  await read()
  expect(patience.signal.aborted).toBe(true)
})
