/**
 * `npm run lab:sync -- --runs N --seed S`: the sync of the plan simulated, N times, each run another chain of mishaps.
 * The last line counts runs and violations; a seed that broke something is printed with what it broke.
 */
import { parseArgs } from 'node:util'
import { seedOf } from './prng.ts'
import type { Breakage } from './sync/device.ts'
import { run } from './sync/run.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    /** Only this run, by the number that is printed for one that failed. */
    only: { type: 'string' },
    breakage: { type: 'string', default: 'none' },
  },
})
const runs = Number(values.runs)
const startedMs = Date.now()
let violations = 0
let acts = 0
let done = 0
const seeds = values.only
  ? [Number(values.only)]
  : Array.from({ length: runs }, (_, index) => seedOf(Number(values.seed), index))
for (const seed of seeds) {
  const result = await run(seed, { breakage: values.breakage as Breakage })
  done += 1
  acts += result.acts
  if (result.violations.length > 0) {
    violations += 1
    console.log(`run ${done}, --only ${seed}:`)
    for (const line of result.violations.slice(0, 5)) console.log(`  ${line.slice(0, 600)}`)
  }
  if (done % 1_000 === 0) console.log(`${done} runs, ${((Date.now() - startedMs) / done).toFixed(1)} ms each`)
}
console.log(`${acts} acts were promised, ${((Date.now() - startedMs) / done).toFixed(1)} ms a run`)
console.log(`${done} runs, ${violations} violations`)
process.exitCode = violations === 0 ? 0 : 1
