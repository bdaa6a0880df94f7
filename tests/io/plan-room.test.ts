import { expect, test, vi } from 'vitest'
import { roomHere } from '../../src/io/plan-room.ts'

test('[SYNC-9] while the person is asked whether the browser may keep the plan, the room that is left is known', async () => {
  const estimate = async () => ({ usage: 9, quota: 10 })
  vi.stubGlobal('navigator', { storage: { persist: () => new Promise(() => {}), estimate } })
  expect(await roomHere()).toEqual({ persisted: false, used: 0.9 })
  vi.unstubAllGlobals()
})
