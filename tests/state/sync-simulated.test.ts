/** The sync of the plan under mishaps, many short runs; `npm run lab:sync` does as many as one likes. */
import { expect, test } from 'vitest'
import { seedOf } from '../lab/prng.ts'
import type { Breakage } from '../lab/sync/device.ts'
import { run } from '../lab/sync/run.ts'

const runs = 2_000

test('[SYNC-1] HZ-7 HZ-8: whatever breaks, nothing that was promised is lost, doubled, or shown as what it is not', {
  timeout: 600_000,
}, async () => {
  for (let index = 0; index < runs; index += 1) {
    const seed = seedOf(4, index)
    const { violations } = await run(seed)
    expect(violations, `node tests/lab/sync.ts --only ${seed}`).toEqual([])
  }
})

/** How many runs it takes until somebody notices. */
async function runsUntilNoticed(breakage: Breakage): Promise<number> {
  for (let index = 0; index < 120; index += 1)
    if ((await run(seedOf(5, index), { breakage })).violations.length > 0) return index + 1
  return Number.POSITIVE_INFINITY
}

test.for(['no-journal', 'half-fold', 'forget-repeat', 'early-promise'] as const)(
  '[SYNC-2] a sync that is broken on purpose is noticed: %s',
  { timeout: 120_000 },
  async (breakage) => {
    expect(await runsUntilNoticed(breakage)).toBeLessThan(120)
  },
)
