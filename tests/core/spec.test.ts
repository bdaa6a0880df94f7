/** SPEC.md, the code and the tests speak of the same rules. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { endReasons } from '../../src/protocol/call.ts'

const root = new URL('../../', import.meta.url).pathname
const read = (path: string) => readFileSync(root + path, 'utf8')
const spec = read('src/core/SPEC.md')
/** What rules are about, as their numbers begin. */
const kinds = [
  'CALL',
  'PRIV',
  'SWITCH',
  'TABLE',
  'VISIT',
  'RETAIN',
  'ADMIT',
  'ROUND',
  'CARE',
  'ASK',
  'ROOM',
  'WHERE',
  'ALIVE',
  'QUALITY',
  'FIGURES',
  'PROOF',
  'PLAN',
  'SCAN',
  'VIEW',
  'CARRY',
  'LIVE',
  'STRIP',
  'COPY',
  'DUTY',
  'SHIFT',
  'UPDATE',
  'FLEET',
]
const kind = `(?:${kinds.join('|')})`
const rules = [...spec.matchAll(new RegExp(`^\\*\\*(${kind}-\\d+) `, 'gm'))].map(([, rule]) => rule ?? '')
const filesUnder = (pattern: string) => globSync(pattern, { cwd: root })
const citedIn = (paths: string[]) =>
  new Set(paths.flatMap((path) => read(path).match(new RegExp(`\\b${kind}-\\d+\\b`, 'g')) ?? []))

test('every rule has its number once, in order', () => {
  const numbers = (kind: string) =>
    rules.filter((rule) => rule.startsWith(kind)).map((rule) => Number(rule.split('-')[1]))
  for (const kind of kinds) expect(numbers(kind)).toEqual(numbers(kind).map((_, index) => index + 1))
  expect(rules.length).toBeGreaterThan(20)
})

test.each(rules)('%s has a test that carries its number', (rule) => {
  const titles = filesUnder('tests/core/*.test.ts').flatMap(
    (path) => read(path).match(/\[[A-Z]+-\d+\]/g) ?? [],
  )
  expect(titles).toContain(`[${rule}]`)
})

test('code and tests cite no rule that is not written down', () => {
  const cited = citedIn([...filesUnder('src/**/*.{ts,tsx}'), ...filesUnder('tests/**/*.test.ts')])
  expect([...cited].filter((rule) => !rules.includes(rule))).toEqual([])
})

test.each(endReasons)('the table of ends says who causes %s', (reason) => {
  expect(spec).toMatch(new RegExp(`^\\| [a-z-, ]*${reason}[a-z-, ]* \\|`, 'm'))
})

test.each(['HZ-1', 'HZ-2', 'HZ-3', 'HZ-4', 'HZ-5', 'HZ-6', 'HZ-8', 'HZ-10'])(
  '%s is named by a rule and by a test',
  (hazard) => {
    expect(spec).toContain(hazard)
    expect(
      filesUnder('tests/core/*.test.ts').some(
        (path) => read(path).includes(`${hazard})`) || read(path).includes(`${hazard},`),
      ),
    ).toBe(true)
  },
)
