/** `npm run lab [-- --seed N]`: the long runs, in the sizes the promises are made in. Each has its own command too. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } })
const runs: [string, string[]][] = [
  ['call-model.ts', ['--runs', '100000']],
  ['call-faults.ts', ['--runs', '5000']],
  ['wire-fuzz.ts', ['--frames', '1000000']],
  ['socket-fuzz.ts', ['--frames', '20000']],
  ['audit-verify.ts', ['--rows', '100000']],
  ['audit-kill.ts', ['--rounds', '200']],
  ['sync.ts', ['--runs', '20000']],
  ['scan-fuzz.ts', ['--runs', '10000']],
  ['call-browsers.ts', ['--runs', '100']],
  ['sync-browsers.ts', ['--runs', '200']],
  ['browser-kill.ts', ['--kills', '300']],
]
let failed = 0
for (const [file, args] of runs) {
  console.log(`── ${file} ${args.join(' ')} --seed ${values.seed}`)
  const path = fileURLToPath(new URL(file, import.meta.url))
  const { status } = spawnSync(process.execPath, ['--expose-gc', path, ...args, '--seed', values.seed], {
    stdio: 'inherit',
  })
  if (status !== 0) failed += 1
}
console.log(`${runs.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
