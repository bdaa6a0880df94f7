/**
 * The whole system as a model: stations, beds and a server, all by the real rules, in a world that fails.
 * `node tests/lab/call-model.ts --runs 100000 --seed 1`; a failure prints its seed and the shortest story that shows it.
 */
import { parseArgs } from 'node:util'
import { actionsOf } from './model/actions.ts'
import { realRules, runActions, runSeed, shrink } from './model/run.ts'
import type { Counts, Rules, Violation } from './model/world.ts'
import { seedOf } from './prng.ts'

export type Failure = { readonly seed: number; readonly violation: Violation }
export type Report = { readonly runs: number; readonly counts: Counts; readonly failure: Failure | null }

/** Runs `runs` sequences under `seed` until one fails. */
export function explore(runs: number, seed: number, rules: Rules = realRules, from = 0, every = 1): Report {
  const counts: Counts = {}
  for (let index = from; index < runs; index += every) {
    const own = seedOf(seed, index)
    const violation = runSeed(own, { rules, counts })
    if (violation) return { runs: index + 1, counts, failure: { seed: own, violation } }
  }
  return { runs, counts, failure: null }
}

/** The story of a failing seed, cut down to what it needs. */
export function story(seed: number, rules: Rules = realRules): string {
  const violation = runSeed(seed, { rules })
  if (!violation) return `seed ${seed} keeps every promise`
  const actions = shrink(actionsOf(seed), violation.rule, rules)
  const trace: string[] = []
  const shortest = runActions(actions, { rules, trace })
  return [
    ...trace,
    '',
    ...actions.map((action) => JSON.stringify(action)),
    '',
    `seed ${seed}: ${shortest?.message ?? violation.message}`,
  ].join('\n')
}

function main(): void {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      story: { type: 'string' },
    },
  })
  if (values.story !== undefined) {
    console.log(story(Number(values.story)))
    return
  }
  const startedAt = performance.now()
  const { runs, counts, failure } = explore(Number(values.runs), Number(values.seed))
  const seconds = (performance.now() - startedAt) / 1_000
  if (failure) console.log(story(failure.seed))
  console.log(
    Object.entries(counts)
      .sort()
      .map(([what, times]) => `${what} ${times}`)
      .join(' · '),
  )
  const verdict = failure ? 'BROKEN' : 'every promise kept'
  console.log(`${runs} sequences under seed ${values.seed} in ${seconds.toFixed(1)} s: ${verdict}`)
  process.exitCode = failure ? 1 : 0
}

if (import.meta.main) main()
