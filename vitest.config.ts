/** Units and server tests; browsers are Playwright's. */
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { texts } from './vite-texts.ts'

/** Two replace what is global, one takes a minute: each has a process of its own. */
const besideRules = ['scan-reader', 'scan-carry-cuts', 'rooms'].map((name) => `tests/core/${name}.test.ts`)

/** A minute or more each: begun first, or one of two workers waits for the other at the end. */
const slowest = [
  'state/sync-simulated',
  'server/permission-matrix',
  'server/keep-backup',
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
    maxWorkers: 2,
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['tests/{state,server,io,ui}/**/*.test.ts', ...besideRules],
        },
      },
      {
        // Rules without state: a process for each of ninety files takes longer than most of them.
        extends: true,
        test: {
          name: 'rules',
          include: ['tests/core/**/*.test.ts'],
          exclude: besideRules,
          isolate: false,
        },
      },
    ],
  },
})
