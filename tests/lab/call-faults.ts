/**
 * Calls with random faults: the real `createCalls` at both ends over fake links and a fake clock, cut off, restarted,
 * doubled, asleep. `node tests/lab/call-faults.ts --runs 5000 --seed 1`; `--only SEED` tells the story of one run.
 */
import { parseArgs } from 'node:util'
import { realRules, runSeed } from './faults/run.ts'
import type { Counts, Rules, Violation } from './faults/world.ts'
import { seedOf } from './prng.ts'

export type Failure = { readonly seed: number; readonly violation: Violation }
export type Report = { readonly counts: Counts; readonly failures: readonly Failure[] }

export function suffer(runs: number, seed: number, rules: Rules = realRules, most = runs): Report {
  const counts: Counts = {}
  const failures: Failure[] = []
  for (let index = 0; index < runs && failures.length < most; index += 1) {
    const own = seedOf(seed, index)
    const violation = runSeed(own, { rules, counts })
    if (violation) failures.push({ seed: own, violation })
  }
  return { counts, failures }
}

/** The story of one run, and how it ended. */
export function story(seed: number, rules: Rules = realRules): string {
  const trace: string[] = []
  const violation = runSeed(seed, { rules, trace })
  return [...trace, '', `seed ${seed}: ${violation?.message ?? 'every promise kept'}`].join('\n')
}

function main(): void {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '5000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
    },
  })
  if (values.only !== undefined) return console.log(story(Number(values.only)))
  const startedMs = performance.now()
  const runs = Number(values.runs)
  const { counts, failures } = suffer(runs, Number(values.seed))
  for (const { seed, violation } of failures.slice(0, 20)) console.log(`--only ${seed}: ${violation.message}`)
  const [first] = failures
  if (first) console.log(story(first.seed).split('\n').slice(-40).join('\n'))
  // How the run ended at the station, how each call did at each end, and what befell them.
  for (const kind of ['run', 'end', 'fault']) {
    const told = Object.entries(counts).filter(([what]) => what.startsWith(`${kind} `))
    console.log(
      `${kind}: ${told.map(([what, times]) => `${what.slice(kind.length + 1)} ${times}`).join(' · ')}`,
    )
  }
  const seconds = (performance.now() - startedMs) / 1_000
  console.log(
    `${runs} calls under seed ${values.seed} in ${seconds.toFixed(1)} s, ${failures.length} violations`,
  )
  process.exitCode = failures.length === 0 ? 0 : 1
}

if (import.meta.main) main()
