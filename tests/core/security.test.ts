/** SECURITY.md promises nothing that no test keeps: every row of its threat model names tests that exist. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { titlesIn } from '../titles.ts'

const text = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8')
const stands = text.replace(/<!-- planned[\s\S]*?<!-- \/planned -->/, '')
const rows = [...stands.matchAll(/^\| (?!abuse |---)(.+) \| (.+) \| (.+) \|$/gm)].map(
  ([, abuse = '', control = '', tests = '']) => ({ abuse, control, tests: tests.split('; ') }),
)

test('[SEC-1] the threat model has rows, each an abuse once', () => {
  expect(rows.length).toBeGreaterThan(20)
  expect(new Set(rows.map(({ abuse }) => abuse)).size).toBe(rows.length)
})

test.each(rows)('[SEC-2] "$abuse" names tests that are there', ({ tests }) => {
  for (const named of tests) {
    const [, path = '', title = ''] = /^`([^`]+)` (.+)$/.exec(named) ?? []
    expect(path, `write \`path\` and a part of a title, not: ${named}`).not.toBe('')
    const titles = titlesIn(path)
    expect(
      titles.some((one) => one.includes(title)),
      `${path} has no test "${title}"`,
    ).toBe(true)
  }
})

test('[SEC-3] what cannot be excluded is said, with what makes it harder', () => {
  const open = /## What remains open\n([\s\S]*)$/.exec(text)?.[1] ?? ''
  for (const word of ['Whoever serves the JavaScript', 'origin of its own', 'npm run hashes', 'held back'])
    expect(open).toContain(word)
})
