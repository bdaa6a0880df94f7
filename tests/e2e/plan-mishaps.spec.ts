/** A slice of `npm run lab`: a few runs of what `tests/lab/sync-browsers.ts` does two hundred of. */
import { expect, test } from 'playwright/test'
import { mulberry32, seedOf } from '../lab/prng.ts'
import { run } from '../lab/sync-browsers/run.ts'
import { openWard } from '../lab/sync-browsers/ward.ts'

test('[SYNC-1] HZ-7 HZ-8: two browsers and a server, cut and killed as they write, lose and double nothing', async () => {
  test.setTimeout(480_000)
  const ward = await openWard(mulberry32(11))
  try {
    let promised = 0
    // Where a machine is slow one run may tear down every page before anybody in it has written: then another one counts.
    for (let index = 0; index < 1 || (promised === 0 && index < 6); index += 1) {
      const { violations, acts } = await run(ward, seedOf(11, index))
      expect(violations, `--only ${seedOf(11, index)}`).toEqual([])
      promised += acts
    }
    expect(promised).toBeGreaterThan(0)
  } finally {
    await ward.close()
  }
})
