/**
 * `npm run lab:adt -- --runs N --seed S`: N messages of a hospital's record, shuffled, doubled and spoilt, with a day on
 * which nothing arrives and hands that go on, over a real socket. The last line counts messages and violations.
 */
import { parseArgs } from 'node:util'
import { run } from './adt/run.ts'
import { seedOf } from './prng.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    wrong: { type: 'boolean', default: false },
  },
})
const whole = Number(values.runs)
const startedMs = Date.now()
const refused = new Map<string, number>()
let messages = 0
let violations = 0
for (let round = 0; messages < whole; round += 1) {
  const seed = seedOf(Number(values.seed), round)
  const result = await run(seed, Math.min(2_500, whole - messages), values.wrong)
  messages += result.messages
  violations += result.violations.length
  for (const [text, many] of result.refused) refused.set(text, (refused.get(text) ?? 0) + many)
  for (const line of result.violations.slice(0, 5)) console.log(`round ${round}: ${line.slice(0, 1_500)}`)
}
for (const [text, many] of [...refused].toSorted((a, b) => b[1] - a[1]))
  console.log(`${many} refused: ${text}`)
console.log(`${((Date.now() - startedMs) / messages).toFixed(1)} ms a message`)
console.log(`${messages} messages, ${violations} violations`)
process.exitCode = violations === 0 ? 0 : 1
