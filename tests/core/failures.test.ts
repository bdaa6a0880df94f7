/** The table of what calls survive names no test that is not there. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { titlesIn } from '../titles.ts'

const text = readFileSync(new URL('../../docs/failures.md', import.meta.url), 'utf8')
const rows = [...text.matchAll(/^\| (?!what befalls it |---)(.+) \| (.+) \|$/gm)]
const lines = rows.map(([, what = '', named = '']) => {
  const [, path = '', title = ''] = /^`([^`]+)` (.+)$/.exec(named) ?? []
  return { what, path, title }
})

test('the table of failures has every line of the matrix', () => {
  expect(lines.length).toBeGreaterThan(35)
  expect(new Set(lines.map(({ what }) => what)).size).toBe(lines.length)
})

test.each(lines)('"$what" has its test', ({ path, title }) => {
  expect(title).not.toBe('')
  expect(
    titlesIn(path).some((one) => one.includes(title)),
    `${path} has no test "${title}"`,
  ).toBe(true)
})
