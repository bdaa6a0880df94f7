/** A language that is read from the right turns every screen over by itself: no style names a left or a right. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../../src/ui/', import.meta.url))
/** A declaration that begins with a side, or has one as its value. */
const sided =
  /^\s*(?:(?:margin|padding|border)-)?(?:left|right)(?:-[a-z]+)?:|^\s*(?:float|text-align|clear): (?:left|right)|-(?:left|right)-radius:/

test('[RTL-1] no style sheet names a left or a right side', () => {
  const sheets = readdirSync(folder).filter((name) => name.endsWith('.css'))
  expect(sheets.length).toBeGreaterThan(5)
  const found = sheets.flatMap((name) =>
    readFileSync(folder + name, 'utf8')
      .split('\n')
      .flatMap((line, at) => (sided.test(line) ? [`${name}:${at + 1} ${line.trim()}`] : [])),
  )
  expect(found).toEqual([])
})
