/**
 * `npm test`: types, lint, units, server, end to end; one closing line counts them all. `npm run test:whole`: with the tests in
 * a browser that are left out of it (`@whole` in their titles) and in every language instead of two, which take the
 * better part of an hour.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { ensureChromium, ensureChromiumShell, ensureFirefox } from './browsers.ts'
import { ensureCoturn } from './coturn.ts'
import { ensureDcmtk } from './dcmtk.ts'
import { ensureOrthanc } from './orthanc.ts'

type Count = { passed: number; failed: number; skipped: number }

/** Characters of one failure. */
const mostShown = 4_000
/** Tests in a browser that are named with the time they took, the longest first. */
const slowestNamed = 15

const home = fileURLToPath(new URL('../', import.meta.url))
const bin = (name: string) => `${home}node_modules/.bin/${name}`
/** What is said again at the end, where whoever sees only the last lines sees it. */
const failures: string[] = []
const total: Count = { passed: 0, failed: 0, skipped: 0 }

function add(count: Count): void {
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
}

/** Runs a command; a stage that counts its own tests reads them from `report`, another counts as one. */
function stage(title: string, command: string, args: string[], report?: () => Count): void {
  console.log(`\n── ${title}`)
  const startedMs = Date.now()
  const { status } = spawnSync(command, args, { cwd: home, stdio: ['ignore', 'inherit', 'inherit'] })
  const count = status === 0 && !report ? { passed: 1, failed: 0, skipped: 0 } : readReport(status, report)
  add(count)
  console.log(
    `   ${title}: ${count.passed} passed, ${count.failed} failed in ${Math.round((Date.now() - startedMs) / 1000)} s`,
  )
}

/** A stage that failed without saying which test did is one failure. */
function readReport(status: number | null, report?: () => Count): Count {
  try {
    const count = report?.() ?? { passed: 0, failed: 1, skipped: 0 }
    return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function vitestCount(): Count {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(`${home}test-results/units.json`, 'utf8'),
  )
  for (const { assertionResults, message, name } of testResults) {
    if (message) failures.push(`${name}\n${message}`)
    for (const { status, fullName, failureMessages } of assertionResults)
      if (status === 'failed') failures.push(`${fullName}\n${failureMessages.join('\n')}`)
  }
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

function playwrightCount(): Count {
  const { stats, suites } = JSON.parse(readFileSync(`${home}test-results/e2e.json`, 'utf8'))
  const tests: Took[] = []
  for (const suite of suites) addTests(suite, tests)
  tests.sort((one, other) => other.seconds - one.seconds)
  for (const { title, seconds } of tests.slice(0, slowestNamed))
    console.log(`   ${String(Math.round(seconds)).padStart(4)} s ${title}`)
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

/** `stdout`: what a failed test's pages knew of their media, among others. */
type Result = { duration: number; errors: { message: string }[]; stdout: { text?: string }[] }
type Spec = { title: string; file: string; ok: boolean; tests: { results: Result[] }[] }
type Suite = { specs: Spec[]; suites?: Suite[] }
type Took = { title: string; seconds: number }

function addTests({ specs, suites = [] }: Suite, took: Took[]): void {
  for (const suite of suites) addTests(suite, took)
  for (const { title, file, ok, tests } of specs) {
    const results = tests.flatMap((test) => test.results)
    const seconds = results.reduce((sum, { duration }) => sum + duration, 0) / 1000
    took.push({ title: `${file} ${title}`.slice(0, 100), seconds })
    if (ok) continue
    const errors = results.flatMap((result) => result.errors)
    const said = results.flatMap(({ stdout }) => stdout.flatMap(({ text }) => text ?? []))
    failures.push(`${title}\n${errors.map(({ message }) => message).join('\n')}`)
    if (said.length > 0) failures.push(`${title}, and this was said:\n${said.join('')}`)
  }
}

/** Hundreds of servers and browsers write what nobody reads again: to memory, where there is enough of it. */
function scratch(): string {
  const [memory, neededBytes] = ['/dev/shm', 4 * 1024 ** 3]
  try {
    const { bavail, bsize } = statfsSync(memory)
    if (bavail * bsize > neededBytes) return mkdtempSync(`${memory}/bedside-tests-`)
  } catch {
    // Not on this system.
  }
  return mkdtempSync(`${tmpdir()}/bedside-tests-`)
}

rmSync(`${home}test-results`, { recursive: true, force: true })
mkdirSync(`${home}test-results`, { recursive: true })
process.env.BEDSIDE_CHROMIUM = ensureChromium()
process.env.BEDSIDE_CHROMIUM_SHELL = ensureChromiumShell()
process.env.BEDSIDE_FIREFOX = ensureFirefox()
ensureCoturn()
ensureOrthanc()
ensureDcmtk()
// Not before: what apt-get writes there another user reads.
process.env.TMPDIR = scratch()
// Hundreds of servers are started: what the first one compiled and stripped of its types, the others read (Node: module.enableCompileCache).
process.env.NODE_COMPILE_CACHE = `${process.env.TMPDIR}/compiled`
stage('types', bin('tsc'), ['-b'])
stage('lint', bin('biome'), ['check', '--error-on-warnings', '.'])
stage('build', process.execPath, [`${home}src/server/prepare.js`, 'build'])
const json = ['--reporter=default', '--reporter=json', '--outputFile.json=test-results/units.json']
stage('units and server', bin('vitest'), ['run', ...json], vitestCount)
const asked = process.argv.slice(2)
const isWhole = asked.includes('--whole')
if (isWhole) process.env.BEDSIDE_LANGUAGES = 'all'
const which = [...asked.filter((one) => one !== '--whole'), ...(isWhole ? [] : ['--grep-invert=@whole'])]
stage('end to end', bin('playwright'), ['test', ...which], playwrightCount)
rmSync(process.env.TMPDIR, { recursive: true, force: true })
for (const failure of failures)
  console.log(`\n── failed: ${stripVTControlCharacters(failure).slice(0, mostShown)}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed === 0 ? 0 : 1
