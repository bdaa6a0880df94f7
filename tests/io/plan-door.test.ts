import { expect, test, vi } from 'vitest'
import { browserPlan } from '../../src/io/plan-door.ts'

/** Whether there was Temporal when what is kept here was opened. */
const found = vi.hoisted(() => ({ temporal: false }))

vi.mock('../../src/io/plan.ts', () => ({
  async openPlan() {
    found.temporal = 'Temporal' in globalThis
  },
}))

test('[PLAN-8] where the browser has no Temporal it is there before what waits is laid over the plan', async () => {
  vi.stubGlobal('Temporal', undefined)
  Reflect.deleteProperty(globalThis, 'Temporal')
  expect('Temporal' in globalThis).toBe(false)
  await browserPlan.open('ann')
  expect(found.temporal).toBe(true)
  vi.unstubAllGlobals()
})
