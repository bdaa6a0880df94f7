/** Units and server tests; browsers are Playwright's. */
import { defineConfig } from 'vitest/config'
import { texts } from './vite-texts.ts'

export default defineConfig({
  plugins: [texts()],
  test: {
    include: ['tests/{core,state,server,io,ui}/**/*.test.ts'],
    testTimeout: 30_000,
    maxWorkers: 2,
  },
})
