/** Units and server tests; browsers are Playwright's. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/{core,state,server,io}/**/*.test.ts'],
    testTimeout: 30_000,
  },
})
