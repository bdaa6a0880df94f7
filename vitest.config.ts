/** Units and server tests; browsers are Playwright's. */
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { texts } from './vite-texts.ts'

/** These replace what is global, or a module. */
const replacing = ['scan-reader', 'scan-carry-cuts', 'scan-held'].map((name) => `tests/core/${name}.test.ts`)

/** Half a minute and more each: begun first, or at the end all workers but one have nothing to do. */
const slowest = [
  'state/sync-simulated',
  'server/keep-backup',
  'server/start',
  'server/permission-matrix',
  'server/hashes',
  'core/rooms',
]

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isSlow = ({ moduleId }: TestSpecification) =>
      slowest.some((name) => moduleId.endsWith(`tests/${name}.test.ts`))
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))]
  }
}

export default defineConfig({
  plugins: [texts()],
  test: {
    testTimeout: 30_000,
    // One more than the machine has cores: servers are waited for.
    maxWorkers: 3,
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: ['tests/{io,ui}/**/*.test.ts', ...replacing] },
      },
      {
        // Rules and servers keep nothing in their modules: starting anew for each file took longer than most of them.
        extends: true,
        test: {
          name: 'together',
          include: ['tests/{core,state,server}/**/*.test.ts'],
          exclude: replacing,
          isolate: false,
        },
      },
    ],
  },
})
