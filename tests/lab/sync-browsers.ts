/**
 * `node tests/lab/sync-browsers.ts --runs N --seed S`: what `sync.ts` simulates, in two real browsers with their own
 * stores and files, over real sockets, to a real server with a real file; each of them is killed now and then. The last
 * line counts runs and violations. Time is real here, so a seed that failed fails again often, and not always.
 */
import { parseArgs } from 'node:util'
import { mulberry32, seedOf } from './prng.ts'
import { silentTabs } from './sync-browsers/browser.ts'
import { run } from './sync-browsers/run.ts'
import { openWard, type Ward } from './sync-browsers/ward.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    /** Only this run, by the number that is printed for one that failed. */
    only: { type: 'string' },
  },
})
/** So many runs share one ward, and then everything begins anew. */
const runsOfWard = 18
const seeds = values.only
  ? [Number(values.only)]
  : Array.from({ length: Number(values.runs) }, (_, index) => seedOf(Number(values.seed), index))
const startedMs = Date.now()
let ward: Ward | null = null
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void Promise.resolve(ward?.close()).finally(() => process.exit(1)))
let violations = 0
let acts = 0
let done = 0
let doubled = 0
let longestMs = 0
const mishaps = new Map<string, number>()
for (const seed of seeds) {
  ward ??= await openWard(mulberry32(seed ^ 0x2545f491))
  const result = await run(ward, seed).catch((error: unknown) => ({
    violations: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    acts: 0,
    settledMs: 0,
    mishaps: new Map<string, number>(),
  }))
  done += 1
  acts += result.acts
  longestMs = Math.max(longestMs, result.settledMs)
  for (const [what, times] of result.mishaps) mishaps.set(what, (mishaps.get(what) ?? 0) + times)
  const hasFailed = result.violations.length > 0
  if (hasFailed) {
    violations += 1
    console.log(`run ${done}, --only ${seed}:`)
    for (const line of result.violations.slice(0, 5)) console.log(`  ${line.slice(0, 600)}`)
  }
  if (done % 10 === 0)
    console.log(`${done} runs, ${((Date.now() - startedMs) / done / 1000).toFixed(1)} s each`)
  if (hasFailed || done % runsOfWard === 0 || done === seeds.length) {
    for (const { way } of ward.browsers) doubled += way.doubled()
    await ward.close()
    ward = null
  }
}
console.log(
  `${acts} acts were promised, ${((Date.now() - startedMs) / done / 1000).toFixed(1)} s a run, the longest until all was settled ${(longestMs / 1000).toFixed(1)} s`,
)
console.log(
  [...mishaps].map(([what, times]) => `${what} ${times}`).join(', '),
  `, requests twice ${doubled}, tabs that fell silent ${silentTabs()}`,
)
console.log(`${done} runs, ${violations} violations`)
process.exitCode = violations === 0 ? 0 : 1
