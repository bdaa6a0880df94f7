/** `npm run screens`: the walk that the tests take, with a camera. */
import { defineConfig } from 'playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: 'screens.ts',
  timeout: 300_000,
  expect: { timeout: 30_000 },
  workers: 1,
  reporter: 'line',
  outputDir: '../test-results/screens',
  globalTeardown: './screens-list.ts',
})
